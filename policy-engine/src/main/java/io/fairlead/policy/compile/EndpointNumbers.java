package io.fairlead.policy.compile;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.SteeredRecord;
import java.net.InetAddress;

/**
 * The dense numbers of members; whoever holds the model gives them, and they live as long as the
 * process.
 */
@FunctionalInterface
public interface EndpointNumbers {
  int of(Name service, InetAddress address);

  /** The number of a member that is a name; without one it counts as up. */
  default int of(Name service, Name hostname) {
    return SteeredRecord.NO_ENDPOINT;
  }
}
