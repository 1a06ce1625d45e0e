package io.fairlead.server.control;

import io.fairlead.config.file.GlobalObjectReader;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.HttpOptions;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.health.spec.Tls;
import io.fairlead.sync.merge.Check;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedService;
import io.fairlead.sync.merge.ImportedService.Monitoring;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How imported members are known to be alive: monitors of the file and HealthMonitors that are
 * referred to by name, and those that follow from the objects. Two services with the same check
 * have the same monitor.
 */
final class ImportedMonitors {
  /** As AMKO's own monitors: 3 successes or failures, HEAD, and any status but a client's fault. */
  private static final int RISE_AND_FALL = 3;

  private static final List<StatusRange> ALIVE = List.of(new StatusRange(200, 399));

  /**
   * Whose certificate a VIP shows is its clients' matter; that it speaks TLS for the host is ours.
   */
  private static final HttpOptions OVER_TLS =
      new HttpOptions(Map.of(), "", null, List.of(), null, new Tls("", new Tls.Trust.Anyone()));

  private final Map<String, MonitorSpec> known = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  private final Map<String, String> objects = new HashMap<>();

  /**
   * @param imported the leader's HealthMonitors are among them
   */
  ImportedMonitors(List<MonitorSpec> ofFile, Collection<ClusterMembers> imported) {
    ofFile.forEach(monitor -> known.put(monitor.name(), monitor));
    imported.stream()
        .map(ClusterMembers::global)
        .filter(global -> global != null)
        .forEach(global -> objects.putAll(global.monitors()));
  }

  /** All by name: those of the file, and those that were made for services. */
  Map<String, MonitorSpec> known() {
    return Map.copyOf(known);
  }

  /** What was left out, and why. */
  List<String> notes() {
    return notes;
  }

  /** The names of a service's monitors. */
  List<String> of(ImportedService service) {
    return switch (service.monitoring()) {
      case Monitoring.None() -> List.of();
      case Monitoring.References(var names) -> names.stream().filter(n -> has(n, service)).toList();
      case Monitoring.Derived(var checks, var template) -> {
        MonitorSpec model = template != null && has(template, service) ? known.get(template) : null;
        yield checks.stream().map(check -> derived(check, model)).distinct().toList();
      }
    };
  }

  private boolean has(String name, ImportedService service) {
    if (known.containsKey(name)) {
      return true;
    }
    String problem = "the file has no monitor %s, probed without".formatted(name);
    String spec = objects.get(name);
    if (spec != null) {
      try {
        known.put(name, GlobalObjectReader.monitor(name, spec));
        return true;
      } catch (IllegalArgumentException e) {
        problem = "HealthMonitor %s: %s; probed without".formatted(name, e.getMessage());
      }
    }
    notes.add(service.host() + ": " + problem);
    return false;
  }

  private String derived(Check check, @Nullable MonitorSpec model) {
    MonitorSpec monitor =
        switch (check) {
          case Check.Http http -> http(http, model);
          case Check.Tcp(var port) -> plain("tcp " + port, port, new MonitorSpec.Type.Tcp());
          case Check.Udp(var port) ->
              plain(
                  "udp " + port,
                  port,
                  new MonitorSpec.Type.Same(new io.fairlead.health.spec.Check.Unrefused()));
        };
    known.putIfAbsent(monitor.name(), monitor);
    return monitor.name();
  }

  /** With the request and the codes of a model, where there is one; the path is the object's. */
  private static MonitorSpec http(Check.Http check, @Nullable MonitorSpec model) {
    String path = check.paths().getFirst();
    String name = "%s %d %s".formatted(check.tls() ? "https" : "http", check.port(), path);
    HttpOptions options = check.tls() ? OVER_TLS : HttpOptions.NONE;
    if (model == null || !(model.type() instanceof MonitorSpec.Type.Http http)) {
      return plain(
          name, check.port(), new MonitorSpec.Type.Http("HEAD", null, path, ALIVE, options));
    }
    return new MonitorSpec(
        model.name() + " " + name,
        check.port(),
        new MonitorSpec.Type.Http(
            http.method(),
            http.host(),
            path,
            http.expectedStatus(),
            http.options().over(options.tls())),
        model.interval(),
        model.timeout(),
        model.rise(),
        model.fall());
  }

  private static MonitorSpec plain(String name, int port, MonitorSpec.Type type) {
    return new MonitorSpec(
        name,
        port,
        type,
        MonitorSpec.DEFAULT_INTERVAL,
        MonitorSpec.DEFAULT_TIMEOUT,
        RISE_AND_FALL,
        RISE_AND_FALL);
  }
}
