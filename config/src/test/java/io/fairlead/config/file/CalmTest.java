package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.CalmSpec;
import io.fairlead.config.GuardSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** How members that failed come back, as a file tells it. */
class CalmTest {
  private static final String GOOD =
      Loads.SMALLEST.replace(
              "    - name: main\n",
              "    - name: main\n        manualResume: false\n        resumeAfter: 5m\n")
          + "calm: { holdDown: 10s, holdDownMax: 5m }\n"
          + "guard: { maxDownShare: 0.4, window: 20s, minimumMembers: 30 }\n";

  private static Broken broken(String good, String marked, String key, String reason) {
    return Broken.at(GOOD, good, marked, key, reason);
  }

  static final List<Broken> BROKEN =
      List.of(
          broken(
              "manualResume: false",
              "manualResume: ¦yes",
              "services[0].pools[0].manualResume",
              "\"yes\" is unknown; allowed: true, false"),
          broken(
              "manualResume: false\n        resumeAfter: 5m",
              "manualResume: true\n        resumeAfter: ¦5m",
              "services[0].pools[0].resumeAfter",
              "with manualResume only an operator resumes; leave one of them out"),
          broken(
              "resumeAfter: 5m",
              "resumeAfter: ¦0s",
              "services[0].pools[0].resumeAfter",
              "0s is out of range; allowed: a duration from 1s to 24h, such as 500ms, 2s, 5m or"
                  + " 1h"),
          broken(
              "holdDown: 10s",
              "holdDown: ¦6m",
              "calm.holdDown",
              "the hold-down is longer than the longest, holdDownMax; allowed: at most as long"),
          broken(
              "holdDown: 10s, holdDownMax: 5m",
              "holdDownMax: ¦5m",
              "calm.holdDownMax",
              "only a calm with a holdDown has this key; leave it out"),
          broken(
              "maxDownShare: 0.4",
              "maxDownShare: ¦50%",
              "guard.maxDownShare",
              "\"50%\" is not a plain number; allowed: a number from 0 to 1"),
          broken(
              "minimumMembers: 30",
              "minimumMembers: ¦0",
              "guard.minimumMembers",
              "0 is out of range; allowed: a whole number from 1 to 10000000"));

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("BROKEN")
  void isRefusedWithItsPlaceKeyAndReason(Broken broken) {
    broken.assertRefused(folder, GOOD);
  }

  @Test
  void arrives() {
    assertThat(Loads.config(folder, GOOD).calm())
        .isEqualTo(
            new CalmSpec(
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                new GuardSpec(0.4, Duration.ofSeconds(20), 30)));
    assertThat(Loads.config(folder, Loads.SMALLEST).calm()).isEqualTo(CalmSpec.OFF);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,10", "2,20", "3,40", "5,160", "6,300", "7,300", "2000000000,300"})
  void theHoldDownDoublesUpToTheLongest(int flaps, int seconds) {
    var calm = new CalmSpec(Duration.ofSeconds(10), Duration.ofMinutes(5), GuardSpec.DEFAULT);

    assertThat(calm.holdDownAfter(flaps)).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(CalmSpec.OFF.holdDownAfter(flaps)).isZero();
  }
}
