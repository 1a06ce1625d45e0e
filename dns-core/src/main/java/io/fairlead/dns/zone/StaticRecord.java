package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import java.util.Arrays;
import java.util.Objects;

/**
 * One record of a zone as the file said it.
 *
 * @param type the number, see {@link io.fairlead.dns.wire.RrType}
 * @param ttlSeconds 0 to 2^31 - 1 (RFC 2181 section 8)
 * @param rdata uncompressed wire form; not copied, nobody writes to it
 */
public record StaticRecord(Name owner, int type, long ttlSeconds, byte[] rdata) {
  public StaticRecord {
    if (ttlSeconds < 0 || ttlSeconds > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a TTL of " + ttlSeconds + " s is outside 0 to 2147483647 (RFC 2181 section 8)");
    }
    if (rdata.length > 0xffff) {
      throw new IllegalArgumentException(
          "RDATA of " + rdata.length + " octets, at most 65535 are allowed");
    }
  }

  /** By content: a file that is loaded again without a change gives equal records. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StaticRecord record
        && record.type == type
        && record.ttlSeconds == ttlSeconds
        && record.owner.equals(owner)
        && Arrays.equals(record.rdata, rdata);
  }

  @Override
  public int hashCode() {
    return Objects.hash(owner, type, ttlSeconds, Arrays.hashCode(rdata));
  }
}
