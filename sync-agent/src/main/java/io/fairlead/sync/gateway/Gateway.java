package io.fairlead.sync.gateway;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.field.Addresses;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.merge.Destination;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Gateway: where clients reach it, and what it listens for.
 *
 * @param destinations from {@code status.addresses[]}
 */
record Gateway(List<Destination> destinations, List<Listener> listeners) {
  Gateway {
    destinations = List.copyOf(destinations);
    listeners = List.copyOf(listeners);
  }

  /**
   * A listener.
   *
   * @param protocol HTTP, HTTPS, TLS, TCP or UDP
   * @param hostname null = any; may begin with {@code *.}
   */
  record Listener(String name, String protocol, int port, @Nullable String hostname) {
    /** Gateway API: a wildcard stands for one label or more. */
    boolean takes(String host) {
      return hostname == null
          || hostname.equals(host)
          || (hostname.startsWith("*.")
              && host.endsWith(hostname.substring(1))
              && host.length() > hostname.length() - 1);
    }
  }

  static Gateway of(GenericKubernetesResource object) {
    Object tree = object.getAdditionalProperties();
    List<Destination> destinations = new ArrayList<>();
    for (Object address : Fields.list(tree, "status", "addresses")) {
      Destination destination = destination(address);
      if (destination != null) {
        destinations.add(destination);
      }
    }
    List<Listener> listeners = new ArrayList<>();
    for (Object listener : Fields.list(tree, "spec", "listeners")) {
      Integer port = Fields.number(listener, "port");
      String hostname = Fields.text(listener, "hostname");
      listeners.add(
          new Listener(
              Objects.requireNonNullElse(Fields.text(listener, "name"), ""),
              Objects.requireNonNullElse(Fields.text(listener, "protocol"), ""),
              port == null ? 0 : port,
              hostname == null ? null : HostNames.normal(hostname)));
    }
    return new Gateway(destinations, listeners);
  }

  private static @Nullable Destination destination(Object address) {
    String value = Fields.text(address, "value");
    if (value == null) {
      return null;
    }
    if ("Hostname".equals(Fields.text(address, "type"))) {
      String name = HostNames.normal(value);
      return HostNames.problem(name) == null ? new Destination.HostName(name) : null;
    }
    InetAddress literal = Addresses.parse(value);
    return literal == null ? null : Destination.of(literal);
  }
}
