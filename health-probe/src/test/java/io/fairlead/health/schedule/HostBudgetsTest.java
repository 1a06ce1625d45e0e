package io.fairlead.health.schedule;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.health.schedule.ScriptedProbe.Find;
import io.fairlead.health.schedule.ScriptedProbe.Start;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Target;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One host has so many probes at once, and its storm is nobody else's. */
class HostBudgetsTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final InetAddress BUSY = InetAddress.ofLiteral("10.0.0.1");
  private static final InetAddress OTHER = InetAddress.ofLiteral("10.0.0.2");

  private final SimulatedLoop loop = new SimulatedLoop(0);
  private final Random random = new Random(8);
  private final RecordingSink sink = new RecordingSink(loop::nanoTime);

  @ParameterizedTest
  @CsvSource({"1", "3", "16", "256"})
  void noMoreAtOnceThanItsBudgetAndAllInTheEnd(int perHost) {
    var probe = new ScriptedProbe(loop, _ -> Find.passed(random.nextLong(1_000_000)));
    var prober = prober(probe, perHost);
    prober.watch(targets(BUSY, 500), Map.of());
    loop.advance(SECONDS.toNanos(9));

    assertThat(probe.mostInFlight).isBetween(1, perHost);
    assertThat(sink.changes).as("each was probed").hasSize(500);
    assertThat(sink.firstRounds).hasValue(1);
  }

  /** The silent one holds its budget for 4 s at a time; the other is probed meanwhile. */
  @Test
  void aSilentHostKeepsNobodyElseWaiting() {
    var probe =
        new ScriptedProbe(
            loop,
            target ->
                target.place().toString().equals(BUSY.getHostAddress())
                    ? Find.SILENCE
                    : Find.passed(1_000));
    var prober = prober(probe, 2);
    var both = new HashSet<>(targets(BUSY, 100));
    both.addAll(targets(OTHER, 100));
    prober.watch(both, Map.of());
    loop.advance(SECONDS.toNanos(1));

    assertThat(probe.starts.stream().map(Start::target).filter(HostBudgetsTest::isOther))
        .as("all of the other's within a second")
        .hasSize(100);
    assertThat(probe.inFlight()).isEqualTo(2);
    loop.advance(SECONDS.toNanos(40));
    assertThat(probe.starts.stream().filter(start -> !isOther(start.target())).count())
        .as("two each 4 s")
        .isBetween(20L, 24L);
  }

  @Test
  void whatWaitsAndIsRemovedIsNeverProbed() {
    var probe = new ScriptedProbe(loop, _ -> Find.SILENCE);
    var prober = prober(probe, 1);
    prober.watch(targets(BUSY, 50), Map.of());
    loop.advance(SECONDS.toNanos(1));
    prober.watch(Set.of(), Map.of());
    loop.advance(SECONDS.toNanos(60));

    assertThat(probe.starts).hasSize(1);
    assertThat(probe.inFlight()).isZero();
    assertThat(prober.counts().inFlight()).isZero();
  }

  @Test
  void aBudgetThatIsRaisedCountsFromThenOn() {
    var probe = new ScriptedProbe(loop, _ -> Find.SILENCE);
    var prober = prober(probe, 1);
    prober.watch(targets(BUSY, 50), Map.of());
    loop.advance(SECONDS.toNanos(1));
    prober.limit(new Limits(100, 10));
    loop.advance(SECONDS.toNanos(30));
    assertThat(probe.mostInFlight).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "-1, 5"})
  void nothingAtAllIsNoLimit(int inFlight, int perHost) {
    assertThatThrownBy(() -> new Limits(inFlight, perHost))
        .hasMessageStartingWith("at least one probe must be allowed");
  }

  private static boolean isOther(Target target) {
    return target.place().toString().equals(OTHER.getHostAddress());
  }

  private Prober prober(ScriptedProbe probe, int perHost) {
    return new Prober(
        sink, InstantSource.system(), random, loop, probe, new Limits(10_000, perHost));
  }

  private static Set<Target> targets(InetAddress address, int count) {
    var targets = new HashSet<Target>();
    for (int i = 0; i < count; i++) {
      targets.add(new Target(address, 1 + i, new Check.Tcp(), INTERVAL, TIMEOUT, 2, 2));
    }
    return targets;
  }
}
