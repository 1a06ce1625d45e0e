package io.fairlead.dns.transfer;

import java.net.InetAddress;

/**
 * All addresses that agree with one in its first bits.
 *
 * @param length how many bits; 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record AllowedNetwork(InetAddress address, int length) {
  boolean contains(InetAddress peer) {
    byte[] ours = address.getAddress();
    byte[] theirs = peer.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < length; bit++) {
      if (((ours[bit / 8] ^ theirs[bit / 8]) & 0x80 >>> bit % 8) != 0) {
        return false;
      }
    }
    return true;
  }
}
