package io.fairlead.dns.net.batch;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.wire.Octets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Socket addresses as Linux has them: {@code sockaddr_in} is family, port, address; {@code
 * sockaddr_in6} is family, port, flow, address, scope.
 */
final class SocketNames {
  static final int IPV4_LENGTH = 16;
  static final int IPV6_LENGTH = 28;

  /** Room for either, so that each begins at a multiple of eight. */
  static final int STRIDE = 32;

  private static final int PORT = 2;
  private static final int IPV4_ADDRESS = 4;
  private static final int IPV6_ADDRESS = 8;
  private static final int IPV6_SCOPE = 24;

  private SocketNames() {}

  static MemorySegment of(InetSocketAddress address, Arena arena) {
    byte[] octets = address.getAddress().getAddress();
    boolean ipv4 = octets.length == Address.IPV4;
    MemorySegment name = arena.allocate(ipv4 ? IPV4_LENGTH : IPV6_LENGTH, Long.BYTES);
    name.set(JAVA_SHORT, 0, (short) (ipv4 ? SystemCalls.AF_INET : SystemCalls.AF_INET6));
    Octets.putU16(name, PORT, address.getPort());
    Octets.copy(octets, 0, name, ipv4 ? IPV4_ADDRESS : IPV6_ADDRESS, octets.length);
    if (address.getAddress() instanceof Inet6Address ipv6) {
      name.set(JAVA_INT, IPV6_SCOPE, ipv6.getScopeId());
    }
    return name;
  }

  /** For cold paths. */
  static InetSocketAddress read(MemorySegment name) {
    boolean ipv4 = name.get(JAVA_SHORT, 0) == SystemCalls.AF_INET;
    byte[] octets =
        name.asSlice(ipv4 ? IPV4_ADDRESS : IPV6_ADDRESS, ipv4 ? Address.IPV4 : Address.IPV6)
            .toArray(JAVA_BYTE);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(octets), Octets.u16(name, PORT));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are always an address", e);
    }
  }

  static int port(MemorySegment names, int at) {
    return Octets.u16(names, at + PORT);
  }

  static void fill(Address target, MemorySegment names, int at, boolean ipv4) {
    if (ipv4) {
      target.setIpv4(Octets.u32(names, at + IPV4_ADDRESS), 32);
    } else {
      target.setIpv6(
          Octets.u64(names, at + IPV6_ADDRESS), Octets.u64(names, at + IPV6_ADDRESS + 8), 128);
    }
  }
}
