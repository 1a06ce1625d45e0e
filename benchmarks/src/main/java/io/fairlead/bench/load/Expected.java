package io.fairlead.bench.load;

import io.fairlead.dns.wire.Octets;
import java.lang.foreign.MemorySegment;

/** What a right answer looks like; a fast wrong one is no answer. */
enum Expected {
  ADDRESS(0, 1),
  NXDOMAIN(3, 0);

  private static final int RCODE = 0xf;

  private final int rcode;
  private final int leastAnswers;

  Expected(int rcode, int leastAnswers) {
    this.rcode = rcode;
    this.leastAnswers = leastAnswers;
  }

  boolean isRight(MemorySegment memory, int at, int length) {
    return length >= 12
        && (Octets.u8(memory, at + 3) & RCODE) == rcode
        && Octets.u16(memory, at + 6) >= leastAnswers;
  }
}
