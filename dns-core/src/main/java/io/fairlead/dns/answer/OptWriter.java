package io.fairlead.dns.answer;

import io.fairlead.dns.wire.ClientSubnet;
import io.fairlead.dns.wire.Cookie;
import io.fairlead.dns.wire.Edns;
import io.fairlead.dns.wire.ExtendedError;
import io.fairlead.dns.wire.Octets;
import io.fairlead.dns.wire.Rcode;
import io.fairlead.dns.wire.RrType;
import java.lang.foreign.MemorySegment;

/** Writes the OPT record of a reply (RFC 6891 section 6.1.2); it stands last. */
public final class OptWriter {
  static final int OPTION_HEAD = 4;
  static final int KEEPALIVE_LENGTH = 2;
  private static final int EXTENDED_ERROR = 15; // RFC 8914 section 2
  private static final int INFO_CODE_LENGTH = 2;

  static final int EXTENDED_ERROR_LENGTH = OPTION_HEAD + INFO_CODE_LENGTH;

  private OptWriter() {}

  /** Room that the OPT of an answer needs at most, an extended error aside. */
  public static int length(Edns asked, OptExtras extras) {
    int subnet = asked.subnet().isPresent() ? OPTION_HEAD + asked.subnet().dataLength() : 0;
    return Edns.BARE_LENGTH + subnet + extras.length();
  }

  /**
   * Writes OPT and returns where it ends.
   *
   * @param payload what we can receive in one datagram
   * @param rcode its upper eight bits stand here (RFC 6891 section 6.1.3)
   * @param scopePrefixLength of a client subnet, see {@link #subnet}
   * @param extendedError an info code, or {@link ExtendedError#NONE}
   */
  static int write(
      MemorySegment query,
      Edns asked,
      OptExtras extras,
      MemorySegment reply,
      int from,
      int payload,
      int rcode,
      int scopePrefixLength,
      int extendedError) {
    Octets.putU8(reply, from, 0); // owner: the root
    Octets.putU16(reply, from + 1, RrType.OPT);
    Octets.putU16(reply, from + 3, payload);
    Octets.putU16(reply, from + 5, rcode >>> 4 << 8); // VERSION 0
    Octets.putU16(reply, from + 7, asked.copiedFlags());
    int at = from + Edns.BARE_LENGTH;
    // A scope is about an answer: RFC 7871 section 7.2.1.
    if (asked.subnet().isPresent() && (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN)) {
      at = subnet(query, asked.subnet(), reply, at, scopePrefixLength);
    }
    at = option(Edns.NSID, extras.nsid(), reply, at);
    at = option(Cookie.OPTION, extras.cookie(), reply, at);
    if (extras.hasKeepalive()) {
      at = u16(Edns.KEEPALIVE, extras.keepalive(), reply, at);
    }
    if (extendedError != ExtendedError.NONE) {
      at = u16(EXTENDED_ERROR, extendedError, reply, at);
    }
    Octets.putU16(reply, from + 9, at - from - Edns.BARE_LENGTH);
    return at;
  }

  /** The option as it was asked, with the scope (RFC 7871 section 7.2.1). */
  private static int subnet(
      MemorySegment query, ClientSubnet asked, MemorySegment reply, int at, int scope) {
    int dataAt = at + OPTION_HEAD;
    Octets.putU16(reply, at, ClientSubnet.OPTION);
    Octets.putU16(reply, at + 2, asked.dataLength());
    Octets.copy(query, asked.dataAt(), reply, dataAt, asked.dataLength());
    Octets.putU8(reply, dataAt + ClientSubnet.SCOPE_AT, scope);
    return dataAt + asked.dataLength();
  }

  private static int option(int option, byte[] data, MemorySegment reply, int at) {
    if (data.length == 0) {
      return at;
    }
    Octets.putU16(reply, at, option);
    Octets.putU16(reply, at + 2, data.length);
    Octets.copy(data, 0, reply, at + OPTION_HEAD, data.length);
    return at + OPTION_HEAD + data.length;
  }

  private static int u16(int option, int value, MemorySegment reply, int at) {
    Octets.putU16(reply, at, option);
    Octets.putU16(reply, at + 2, 2);
    Octets.putU16(reply, at + OPTION_HEAD, value);
    return at + OPTION_HEAD + 2;
  }
}
