package io.fairlead.server.migrate.gdnsd;

import io.fairlead.server.migrate.Notes;
import io.fairlead.server.migrate.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** gdnsd's service types as monitors. */
final class ServiceTypes {
  private static final int MAX_COUNT = 50;

  private static final String DOWN = "down";

  private final Vscf.Hash types;
  private final Notes notes;
  private final Map<String, String> monitors = new LinkedHashMap<>();

  ServiceTypes(Vscf.Hash types, Notes notes) {
    this.types = types;
    this.notes = notes;
    types
        .values()
        .forEach(
            (name, value) -> {
              if (value instanceof Vscf.Hash hash) {
                String monitor = monitor(name, hash);
                if (!monitor.isEmpty()) {
                  monitors.put(name, monitor);
                }
              }
            });
  }

  /** A line of the configuration for each monitor. */
  List<String> lines() {
    return List.copyOf(monitors.values());
  }

  /** Monitors of a service; a type that is none here has been said. */
  List<String> monitorsOf(List<String> names) {
    List<String> found = new ArrayList<>();
    for (String name : names) {
      if (monitors.containsKey(name)) {
        found.add(Yaml.label(name));
      } else if (!types.values().containsKey(name) && !name.equals(DOWN)) {
        notes.lost(
            "service type " + name + " is not in the configuration; nothing is checked by it");
      }
    }
    return found;
  }

  /** Whether a member of these types is never up. */
  boolean isAlwaysDown(List<String> names) {
    return names.stream()
        .anyMatch(
            name -> {
              Vscf.Hash type = types.hash(name);
              String plugin = type.text("plugin", "");
              return name.equals(DOWN)
                  || plugin.equals("null")
                  || (plugin.equals("static") && type.text("state", "UP").equalsIgnoreCase("DOWN"));
            });
  }

  private String monitor(String name, Vscf.Hash type) {
    String plugin = type.text("plugin", "");
    String own =
        switch (plugin) {
          case "http_status" -> http(type);
          case "tcp_connect" -> "type: tcp, port: " + number(type, "port", 0);
          case "extmon" -> external(name, type);
          case "static", "null" -> "";
          case "extfile" -> {
            notes.lost(
                "service type %s: no file is read for states; its members are taken as up, let its writer say `fairlead member disable`"
                    .formatted(name));
            yield "";
          }
          default -> {
            notes.lost("service type %s: the plugin %s is not known".formatted(name, plugin));
            yield "";
          }
        };
    return own.isEmpty()
        ? ""
        : "{ name: %s, %s, %s }".formatted(Yaml.quoted(Yaml.label(name)), own, timing(name, type));
  }

  private static String http(Vscf.Hash type) {
    List<String> codes = type.texts("ok_codes");
    String host = type.text("vhost", "");
    return "type: http, port: %d, path: %s%s, expect: { status: %s }"
        .formatted(
            number(type, "port", 80),
            Yaml.quoted(type.text("url_path", "/")),
            host.isEmpty() ? "" : ", host: " + Yaml.quoted(host),
            codes.isEmpty() ? "[200]" : "[" + String.join(", ", codes) + "]");
  }

  private String external(String name, Vscf.Hash type) {
    List<String> command = type.texts("cmd");
    if (command.isEmpty()) {
      return "";
    }
    if (command.stream().anyMatch(word -> word.contains("%%"))) {
      notes.todo(
          "monitors, %s: its program gets the address as FAIRLEAD_ADDRESS in its environment, not as %%%%ITEM%%%%"
              .formatted(name));
    }
    return "type: external, program: %s, arguments: %s"
        .formatted(Yaml.quoted(command.getFirst()), Yaml.list(command.subList(1, command.size())));
  }

  private String timing(String name, Vscf.Hash type) {
    int interval = number(type, "interval", 10);
    int timeout = number(type, "timeout", Math.max(1, interval / 2));
    notes.lost(
        "ok_thresh: here down_thresh failures in a row make a member down; one success begins"
            + " anew");
    return "interval: %ds, timeout: %ds, rise: %d, fall: %d"
        .formatted(
            interval,
            Math.min(timeout, interval),
            count(name, type, "up_thresh", 20),
            count(name, type, "down_thresh", 10));
  }

  private int count(String name, Vscf.Hash type, String key, int otherwise) {
    int count = number(type, key, otherwise);
    if (count > MAX_COUNT) {
      notes.lost("service type %s: %s %d is %d here".formatted(name, key, count, MAX_COUNT));
    }
    return Math.min(count, MAX_COUNT);
  }

  static int number(Vscf.Hash hash, String key, int otherwise) {
    String text = hash.text(key, "");
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : otherwise;
  }
}
