package io.fairlead.dns.wire;

import java.lang.foreign.MemorySegment;

/** The one question of a query (RFC 1035 section 4.1.2). Mutable and reused. */
public final class Question {
  /** QNAME stands right behind the header, in every query and every reply. */
  public static final int NAME_AT = Header.LENGTH;

  private final NameKey name = new NameKey();
  private int type;
  private int rrClass;
  private int end;

  /**
   * Reads the question.
   *
   * <p>QNAME is the first name of the message: a compression pointer in it could lead only forward,
   * to itself, or into the header, so that any is a FORMERR (RFC 1035 section 4.1.4).
   *
   * @return {@link Verdict#FORM_ERROR} where it is cut off or its name is none
   */
  public Verdict read(MemorySegment message, int length) {
    if (!name.read(message, NAME_AT, length)) {
      return Verdict.FORM_ERROR;
    }
    int behindName = NAME_AT + name.length();
    if (behindName + 4 > length) {
      return Verdict.FORM_ERROR;
    }
    type = Octets.u16(message, behindName);
    rrClass = Octets.u16(message, behindName + 2);
    end = behindName + 4;
    return Verdict.ACCEPT;
  }

  /** Whether an authoritative server of class IN without transfers can have an answer to it. */
  public Verdict judge() {
    return switch (type) {
      // Not types to ask for: RFC 6891 section 6.1.1, RFC 8945 section 4.2, RFC 2930 section 2,
      // RFC 9824 section 3.5.
      case RrType.OPT, RrType.TSIG, RrType.TKEY, RrType.NXNAME -> Verdict.FORM_ERROR;
      // Obsolete: RFC 1035 section 3.2.3.
      case RrType.MAILB, RrType.MAILA -> Verdict.NOT_IMPLEMENTED;
      case RrType.AXFR, RrType.IXFR -> Verdict.REFUSED;
      default -> rrClass == RrClass.IN ? Verdict.ACCEPT : Verdict.REFUSED;
    };
  }

  public NameKey name() {
    return name;
  }

  public int type() {
    return type;
  }

  public int rrClass() {
    return rrClass;
  }

  /** Where the next section begins. */
  public int end() {
    return end;
  }
}
