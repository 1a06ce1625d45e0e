package io.fairlead.health.schedule;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.schedule.RecordingSink.Change;
import io.fairlead.health.schedule.ScriptedProbe.Find;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that sees nothing of its surroundings does not believe what it sees of others. */
class SurroundingsTest {
  private static final long MILLI = MILLISECONDS.toNanos(1);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final SimulatedLoop loop = new SimulatedLoop(0);
  private final Map<Target, Find> finds = new HashMap<>();
  private final ScriptedProbe probe =
      new ScriptedProbe(loop, target -> finds.getOrDefault(target, Find.passed(MILLI)));
  private final RecordingSink sink = new RecordingSink(loop::nanoTime);
  private final Prober prober =
      new Prober(sink, InstantSource.system(), new Random(3), loop, probe, Limits.DEFAULT);

  private final Target gateway = target(1, 2);
  private final Target peer = target(2, 2);
  private final Set<Target> references = Set.of(gateway, peer);

  @ParameterizedTest(name = "fall {0}")
  @ValueSource(ints = {1, 2, 3})
  void aBlindNodeFreezesItsVerdicts(int fall) {
    Set<Target> sites = sites(50, fall);
    prober.watch(sites, Map.of(), references);
    loop.advance(SECONDS.toNanos(5) + 333 * MILLI);
    sink.changes.clear();

    sites.forEach(site -> finds.put(site, Find.SILENCE));
    references.forEach(reference -> finds.put(reference, Find.SILENCE));
    loop.advance(SECONDS.toNanos(30));
    assertThat(sink.changes)
        .extracting(Change::target)
        .as("only those that it is told by")
        .containsExactlyInAnyOrderElementsOf(references);
    assertThat(sink.blindness).containsExactly(true);

    finds.clear();
    sink.changes.clear();
    loop.advance(SECONDS.toNanos(30));
    assertThat(sink.blindness).containsExactly(true, false);
    assertThat(sink.changes)
        .extracting(Change::target)
        .containsExactlyInAnyOrderElementsOf(references);
  }

  @Test
  void aSiteThatDiesIsStillDownInTime() {
    Target site = target(9, 2);
    prober.watch(Set.of(site), Map.of(), references);
    loop.advance(SECONDS.toNanos(5));
    sink.changes.clear();

    long died = loop.nanoTime();
    finds.put(site, Find.failed(MILLI));
    loop.advance(SECONDS.toNanos(5));
    Change down = Objects.requireNonNull(sink.changes.poll());
    assertThat(down.status().verdict()).isEqualTo(Verdict.DOWN);
    assertThat(down.status().reason()).isEqualTo("refused");
    assertThat(down.atNanos() - died).isLessThan(2 * INTERVAL.toNanos() + 50 * MILLI);
    assertThat(sink.changes).isEmpty();
  }

  @Test
  void oneReferenceThatAnswersIsEnough() {
    Target site = target(9, 2);
    prober.watch(Set.of(site), Map.of(), references);
    loop.advance(SECONDS.toNanos(5));
    finds.put(gateway, Find.SILENCE);
    finds.put(site, Find.SILENCE);
    loop.advance(SECONDS.toNanos(10));

    assertThat(status(site).verdict()).isEqualTo(Verdict.DOWN);
    assertThat(status(gateway).verdict()).isEqualTo(Verdict.DOWN);
    assertThat(sink.blindness).isEmpty();
  }

  @Test
  void whoBeginsBlindKnowsNothing() {
    Target site = target(9, 2);
    List.of(site, gateway, peer).forEach(target -> finds.put(target, Find.failed(MILLI)));
    prober.watch(Set.of(site), Map.of(site, Verdict.UP), references);
    loop.advance(SECONDS.toNanos(10));
    assertThat(status(site).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(status(site).lastKnown()).isEqualTo(Verdict.UP);
    assertThat(status(site).reason())
        .isEqualTo("not counted: this node is blind, no reference answers");
    assertThat(sink.firstRounds).hasValue(0);

    finds.remove(peer);
    loop.advance(SECONDS.toNanos(3));
    assertThat(status(site).verdict()).isEqualTo(Verdict.DOWN);
    assertThat(sink.firstRounds).hasValue(1);
  }

  @Test
  void aStormOfFailuresIsNoStormForTheReferences() {
    Set<Target> sites = sites(500, 2);
    prober.watch(sites, Map.of(), references);
    loop.advance(SECONDS.toNanos(5));
    sites.forEach(site -> finds.put(site, Find.failed(MILLI)));
    probe.starts.clear();
    loop.advance(SECONDS.toNanos(2) + 50 * MILLI);

    assertThat(probe.starts.stream().filter(start -> start.target().equals(gateway)).count())
        .as("at most every 20 ms")
        .isBetween(2L, 103L);
    for (Target site : sites) {
      assertThat(status(site).verdict()).isEqualTo(Verdict.DOWN);
    }
  }

  @Test
  void withoutReferencesThereIsNoDoubt() {
    Target site = target(9, 1);
    prober.watch(Set.of(site), Map.of(), references);
    loop.advance(SECONDS.toNanos(5));
    List.of(site, gateway, peer).forEach(target -> finds.put(target, Find.failed(MILLI)));
    loop.advance(SECONDS.toNanos(5));
    assertThat(status(site).verdict()).isEqualTo(Verdict.UP);

    prober.watch(Set.of(site), Map.of());
    loop.advance(SECONDS.toNanos(2));
    assertThat(status(site).verdict()).isEqualTo(Verdict.DOWN);
    assertThat(sink.blindness).containsExactly(true, false);
    assertThat(prober.statuses()).containsOnlyKeys(site);
  }

  private TargetStatus status(Target target) {
    return Objects.requireNonNull(prober.status(target));
  }

  private static Set<Target> sites(int count, int fall) {
    var sites = new HashSet<Target>();
    for (int i = 0; i < count; i++) {
      sites.add(target(1_000 + i, fall));
    }
    return sites;
  }

  private static Target target(int number, int fall) {
    var address = InetAddress.ofLiteral("10.0.%d.%d".formatted(number >> 8, number & 0xFF));
    return new Target(address, 80, new Check.Tcp(), INTERVAL, Duration.ofMillis(500), 2, fall);
  }
}
