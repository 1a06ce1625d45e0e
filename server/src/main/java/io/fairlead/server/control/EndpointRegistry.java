package io.fairlead.server.control;

import io.fairlead.dns.wire.Name;
import io.fairlead.policy.compile.EndpointNumbers;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives each member its dense number, for as long as the process lives, so that counts and verdicts
 * outlive a reload. Used by the control thread alone.
 */
final class EndpointRegistry implements EndpointNumbers {
  /**
   * @param member the address, or the name, that answers
   */
  private record Key(Name service, Object member) {}

  private final Map<Key, Integer> numbers = new HashMap<>();

  @Override
  public int of(Name service, InetAddress address) {
    return numbers.computeIfAbsent(new Key(service, address), _ -> numbers.size());
  }

  @Override
  public int of(Name service, Name hostname) {
    return numbers.computeIfAbsent(new Key(service, hostname), _ -> numbers.size());
  }
}
