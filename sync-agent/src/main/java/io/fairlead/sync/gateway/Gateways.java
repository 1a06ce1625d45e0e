package io.fairlead.sync.gateway;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.gateway.Gateway.Listener;
import io.fairlead.sync.gateway.Route.Parent;
import io.fairlead.sync.merge.Destination;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.object.Reading;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The Gateways of one cluster and the routes behind them: a route offers its hosts at the addresses
 * of every Gateway that accepted it, so that a change of either is a reading of the route. Not
 * thread-safe.
 */
public final class Gateways {
  /** Hosts times addresses of one route must not eat the heap. */
  private static final int MAX_VIPS = 1_000;

  /** By namespace/name. */
  private final Map<String, Gateway> gateways = new TreeMap<>();

  private final Map<Origin, Route> routes = new TreeMap<>();

  /** Takes a Gateway as it is now, null = it is gone; the routes that this concerns, read again. */
  public List<Reading> gateway(String key, @Nullable GenericKubernetesResource object) {
    Gateway now = object == null ? null : Gateway.of(object);
    Gateway before = now == null ? gateways.remove(key) : gateways.put(key, now);
    return Objects.equals(before, now)
        ? List.of()
        : routes.values().stream()
            .filter(route -> route.parents().stream().anyMatch(p -> p.gateway().equals(key)))
            .map(this::read)
            .toList();
  }

  /**
   * Takes a route as it is now.
   *
   * @param externalDns whether external-dns' annotation gives it further hosts
   */
  public Reading route(Origin origin, GenericKubernetesResource object, boolean externalDns) {
    Route route = Route.of(origin, object, externalDns);
    routes.put(origin, route);
    return read(route);
  }

  public void routeGone(Origin origin) {
    routes.remove(origin);
  }

  /**
   * The routes that a Gateway accepted, by what it is called.
   *
   * @param key namespace/name
   * @return null when there is no such Gateway
   */
  public @Nullable List<Origin> routes(String key) {
    return gateways.containsKey(key)
        ? routes.values().stream()
            .filter(route -> route.parents().stream().anyMatch(p -> p.gateway().equals(key)))
            .map(Route::origin)
            .toList()
        : null;
  }

  /** Forgets all. */
  public void clear() {
    gateways.clear();
    routes.clear();
  }

  private Reading read(Route route) {
    List<String> problems = new ArrayList<>(route.problems());
    Set<Reading.Vip> vips = new LinkedHashSet<>();
    for (Parent parent : route.parents()) {
      Gateway gateway = gateways.get(parent.gateway());
      if (gateway == null || gateway.destinations().isEmpty()) {
        problems.add(
            "the Gateway %s %s"
                .formatted(
                    parent.gateway(),
                    gateway == null ? "is not there" : "has no address in status.addresses yet"));
      } else {
        offer(route, parent, gateway, vips, problems);
      }
    }
    if (vips.isEmpty() && problems.isEmpty()) {
      problems.add("no host: neither the route nor its listeners name one");
    }
    return new Reading(route.origin(), route.labels(), List.copyOf(vips), problems);
  }

  private static void offer(
      Route route, Parent parent, Gateway gateway, Set<Reading.Vip> vips, List<String> problems) {
    for (Listener listener : gateway.listeners()) {
      if (!parent.means(listener)) {
        continue;
      }
      for (String host : hosts(route, listener)) {
        for (Destination destination : gateway.destinations()) {
          if (vips.size() == MAX_VIPS) {
            problems.add("more than " + MAX_VIPS + " hosts and addresses; the rest is not taken");
            return;
          }
          vips.add(new Reading.Vip(host, destination, route.check(listener)));
        }
      }
    }
  }

  private static List<String> hosts(Route route, Listener listener) {
    if (!route.hosts().isEmpty()) {
      return route.hosts().stream().filter(listener::takes).toList();
    }
    String own = listener.hostname();
    return own == null || HostNames.problem(own) != null ? List.of() : List.of(own);
  }
}
