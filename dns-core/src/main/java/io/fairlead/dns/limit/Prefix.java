package io.fairlead.dns.limit;

import java.net.InetAddress;

/**
 * All addresses that agree with one in its first bits.
 *
 * @param length 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Prefix(InetAddress address, int length) {
  public Prefix {
    if (length < 0 || length > 8 * address.getAddress().length) {
      throw new IllegalArgumentException(
          "a prefix of " + length + " bits for " + address.getHostAddress());
    }
  }
}
