package io.fairlead.health.schedule;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.schedule.RecordingSink.Change;
import io.fairlead.health.schedule.ScriptedProbe.Find;
import io.fairlead.health.schedule.ScriptedProbe.Start;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five thousand targets that flap together: one word for each about each turn, and no other. */
class FlapTest {
  private static final int TARGETS = 5_000;
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final int TURNS = 6;

  private final SimulatedLoop loop = new SimulatedLoop(0);
  private final RecordingSink sink = new RecordingSink(loop::nanoTime);
  private Find find = Find.passed(MILLISECONDS.toNanos(1));
  private final ScriptedProbe probe = new ScriptedProbe(loop, _ -> find);
  private final Prober prober =
      new Prober(sink, InstantSource.system(), new Random(11), loop, probe, Limits.DEFAULT);

  /**
   * @param rounds how long they stay as they are, in intervals
   * @param told how often each turns by that
   */
  @ParameterizedTest(name = "rise {0}, fall {1}, turning every {2} intervals, {3}: told {4} times")
  @CsvSource({
    "2, 2, 5, refused, 6",
    "2, 2, 5, silent,  6",
    "1, 1, 2, refused, 6",
    "1, 1, 2, silent,  6",
    "3, 3, 5, refused, 6",
    "3, 3, 2, refused, 0",
    "9, 2, 4, silent,  1",
  })
  void eachTurnIsToldOnce(int rise, int fall, int rounds, String manner, int told) {
    prober.watch(targets(rise, fall), Map.of());
    loop.advance(2 * INTERVAL.toNanos());
    assertThat(sink.changes).as("all are up").hasSize(TARGETS);
    sink.changes.clear();

    for (int turn = 0; turn < TURNS; turn++) {
      find =
          turn % 2 == 1
              ? Find.passed(MILLISECONDS.toNanos(1))
              : manner.equals("silent") ? Find.SILENCE : Find.failed(MILLISECONDS.toNanos(1));
      loop.advance(rounds * INTERVAL.toNanos());
    }
    loop.advance(2 * TIMEOUT.toNanos());

    var words = new HashMap<Target, List<Verdict>>();
    for (Change change : sink.changes) {
      words.computeIfAbsent(change.target(), _ -> new ArrayList<>()).add(change.status().verdict());
    }
    var expected = new ArrayList<Verdict>();
    for (int i = 0; i < told; i++) {
      expected.add(i % 2 == 0 ? Verdict.DOWN : Verdict.UP);
    }
    assertThat(words).hasSize(told == 0 ? 0 : TARGETS);
    assertThat(words.values()).allMatch(expected::equals);
  }

  /** A storm of failures is no more work than calm: so many probes, and no retries. */
  @ParameterizedTest
  @CsvSource({"answered", "refused", "silent"})
  void theWorkIsTheSameWhateverTheOutcome(String manner) {
    prober.watch(targets(2, 2), Map.of());
    loop.advance(2 * INTERVAL.toNanos());
    find =
        switch (manner) {
          case "silent" -> Find.SILENCE;
          case "refused" -> Find.failed(1);
          default -> Find.passed(1);
        };
    loop.advance(INTERVAL.toNanos());
    probe.starts.clear();
    loop.advance(10 * INTERVAL.toNanos());

    assertThat(probe.starts).hasSize(10 * TARGETS);
    long busiest =
        probe.starts.stream()
            .mapToLong(Start::atNanos)
            .map(at -> at / MILLISECONDS.toNanos(100))
            .boxed()
            .collect(groupingBy(at -> at, counting()))
            .values()
            .stream()
            .mapToLong(Long::longValue)
            .max()
            .orElseThrow();
    assertThat(busiest).as("starts in any tenth of a second, where 50 are even").isLessThan(60);
    assertThat(probe.mostInFlight)
        .as("rate times timeout")
        .isLessThanOrEqualTo((int) (TARGETS * TIMEOUT.toMillis() / INTERVAL.toMillis()) + 60);
  }

  private static Set<Target> targets(int rise, int fall) {
    var targets = new HashSet<Target>();
    for (int i = 0; i < TARGETS; i++) {
      var address = InetAddress.ofLiteral("10.1.%d.%d".formatted(i / 250, 1 + i % 250));
      targets.add(new Target(address, 80, new Check.Tcp(), INTERVAL, TIMEOUT, rise, fall));
    }
    return targets;
  }
}
