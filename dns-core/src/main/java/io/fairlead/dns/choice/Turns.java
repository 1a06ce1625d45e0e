package io.fairlead.dns.choice;

import io.fairlead.dns.wire.Name;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The turns of all services, for as long as the process lives; used by whoever compiles a service.
 */
public final class Turns {
  private record Key(Name service, int type, String lane) {}

  private final Map<Key, Turn> turns = new ConcurrentHashMap<>();

  /** The one turn of a service's RRset; created at first use. */
  public Turn of(Name service, int type) {
    return of(service, type, "");
  }

  /**
   * A further turn of the same RRset, for clients who share among themselves: a part of one
   * sequence would not be exact.
   */
  public Turn of(Name service, int type, String lane) {
    return turns.computeIfAbsent(new Key(service, type, lane), _ -> new Turn());
  }

  /** Forgets the services that are no longer there. */
  public void retain(Set<Name> services) {
    turns.keySet().removeIf(key -> !services.contains(key.service()));
  }
}
