package io.fairlead.policy.compile;

import io.fairlead.dns.wire.Name;
import java.net.InetAddress;

/**
 * The dense numbers of members; whoever holds the model gives them, and they live as long as the
 * process.
 */
@FunctionalInterface
public interface EndpointNumbers {
  int of(Name service, InetAddress address);
}
