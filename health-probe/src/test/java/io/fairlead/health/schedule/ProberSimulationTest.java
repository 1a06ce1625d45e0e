package io.fairlead.health.schedule;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
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
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 20,000 steps and some 10^5 probes a seed: targets that live, die, flap and fall silent, sets that
 * are replaced, a process that is stopped. Afterwards a model looks back at all probes, one by one,
 * and says which changes should have been told, and when.
 */
class ProberSimulationTest {
  private static final long MILLI = MILLISECONDS.toNanos(1);
  private static final int STEPS = 20_000;

  /** Later than any timeout, however many stops make it longer. */
  private static final long TOO_LATE = 3_600_000 * MILLI;

  /** The shortest stop: longer than any timeout, so that no probe in flight was waited for. */
  private static final long STOP_NANOS = 1_500 * MILLI;

  private record Span(long from, long to) {}

  private record Told(long at, Target target, Verdict verdict) {}

  private final SimulatedLoop loop = new SimulatedLoop(0);
  private final Map<Target, Find> finds = new HashMap<>();
  private final ScriptedProbe probe =
      new ScriptedProbe(loop, target -> finds.getOrDefault(target, Find.SILENCE));
  private final RecordingSink sink = new RecordingSink(loop::nanoTime);
  private final List<Span> stops = new ArrayList<>();

  /** Too short to be a stop: results come late, and count. */
  private final List<Span> hiccups = new ArrayList<>();

  private final Map<Target, List<Span>> watchedDuring = new HashMap<>();
  private final Map<Target, Long> watchedSince = new HashMap<>();

  /** Some now; fifty, a million steps, where CONTRIBUTING.md says how. */
  static LongStream seeds() {
    return LongStream.rangeClosed(1, Integer.getInteger("fairlead.simulation.seeds", 4));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyChangeIsToldOnceAndNoOther(long seed) {
    var random = new Random(seed);
    List<Target> targets = targets(random, 60);
    targets.forEach(target -> finds.put(target, find(random, target)));
    var prober = new Prober(sink, InstantSource.system(), random, loop, probe, Limits.DEFAULT);
    watch(prober, Set.copyOf(targets));
    for (int step = 0; step < STEPS; step++) {
      step(random, prober, targets);
    }
    watch(prober, Set.of());
    loop.advance(0);

    assertThat(probe.inFlight()).isZero();
    assertThat(probe.starts).as("probes").hasSizeGreaterThan(100_000);
    var told = new ArrayList<Told>();
    for (Change change : sink.changes) {
      told.add(new Told(change.atNanos(), change.target(), change.status().verdict()));
    }
    assertThat(told).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected());
  }

  private void step(Random random, Prober prober, List<Target> targets) {
    switch (random.nextInt(100)) {
      case 0 -> standStill(STOP_NANOS + random.nextLong(5_000 * MILLI), stops);
      case 1 -> watch(prober, someOf(targets, random));
      case 2 -> standStill(random.nextLong(40 * MILLI), hiccups);
      default -> {
        Target target = targets.get(random.nextInt(targets.size()));
        finds.put(target, find(random, target));
      }
    }
    loop.advance(random.nextLong(250 * MILLI));
  }

  private void standStill(long nanos, List<Span> spans) {
    long from = loop.nanoTime();
    loop.standStill(nanos);
    spans.add(new Span(from, loop.nanoTime()));
  }

  private void watch(Prober prober, Set<Target> targets) {
    long now = loop.nanoTime();
    prober.watch(targets, Map.of());
    watchedSince.forEach(
        (target, since) -> {
          if (!targets.contains(target)) {
            var span = new Span(since, now);
            watchedDuring.computeIfAbsent(target, _ -> new ArrayList<>()).add(span);
          }
        });
    watchedSince.keySet().retainAll(targets);
    targets.forEach(target -> watchedSince.putIfAbsent(target, now));
  }

  private List<Told> expected() {
    var starts = new HashMap<Target, List<Start>>();
    probe.starts.forEach(s -> starts.computeIfAbsent(s.target(), _ -> new ArrayList<>()).add(s));
    var expected = new ArrayList<Told>();
    watchedDuring.forEach(
        (target, spans) -> {
          List<Start> all = starts.getOrDefault(target, List.of());
          long probes = 0;
          for (Span span : spans) {
            probes += expect(target, span, all, expected);
          }
          assertThat(probes).as("no probe but while it is watched").isEqualTo(all.size());
        });
    return expected;
  }

  /** What should be told of one target while it was watched once; returns its probes then. */
  private long expect(Target target, Span watched, List<Start> starts, List<Told> expected) {
    Verdict verdict = Verdict.UNKNOWN;
    var passed = new ArrayList<Boolean>();
    long probes = 0;
    for (Start start : starts) {
      if (start.atNanos() < watched.from || start.atNanos() >= watched.to) {
        continue;
      }
      probes++;
      long end = start.atNanos() + duration(start);
      if (end > watched.to || (!isPassed(start) && stopped(start.atNanos(), end))) {
        continue;
      }
      passed.add(isPassed(start));
      Verdict now = lookBack(verdict, passed, target);
      if (now != verdict) {
        expected.add(new Told(late(end), target, now));
        verdict = now;
      }
    }
    return probes;
  }

  private static long duration(Start start) {
    long timeout = start.target().timeout().toNanos();
    long after = start.find().afterNanos();
    return after < 0 ? timeout : Math.min(after, timeout);
  }

  private static boolean isPassed(Start start) {
    long after = start.find().afterNanos();
    return after >= 0
        && after < start.target().timeout().toNanos()
        && start.find().result() instanceof io.fairlead.health.probe.ProbeResult.Passed;
  }

  private boolean stopped(long from, long to) {
    return stops.stream().anyMatch(stop -> from <= stop.from && stop.from < to);
  }

  private long late(long at) {
    for (List<Span> spans : List.of(hiccups, stops)) {
      for (Span span : spans) {
        if (span.from < at && at < span.to) {
          return span.to;
        }
      }
    }
    return at;
  }

  private static Verdict lookBack(Verdict before, List<Boolean> passed, Target target) {
    if (passed.size() == 1) {
      return passed.getFirst() ? Verdict.UP : Verdict.DOWN;
    }
    if (allLast(passed, target.rise(), true)) {
      return Verdict.UP;
    }
    return allLast(passed, target.fall(), false) ? Verdict.DOWN : before;
  }

  private static boolean allLast(List<Boolean> results, int count, boolean value) {
    int size = results.size();
    return size >= count && !results.subList(size - count, size).contains(!value);
  }

  /** Never exactly at the timeout: which of two things at one moment comes first is no matter. */
  private static Find find(Random random, Target target) {
    long timeout = target.timeout().toNanos();
    return switch (random.nextInt(6)) {
      case 0, 1 -> Find.passed(random.nextLong(timeout));
      case 2 -> Find.failed(random.nextLong(timeout));
      case 3 -> Find.failed(0);
      case 4 -> Find.passed(TOO_LATE + random.nextLong(timeout));
      default -> Find.SILENCE;
    };
  }

  private static Set<Target> someOf(List<Target> targets, Random random) {
    var some = new HashSet<Target>();
    for (Target target : targets) {
      if (random.nextInt(10) > 0) {
        some.add(target);
      }
    }
    return some;
  }

  private static List<Target> targets(Random random, int count) {
    var targets = new ArrayList<Target>();
    for (int i = 0; i < count; i++) {
      var interval = Duration.ofMillis(500 + random.nextInt(1_500));
      var timeout = Duration.ofMillis(100 + random.nextInt(400));
      targets.add(
          new Target(
              InetAddress.ofLiteral("10.0.0." + i),
              80,
              new Check.Tcp(),
              interval,
              timeout,
              1 + random.nextInt(4),
              1 + random.nextInt(4)));
    }
    return targets;
  }
}
