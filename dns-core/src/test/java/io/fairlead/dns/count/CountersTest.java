package io.fairlead.dns.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountersTest {
  private final Counters counters = new Counters();

  @Test
  void sumsOverAllTallies() {
    Tally first = counters.newTally();
    Tally second = counters.newTally();
    first.count(Outcome.ANSWER);
    first.count(Outcome.ANSWER);
    second.count(Outcome.ANSWER);
    second.count(Outcome.REFUSED);
    first.handOut(0);
    first.handOut(300_000);
    second.handOut(300_000);

    assertThat(counters.count(Outcome.ANSWER)).isEqualTo(3);
    assertThat(counters.count(Outcome.REFUSED)).isOne();
    assertThat(counters.count(Outcome.DROPPED)).isZero();
    assertThat(counters.handedOut(0)).isOne();
    assertThat(counters.handedOut(300_000)).isEqualTo(2);
    assertThat(counters.handedOut(1_000_000)).as("never handed out, beyond every table").isZero();
  }

  @Test
  void growingKeepsWhatWasCounted() {
    Tally tally = counters.newTally();
    for (int endpoint = 0; endpoint < 1_000; endpoint++) {
      tally.handOut(endpoint);
    }
    for (int endpoint = 0; endpoint < 1_000; endpoint++) {
      assertThat(counters.handedOut(endpoint)).as("endpoint %d", endpoint).isOne();
    }
  }

  /** Each thread writes its own tally: nothing is lost, and a reader may look at any time. */
  @Test
  void losesNothingBetweenThreads() throws InterruptedException {
    int each = 200_000;
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Tally tally = counters.newTally();
      writers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int n = 0; n < each; n++) {
                      tally.count(Outcome.ANSWER);
                      tally.handOut(n % 500);
                    }
                  }));
    }
    long last = 0;
    while (writers.stream().anyMatch(Thread::isAlive)) {
      long now = counters.count(Outcome.ANSWER);
      assertThat(now).isGreaterThanOrEqualTo(last);
      last = now;
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(counters.count(Outcome.ANSWER)).isEqualTo(2L * each);
    assertThat(counters.handedOut(499)).isEqualTo(2L * each / 500);
  }

  /** Labels of metrics: they must not change by accident, nor be two of one. */
  @Test
  void everyOutcomeSaysWhatItIs() {
    Set<String> ids = new HashSet<>();
    for (Outcome outcome : Outcome.values()) {
      assertThat(ids.add(outcome.id())).isTrue();
      assertThat(outcome.id()).matches("[a-z_]+");
      assertThat(outcome.meaning()).isNotBlank();
    }
  }
}
