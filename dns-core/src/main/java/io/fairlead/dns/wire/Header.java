package io.fairlead.dns.wire;

import java.lang.foreign.MemorySegment;

/**
 * The 12 octets in front of every message (RFC 1035 section 4.1.1).
 *
 * <pre>
 *   0  1  2  3  4  5  6  7  8  9  A  B  C  D  E  F
 * +-----------------------------------------------+
 * |                      ID                       |  0
 * |QR|   OPCODE  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |  2
 * |                    QDCOUNT                    |  4
 * |                    ANCOUNT                    |  6
 * |                    NSCOUNT                    |  8
 * |                    ARCOUNT                    | 10
 * +-----------------------------------------------+
 * </pre>
 */
public final class Header {
  public static final int LENGTH = 12;

  public static final int AUTHORITATIVE = 0x0400;
  public static final int TRUNCATED = 0x0200;

  private static final int ID = 0;
  private static final int FLAGS = 2;
  private static final int QUESTIONS = 4;
  private static final int ANSWERS = 6;
  private static final int AUTHORITIES = 8;
  private static final int ADDITIONALS = 10;

  private static final int RESPONSE = 0x8000;
  private static final int OPCODE = 0x7800;
  private static final int RECURSION_DESIRED = 0x0100;

  /**
   * All that a reply takes over from its query; AA, TC, RA, Z, AD, CD never are (RFC 1035 section
   * 4.1.1, RFC 4035 section 3.1.6).
   */
  private static final int COPIED = OPCODE | RECURSION_DESIRED;

  private Header() {}

  /** Judges a packet by its header alone, before anything else of it is read. */
  public static Verdict judge(MemorySegment message, int length) {
    if (length < LENGTH) {
      return Verdict.DROP;
    }
    int flags = Octets.u16(message, FLAGS);
    if ((flags & RESPONSE) != 0) {
      return Verdict.DROP;
    }
    if ((flags & OPCODE) != 0) { // QUERY is 0
      return Verdict.NOT_IMPLEMENTED;
    }
    return switch (Octets.u16(message, QUESTIONS)) {
      case 0 -> Verdict.NO_QUESTION;
      case 1 -> Verdict.ACCEPT;
      default -> Verdict.FORM_ERROR; // RFC 9619 section 4
    };
  }

  /** How many records stand before the additional section. */
  static int recordsBeforeAdditional(MemorySegment message) {
    return Octets.u16(message, ANSWERS) + Octets.u16(message, AUTHORITIES);
  }

  static int additionalRecords(MemorySegment message) {
    return Octets.u16(message, ADDITIONALS);
  }

  /**
   * Writes a reply's header.
   *
   * @param flags {@link #AUTHORITATIVE}, {@link #TRUNCATED}, or none
   * @param rcode 0 to 15
   */
  public static void writeReply(
      MemorySegment query,
      MemorySegment reply,
      int flags,
      int rcode,
      int questions,
      int answers,
      int authorities,
      int additionals) {
    int copied = Octets.u16(query, FLAGS) & COPIED;
    Octets.putU16(reply, ID, Octets.u16(query, ID));
    Octets.putU16(reply, FLAGS, RESPONSE | copied | flags | rcode);
    Octets.putU16(reply, QUESTIONS, questions);
    Octets.putU16(reply, ANSWERS, answers);
    Octets.putU16(reply, AUTHORITIES, authorities);
    Octets.putU16(reply, ADDITIONALS, additionals);
  }
}
