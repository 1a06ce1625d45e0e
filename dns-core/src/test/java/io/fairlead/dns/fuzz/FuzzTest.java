package io.fairlead.dns.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.fairlead.dns.net.FramingFuzz;
import org.junit.jupiter.api.Test;

/** F15: no octets make anything throw, and what is said to them is a reply. */
class FuzzTest {
  @Test
  void anyOctetsAreReadAsAQuestionOrNot() {
    assertThatCode(() -> Corpus.of("question").run(QuestionFuzz::fuzzerTestOneInput))
        .doesNotThrowAnyException();
  }

  @Test
  void anyOctetsAreAnsweredOrNot() {
    assertThatCode(() -> Corpus.of("respond").run(RespondFuzz::fuzzerTestOneInput))
        .doesNotThrowAnyException();
  }

  @Test
  void anyStreamIsCutIntoItsMessages() {
    assertThatCode(() -> Corpus.of("framing").run(FramingFuzz::fuzzerTestOneInput))
        .doesNotThrowAnyException();
  }
}
