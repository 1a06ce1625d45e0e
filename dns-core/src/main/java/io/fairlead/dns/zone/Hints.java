package io.fairlead.dns.zone;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.wire.Octets;
import io.fairlead.dns.wire.RrType;
import java.lang.foreign.MemorySegment;

/**
 * The addresses that a service binding names beforehand (RFC 9460 section 7.3), collected and then
 * written. Mutable and reused; one for each query thread.
 */
public final class Hints {
  /**
   * Of each family at most: 32 IPv4 and 32 IPv6 addresses are 648 octets, which leaves a reply
   * within 1232 (RFC 9715 section 3.1). Clients use the first few.
   */
  public static final int MAX = 32;

  private static final int PARAMETER_HEAD = 4; // SvcParamKey 2, length 2: RFC 9460 section 2.2
  private static final int IPV4_HINT = 4; // RFC 9460 section 14.3.2
  private static final int IPV6_HINT = 6;

  private final SteeredRecord[] ipv4 = new SteeredRecord[MAX];
  private final SteeredRecord[] ipv6 = new SteeredRecord[MAX];
  private int ipv4Count;
  private int ipv6Count;

  public void clear() {
    ipv4Count = 0;
    ipv6Count = 0;
  }

  /** Takes one more address; beyond {@link #MAX} of its family, and of other types, none. */
  public void add(SteeredRecord record) {
    if (record.type() == RrType.A && ipv4Count < MAX) {
      ipv4[ipv4Count++] = record;
    } else if (record.type() == RrType.AAAA && ipv6Count < MAX) {
      ipv6[ipv6Count++] = record;
    }
  }

  public boolean isEmpty() {
    return ipv4Count + ipv6Count == 0;
  }

  int length() {
    return length(ipv4Count, Address.IPV4) + length(ipv6Count, Address.IPV6);
  }

  private static int length(int count, int octets) {
    return count == 0 ? 0 : PARAMETER_HEAD + count * octets;
  }

  /** Parameters stand in the order of their keys (RFC 9460 section 2.2). */
  void writeTo(MemorySegment reply, int at) {
    int next = write(IPV4_HINT, ipv4, ipv4Count, Address.IPV4, reply, at);
    write(IPV6_HINT, ipv6, ipv6Count, Address.IPV6, reply, next);
  }

  private static int write(
      int key, SteeredRecord[] records, int count, int octets, MemorySegment reply, int from) {
    if (count == 0) {
      return from;
    }
    Octets.putU16(reply, from, key);
    Octets.putU16(reply, from + 2, count * octets);
    int at = from + PARAMETER_HEAD;
    for (int i = 0; i < count; i++) {
      records[i].writeRdataTo(reply, at);
      at += octets;
    }
    return at;
  }
}
