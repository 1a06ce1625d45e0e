package io.fairlead.dns.net;

import io.fairlead.dns.choice.Address;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.nio.ByteOrder;

/** Peers' addresses as numbers. An IPv4 address mapped into IPv6 (RFC 4291 2.5.5.2) is IPv4. */
final class Peers {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /**
   * Octets 10 and 11 of a mapped address, as they stand in its lower half; the rest before is 0.
   */
  private static final long MAPPED = 0xffff_0000_0000L;

  private Peers() {}

  static void fill(Address target, InetAddress peer) {
    byte[] octets = peer.getAddress();
    if (octets.length == Address.IPV4) {
      target.setIpv4((int) INT.get(octets, 0), 32);
      return;
    }
    long high = (long) LONG.get(octets, 0);
    long low = (long) LONG.get(octets, 8);
    if (isMapped(high, low)) {
      target.setIpv4((int) low, 32);
    } else {
      target.setIpv6(high, low, 128);
    }
  }

  /**
   * Whom a connection counts for: an IPv4 address, or the upper half of an IPv6 address. The two
   * cannot meet, since no IPv6 network has a number as small as a mapped address (RFC 4291 section
   * 2.4 keeps 0000::/8 back).
   */
  static long clientKey(InetAddress peer) {
    byte[] octets = peer.getAddress();
    if (octets.length == Address.IPV4) {
      return MAPPED | ((int) INT.get(octets, 0) & 0xffff_ffffL);
    }
    long high = (long) LONG.get(octets, 0);
    long low = (long) LONG.get(octets, 8);
    return isMapped(high, low) ? low : high;
  }

  private static boolean isMapped(long high, long low) {
    return high == 0 && (low & ~0xffff_ffffL) == MAPPED;
  }
}
