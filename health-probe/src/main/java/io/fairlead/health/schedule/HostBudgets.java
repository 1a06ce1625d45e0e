package io.fairlead.health.schedule;

import io.fairlead.health.spec.Place;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * How many probes one host may have at once, whatever its ports and however many checks it has; the
 * rest of its own waits, and nobody else's does. The loop's thread only.
 */
final class HostBudgets {
  private static final class Host {
    private int inFlight;
    private final Queue<Watched> parked = new ArrayDeque<>(0);
  }

  /** Hosts that are being probed. */
  private final Map<Place, Host> hosts = new HashMap<>();

  /** Whether a probe may begin; one that may not is kept, and waits again when there is room. */
  boolean take(Watched target, int maxPerHost) {
    Host host = hosts.computeIfAbsent(target.target.place(), _ -> new Host());
    if (host.inFlight >= maxPerHost) {
      host.parked.add(target);
      return false;
    }
    host.inFlight++;
    return true;
  }

  /** A probe has ended: what was kept of its host waits again. */
  void give(Place place, int maxPerHost, Queue<Watched> waiting) {
    Host host = hosts.get(place);
    if (host == null) {
      throw new IllegalStateException("no probe of " + place + " has begun");
    }
    host.inFlight--;
    wake(place, host, maxPerHost, waiting);
  }

  /** One that waited will not begin: another of its host may, if any was kept. */
  void pass(Place place, int maxPerHost, Queue<Watched> waiting) {
    Host host = hosts.get(place);
    if (host != null) {
      wake(place, host, maxPerHost, waiting);
    }
  }

  private void wake(Place place, Host host, int maxPerHost, Queue<Watched> waiting) {
    int room = maxPerHost - host.inFlight;
    while (room > 0 && !host.parked.isEmpty()) {
      Watched next = host.parked.remove();
      if (!next.ended()) {
        waiting.add(next);
        room--;
      }
    }
    if (host.inFlight == 0 && host.parked.isEmpty()) {
      hosts.remove(place);
    }
  }
}
