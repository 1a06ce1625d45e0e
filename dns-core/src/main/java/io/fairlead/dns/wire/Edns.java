package io.fairlead.dns.wire;

import java.lang.foreign.MemorySegment;

/**
 * What a query says by EDNS (RFC 6891). Mutable and reused.
 *
 * <pre>
 * owner: root | type: OPT | class: UDP payload size | TTL: extended RCODE, VERSION, DO, Z | options
 * </pre>
 */
public final class Edns {
  /** An OPT record without options: owner 1, type 2, class 2, TTL 4, RDLEN 2. */
  public static final int BARE_LENGTH = 11;

  /** The flag DO (RFC 3225 section 3). */
  public static final int DNSSEC_OK = 0x8000;

  /** Type, class, TTL and RDLEN: what stands between a record's owner and its RDATA. */
  private static final int FIXED = 10;

  private static final int OPTION_HEAD = 4;

  /** Who answers, for people (RFC 5001 section 2.3). */
  public static final int NSID = 3;

  /** How long an idle connection lives (RFC 7828 section 3.1). */
  public static final int KEEPALIVE = 11;

  private static final int NOT_THERE = -1;

  private final ClientSubnet subnet = new ClientSubnet();
  private final Cookie cookie = new Cookie();
  private boolean present;
  private boolean signed;
  private boolean nsidAsked;
  private int keepaliveLength;
  private int payload;
  private int flags;

  /** Forgets the last query. */
  public void clear() {
    present = false;
    signed = false;
    payload = 0;
    flags = 0;
    nsidAsked = false;
    keepaliveLength = NOT_THERE;
    subnet.clear();
    cookie.clear();
  }

  /**
   * Walks over all records of a query and reads its OPT. Other records mean nothing in a query;
   * they are skipped, and must be inside the message.
   *
   * @param from where the question ends
   */
  public Verdict read(MemorySegment message, int from, int end) {
    int early = Header.recordsBeforeAdditional(message);
    int all = early + Header.additionalRecords(message);
    int optAt = 0;
    int at = from;
    for (int record = 0; record < all; record++) {
      int fixedAt = skipName(message, at, end);
      if (fixedAt < 0 || fixedAt + FIXED > end) {
        return Verdict.FORM_ERROR;
      }
      int next = fixedAt + FIXED + Octets.u16(message, fixedAt + 8);
      if (next > end) {
        return Verdict.FORM_ERROR;
      }
      int type = Octets.u16(message, fixedAt);
      signed |= type == RrType.TSIG;
      if (type == RrType.OPT) {
        // One, in the additional section, owned by the root (RFC 6891 sections 6.1.1, 6.1.2).
        if (present || record < early || fixedAt != at + 1) {
          return Verdict.FORM_ERROR;
        }
        present = true;
        optAt = fixedAt;
      }
      at = next;
    }
    return present ? readOpt(message, optAt) : Verdict.ACCEPT;
  }

  private Verdict readOpt(MemorySegment message, int fixedAt) {
    payload = Octets.u16(message, fixedAt + 2);
    flags = Octets.u16(message, fixedAt + 6);
    int version = Octets.u8(message, fixedAt + 5);
    if (version != 0) {
      return Verdict.BAD_VERSION; // its options are not for us to read
    }
    int at = fixedAt + FIXED;
    int end = at + Octets.u16(message, fixedAt + 8);
    while (at < end) {
      if (at + OPTION_HEAD > end) {
        return Verdict.FORM_ERROR;
      }
      int option = Octets.u16(message, at);
      int length = Octets.u16(message, at + 2);
      int dataAt = at + OPTION_HEAD;
      at = dataAt + length;
      if (at > end) {
        return Verdict.FORM_ERROR;
      }
      if (readOption(message, option, dataAt, length) != Verdict.ACCEPT) {
        return Verdict.FORM_ERROR;
      }
    }
    return Verdict.ACCEPT;
  }

  private Verdict readOption(MemorySegment message, int option, int dataAt, int length) {
    switch (option) {
      case ClientSubnet.OPTION -> {
        return subnet.read(message, dataAt, length);
      }
      case Cookie.OPTION -> cookie.read(dataAt, length);
      case NSID -> nsidAsked = true;
      case KEEPALIVE -> keepaliveLength = length;
      default -> {} // ignored: RFC 6891 section 6.1.2
    }
    return Verdict.ACCEPT;
  }

  /**
   * Where an owner name ends; -1 where it does not, or is none. A pointer is not followed, it must
   * only lead back, and behind the header (RFC 1035 section 4.1.4).
   */
  private static int skipName(MemorySegment message, int from, int end) {
    int at = from;
    while (at < end && at - from < Name.MAX_LENGTH) {
      int octet = Octets.u8(message, at);
      if (octet == 0) {
        return at + 1;
      }
      if (octet > Name.MAX_LABEL_LENGTH) {
        boolean pointer = octet >= 0xc0 && at + 2 <= end;
        int target = pointer ? Octets.u16(message, at) & 0x3fff : 0;
        return target >= Header.LENGTH && target < from ? at + 2 : -1;
      }
      at += 1 + octet;
    }
    return -1;
  }

  public boolean isPresent() {
    return present;
  }

  /** Whether a TSIG stands somewhere in the query (RFC 8945); what it is worth is not looked at. */
  public boolean isSigned() {
    return signed;
  }

  /** How large a datagram the asker can take, as it says. */
  public int payload() {
    return payload;
  }

  /** DO, the only flag that a reply copies (RFC 6891 section 6.1.4). */
  public int copiedFlags() {
    return flags & DNSSEC_OK;
  }

  public ClientSubnet subnet() {
    return subnet;
  }

  public Cookie cookie() {
    return cookie;
  }

  public boolean isNsidAsked() {
    return nsidAsked;
  }

  public boolean isKeepaliveAsked() {
    return keepaliveLength != NOT_THERE;
  }

  /** A client has no timeout to tell: over TCP one is a FORMERR (RFC 7828 section 3.2.1). */
  public boolean isKeepaliveTold() {
    return keepaliveLength > 0;
  }
}
