package io.fairlead.dns.choice;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An address or a prefix, its bits left-aligned in 128: IPv4 stands in the upper half of {@code
 * high}, so that a mask is the same arithmetic for both families. Mutable and reused; one owner.
 */
public final class Address {
  /** Octets of an address; also how the families are told apart. */
  public static final int IPV4 = 4;

  public static final int IPV6 = 16;

  private int family = IPV4;
  private int prefixLength;
  private long high;
  private long low;

  public void setIpv4(int address, int prefixLength) {
    this.family = IPV4;
    this.prefixLength = prefixLength;
    this.high = (long) address << 32;
    this.low = 0;
  }

  public void setIpv6(long high, long low, int prefixLength) {
    this.family = IPV6;
    this.prefixLength = prefixLength;
    this.high = high;
    this.low = low;
  }

  public void set(Address other) {
    this.family = other.family;
    this.prefixLength = other.prefixLength;
    this.high = other.high;
    this.low = other.low;
  }

  /** For cold paths: takes a whole address. */
  public void set(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == IPV4) {
      setIpv4((int) big(octets, 0, 4), 32);
    } else {
      setIpv6(big(octets, 0, 8), big(octets, 8, 8), 128);
    }
  }

  private static long big(byte[] octets, int from, int count) {
    long value = 0;
    for (int i = from; i < from + count; i++) {
      value = (value << 8) | (octets[i] & 0xff);
    }
    return value;
  }

  /** {@link #IPV4} or {@link #IPV6}. */
  public int family() {
    return family;
  }

  /** How many bits are known; bits behind them are zero. */
  public int prefixLength() {
    return prefixLength;
  }

  /** The first 64 bits; an IPv4 address stands in the first 32 of them. */
  public long high() {
    return high;
  }

  /** The last 64 bits of an IPv6 address; 0 for IPv4. */
  public long low() {
    return low;
  }

  /** As {@link #high()}, of the first so many bits of the address; the others zero. */
  public long high(int bits) {
    return bits >= 64 ? high : high & ~(-1L >>> bits);
  }

  /** As {@link #low()}, of the first so many bits of the address; the others zero. */
  public long low(int bits) {
    return bits <= 64 ? 0 : low & (-1L << (128 - bits));
  }

  /** For cold paths: a new one that knows so many bits of this, the others zero. */
  public Address truncated(int bits) {
    var result = new Address();
    result.family = family;
    result.prefixLength = bits;
    result.high = high(bits);
    result.low = low(bits);
    return result;
  }

  /** For cold paths: the address with the unknown bits zero. */
  public InetAddress toInetAddress() {
    byte[] octets = new byte[family];
    for (int i = 0; i < family; i++) {
      octets[i] = (byte) (i < 8 ? high >>> (56 - 8 * i) : low >>> (120 - 8 * i));
    }
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are always an address", e);
    }
  }
}
