package io.fairlead.dns.fuzz;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.fairlead.dns.wire.Edns;
import io.fairlead.dns.wire.Header;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.Question;
import io.fairlead.dns.wire.Verdict;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Header, question and EDNS of any octets: a verdict, and names that are names. */
public final class QuestionFuzz {
  private static final MemorySegment MEMORY = Arena.global().allocate(65_535);
  private static final Question QUESTION = new Question();
  private static final Edns EDNS = new Edns();

  private QuestionFuzz() {}

  /** One execution; what is wrong is thrown. */
  public static void fuzzerTestOneInput(byte[] input) {
    int length = Math.min(input.length, 65_535);
    // So long and no longer: what reads behind the message is thrown at.
    MemorySegment message = MEMORY.asSlice(0, length);
    MemorySegment.copy(input, 0, message, JAVA_BYTE, 0, length);
    EDNS.clear();
    Verdict verdict = Header.judge(message, length);
    if (verdict == Verdict.NO_QUESTION) {
      EDNS.read(message, Header.LENGTH, length);
    } else if (verdict == Verdict.ACCEPT && QUESTION.read(message, length) == Verdict.ACCEPT) {
      Name name = QUESTION.name().suffix(0);
      if (name.length() != QUESTION.name().length() || QUESTION.end() > length) {
        throw new IllegalStateException("a name of " + name.length() + " octets: " + name);
      }
      if (!Name.parse(name.toString()).equals(name)) {
        throw new IllegalStateException("is not read as it is told: " + name);
      }
      QUESTION.judge();
      EDNS.read(message, QUESTION.end(), length);
    }
  }
}
