package io.fairlead.health.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.probe.ProbeResult;
import io.fairlead.health.probe.ProbeResult.Failed;
import io.fairlead.health.probe.ProbeResult.Passed;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final History history = new History();

  @Test
  void keepsWhatHappenedWithItsTimeAndReason() {
    assertThat(history.list()).isEmpty();
    history.add(NOON, 1_234_567, new Passed("status 200"));
    history.add(NOON.plusSeconds(1), 500_000_000, new Failed("refused"));

    assertThat(history.list())
        .containsExactly(
            new PastProbe(NOON, Duration.ofNanos(1_234_000), new Passed("status 200")),
            new PastProbe(NOON.plusSeconds(1), Duration.ofMillis(500), new Failed("refused")));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11, 19, 20, 21, 12_345})
  void keepsTheLastOnes(int count) {
    for (int i = 1; i <= count; i++) {
      history.add(NOON.plusSeconds(i), 0, new Passed("number " + i));
    }
    int kept = Math.min(count, History.SIZE);
    assertThat(history.list()).hasSize(kept);
    for (int i = 0; i < kept; i++) {
      PastProbe past = history.list().get(i);
      assertThat(past.result().reason()).isEqualTo("number " + (count - kept + 1 + i));
      assertThat(past.at()).isEqualTo(NOON.plusSeconds(count - kept + 1 + i));
    }
  }

  @Test
  void aReasonThatRepeatsIsKeptOnce() {
    for (int i = 0; i < 3; i++) {
      history.add(NOON, 0, new Failed("refused by " + i / 3));
    }
    ProbeResult first = history.list().getFirst().result();
    assertThat(history.list()).allSatisfy(past -> assertThat(past.result()).isSameAs(first));
  }
}
