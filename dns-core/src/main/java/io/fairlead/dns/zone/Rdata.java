package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler must know of RDATA: where names stand in it. All else is opaque (RFC 3597
 * section 3).
 */
final class Rdata {
  private static final int SOA_NUMBERS = 5 * 4;

  private Rdata() {}

  /** Octets in front of the first name; -1 for a type whose names are none of our business. */
  static int namesAt(int type) {
    return switch (type) {
      case RrType.NS, RrType.CNAME, RrType.PTR, RrType.SOA, RrType.DNAME -> 0;
      case RrType.MX -> 2;
      default -> -1;
    };
  }

  /** RFC 1035's own types may be compressed; no later one may (RFC 3597 section 4). */
  static boolean isCompressible(int type) {
    return namesAt(type) >= 0 && type != RrType.DNAME;
  }

  private static int nameCount(int type) {
    return type == RrType.SOA ? 2 : 1;
  }

  /**
   * The names, in order.
   *
   * @throws IllegalArgumentException where there are none in their place
   */
  static List<Name> names(int type, byte[] rdata) {
    int at = namesAt(type);
    if (at < 0) {
      return List.of();
    }
    List<Name> names = new ArrayList<>();
    for (int i = 0; i < nameCount(type); i++) {
      Name name = name(rdata, at);
      names.add(name);
      at += name.length();
    }
    return names;
  }

  /** Where serial, refresh, retry, expire and MINIMUM of a sound SOA begin. */
  static int soaNumbersAt(byte[] rdata) {
    return rdata.length - SOA_NUMBERS;
  }

  /** How long a no is remembered, by a sound SOA (RFC 2308 section 5). */
  static long negativeTtlSeconds(StaticRecord soa) {
    int minimumAt = soa.rdata().length - Integer.BYTES;
    long minimum = Integer.toUnsignedLong(ByteBuffer.wrap(soa.rdata()).getInt(minimumAt));
    return Math.min(soa.ttlSeconds(), minimum);
  }

  /**
   * The host that a record leads to, whose addresses its asker needs next (RFC 1035 section 3.3,
   * RFC 2782, RFC 9460 section 4.1); null where it leads to none, or is none.
   */
  static @Nullable Name host(int type, byte[] rdata) {
    int at =
        switch (type) {
          case RrType.NS -> 0;
          case RrType.MX, RrType.SVCB, RrType.HTTPS -> 2;
          case RrType.SRV -> 6;
          default -> rdata.length;
        };
    try {
      return name(rdata, at);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Name name(byte[] rdata, int from) {
    int at = from;
    while (at < rdata.length && rdata[at] != 0) {
      at += 1 + (rdata[at] & 0xff);
    }
    if (at >= rdata.length) {
      throw new IllegalArgumentException("a name is cut off");
    }
    return Name.ofWire(Arrays.copyOfRange(rdata, from, at + 1));
  }

  /** Without repetitions, which are one record (RFC 2181 section 5). */
  static List<StaticRecord> distinct(List<StaticRecord> records) {
    if (records.size() < 2) {
      return records;
    }
    Set<ByteBuffer> seen = new HashSet<>();
    List<StaticRecord> distinct = new ArrayList<>();
    for (StaticRecord record : records) {
      if (seen.add(ByteBuffer.wrap(canonical(record)))) {
        distinct.add(record);
      }
    }
    return distinct;
  }

  /** RDATA with the names in lower case: what two records are compared by. */
  private static byte[] canonical(StaticRecord record) {
    byte[] canonical = record.rdata().clone();
    int at = Math.max(0, namesAt(record.type()));
    for (Name name : names(record.type(), canonical)) {
      for (int end = at + name.length(); at < end; at++) {
        canonical[at] = Name.lower(canonical[at]);
      }
    }
    return canonical;
  }

  /** What is wrong with the RDATA of a type whose shape we know; null where nothing is. */
  static @Nullable String problem(int type, byte[] rdata) {
    int fixed =
        switch (type) {
          case RrType.A -> 4;
          case RrType.AAAA -> 16;
          default -> -1;
        };
    if (fixed >= 0 && rdata.length != fixed) {
      return "it has " + rdata.length + " octets, " + fixed + " are the address";
    }
    try {
      int length = Math.max(0, namesAt(type));
      for (Name name : names(type, rdata)) {
        length += name.length();
      }
      int whole = type == RrType.SOA ? length + SOA_NUMBERS : length;
      return namesAt(type) >= 0 && whole != rdata.length
          ? "it has " + rdata.length + " octets, " + whole + " are expected"
          : null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }
}
