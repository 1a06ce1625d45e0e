package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Octets;
import io.fairlead.dns.wire.RrClass;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A service binding (RFC 9460): one record for all clients, but for its hints, which are the
 * addresses that a client gets for A and AAAA. Immutable.
 */
public final class SteeredBinding {
  private final int type;
  private final byte[] head;
  private final SteeredRrSet[] families;
  private final boolean hints;

  /**
   * @param type HTTPS or SVCB
   * @param head RDATA up to the hints: priority, target, the parameters of lower keys
   * @param families what each family's hints are taken from, A before AAAA; one at least
   * @param hints whether they are told
   */
  public SteeredBinding(int type, byte[] head, List<SteeredRrSet> families, boolean hints) {
    if (families.isEmpty()) {
      throw new IllegalArgumentException("a binding that leads to no address");
    }
    this.type = type;
    this.head = head.clone();
    this.families = families.toArray(SteeredRrSet[]::new);
    this.hints = hints;
  }

  public int type() {
    return type;
  }

  public int families() {
    return families.length;
  }

  public SteeredRrSet family(int index) {
    return families[index];
  }

  /** Octets of the whole record. */
  public int length(Hints told) {
    return SteeredRecord.RDATA_AT + head.length + hintsLength(told);
  }

  private int hintsLength(Hints told) {
    return hints ? told.length() : 0;
  }

  /**
   * Writes the record into a reply.
   *
   * @param ownerAt where the owner's name stands in the reply
   */
  public void writeTo(MemorySegment reply, int at, int ownerAt, int ttlSeconds, Hints told) {
    Octets.putPointer(reply, at, ownerAt);
    Octets.putU16(reply, at + 2, type);
    Octets.putU16(reply, at + 4, RrClass.IN);
    Octets.putU32(reply, at + 6, ttlSeconds);
    Octets.putU16(reply, at + 10, head.length + hintsLength(told));
    Octets.copy(head, 0, reply, at + SteeredRecord.RDATA_AT, head.length);
    if (hints) {
      told.writeTo(reply, at + SteeredRecord.RDATA_AT + head.length);
    }
  }
}
