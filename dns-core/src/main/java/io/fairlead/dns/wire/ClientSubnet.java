package io.fairlead.dns.wire;

import java.lang.foreign.MemorySegment;

/**
 * The client subnet option of a query (RFC 7871 section 6). Mutable and reused.
 *
 * <pre>
 * +-----------------------------------------------+
 * |                    FAMILY                     |  0   1 = IPv4, 2 = IPv6
 * | SOURCE PREFIX-LENGTH  |  SCOPE PREFIX-LENGTH  |  2
 * |          ADDRESS, whole octets only           |  4
 * +-----------------------------------------------+
 * </pre>
 */
public final class ClientSubnet {
  public static final int OPTION = 8;

  /** Where SCOPE PREFIX-LENGTH stands in the option's data. */
  public static final int SCOPE_AT = 3;

  private static final int ADDRESS_AT = 4;
  private static final int UNSPECIFIED = 0;
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;

  private boolean present;
  private int at;
  private int length;
  private int family;
  private int sourcePrefixLength;
  private long high;
  private long low;

  void clear() {
    present = false;
  }

  /** Reads the option's data; every deviation is a FORMERR (RFC 7871 sections 6 and 7.2.1). */
  Verdict read(MemorySegment message, int dataAt, int dataLength) {
    if (present || dataLength < ADDRESS_AT) {
      return Verdict.FORM_ERROR;
    }
    present = true;
    at = dataAt;
    length = dataLength;
    family = Octets.u16(message, dataAt);
    sourcePrefixLength = Octets.u8(message, dataAt + 2);
    int scopePrefixLength = Octets.u8(message, dataAt + SCOPE_AT);
    int octets = (sourcePrefixLength + 7) / 8;
    if (sourcePrefixLength > bits(family)
        || scopePrefixLength != 0
        || dataLength != ADDRESS_AT + octets) {
      return Verdict.FORM_ERROR;
    }
    readAddress(message, dataAt + ADDRESS_AT, octets);
    return bitsBehindPrefix() == 0 ? Verdict.ACCEPT : Verdict.FORM_ERROR;
  }

  /**
   * Bits of an address; -1 for a family that there is not. Family 0 with a prefix of 0 is what some
   * resolvers and {@code dig +subnet=0} send for "no subnet", and BIND takes it.
   */
  private static int bits(int family) {
    return switch (family) {
      case UNSPECIFIED -> 0;
      case IPV4 -> 32;
      case IPV6 -> 128;
      default -> -1;
    };
  }

  private void readAddress(MemorySegment message, int from, int octets) {
    high = 0;
    low = 0;
    for (int i = 0; i < octets; i++) {
      long octet = Octets.u8(message, from + i);
      if (i < 8) {
        high |= octet << (56 - 8 * i);
      } else {
        low |= octet << (120 - 8 * i);
      }
    }
  }

  /** Shifts by 64 and more would start again at 0, hence the cases. */
  private long bitsBehindPrefix() {
    int prefix = sourcePrefixLength;
    if (prefix < 64) {
      return (high << prefix) | low;
    }
    return prefix < 128 ? low << (prefix - 64) : 0;
  }

  public boolean isPresent() {
    return present;
  }

  /** Where the option's data stands in the query. */
  public int dataAt() {
    return at;
  }

  public int dataLength() {
    return length;
  }

  public boolean isIpv4() {
    return family == IPV4;
  }

  /** 0 = the client wishes not to be known (RFC 7871 section 7.1.2). */
  public int sourcePrefixLength() {
    return sourcePrefixLength;
  }

  /** Bits of the family's addresses: no scope is longer. */
  public int addressBits() {
    return bits(family);
  }

  /** The first 64 bits of the address, left-aligned. */
  public long high() {
    return high;
  }

  public long low() {
    return low;
  }
}
