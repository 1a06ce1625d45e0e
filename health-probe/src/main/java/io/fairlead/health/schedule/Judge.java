package io.fairlead.health.schedule;

import io.fairlead.health.probe.ProbeResult;
import io.fairlead.health.probe.ProbeResult.Failed;
import io.fairlead.health.probe.ProbeResult.NotCounted;
import io.fairlead.health.probe.ProbeResult.Passed;
import io.fairlead.health.verdict.HealthSink;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to make of results: whether they count, whether the verdict is another, who is told. The
 * loop's thread only, but for what says otherwise.
 */
final class Judge {
  /** How long a failure is held at most before the references are asked because of it. */
  private static final long ASK_NANOS = 20_000_000;

  private static final String BLIND = "not counted: this node is blind, no reference answers";

  private final HealthSink sink;
  private final InstantSource clock;
  private final Loop loop;
  private final Stalls stalls;
  private final Consumer<Watched> hurry;
  private final Surroundings surroundings = new Surroundings();
  private final LongAdder passed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder notCounted = new LongAdder();

  /** Those of the first watch that have no verdict yet. */
  private @Nullable Set<Watched> firstRound;

  private boolean asking;
  private volatile boolean closed;

  /**
   * @param hurry probes a target at once
   */
  Judge(HealthSink sink, InstantSource clock, Loop loop, Stalls stalls, Consumer<Watched> hurry) {
    this.sink = sink;
    this.clock = clock;
    this.loop = loop;
    this.stalls = stalls;
    this.hurry = hurry;
  }

  /** Any thread may ask. */
  ProbeCounts counts(int inFlight) {
    return new ProbeCounts(passed.sum(), failed.sum(), notCounted.sum(), inFlight);
  }

  /** Nobody is told anything after. Any thread may say so. */
  void close() {
    closed = true;
  }

  void adopt(Collection<Watched> added, Set<Watched> references) {
    if (firstRound == null) {
      firstRound = new HashSet<>(added);
      firstRound.removeIf(each -> each.target.isTold()); // nobody knows when it will speak
      tellIfFirstRoundDone();
    }
    boolean wasBlind = surroundings.blind();
    surroundings.replace(references).forEach(this::believe);
    tellIfBlindChanged(wasBlind);
  }

  void drop(Watched gone) {
    surroundings.forget(gone);
    decided(gone);
  }

  /** A failure says nothing where the peer may have given up on us. That it answers always does. */
  ProbeResult doubt(Run run, ProbeResult result) {
    return result instanceof Failed && stalls.stoppedSince(run.startedNanos, loop.nanoTime())
        ? new NotCounted("not counted: this process stood still meanwhile")
        : result;
  }

  void judge(Run run, ProbeResult result) {
    Watched target = run.watched;
    long tookNanos = loop.nanoTime() - run.startedNanos;
    target.history.add(clock.instant(), tookNanos, result);
    switch (result) {
      case Passed(String reason, String warning) -> {
        passed.increment();
        surroundings.forget(target);
        String took = " in " + TimeUnit.NANOSECONDS.toMillis(tookNanos) + " ms";
        count(target, true, target.target.isTold() ? reason : reason + took, warning);
      }
      case Failed failure -> {
        failed.increment();
        judgeFailure(run, failure);
      }
      case NotCounted(String reason) -> {
        notCounted.increment();
        target.notCounted(reason);
      }
    }
    if (surroundings.references().contains(target)) {
      judgeSurroundings(run, result);
    }
  }

  private void judgeFailure(Run run, Failed failure) {
    Watched target = run.watched;
    if (target.counters.verdict() == Verdict.DOWN || !surroundings.doubts(target)) {
      count(target, false, failure.reason(), "");
    } else if (surroundings.spoils(run)) {
      target.notCounted(BLIND);
    } else {
      surroundings.hold(run, failure, loop.nanoTime());
      askSurroundingsSoon();
    }
  }

  private void judgeSurroundings(Run run, ProbeResult result) {
    boolean wasBlind = surroundings.blind();
    switch (result) {
      case Passed _ -> surroundings.answered(run, loop.nanoTime()).forEach(this::believe);
      case Failed _ ->
          surroundings.notAnswered(run).forEach(held -> held.run().watched.notCounted(BLIND));
      case NotCounted _ -> {}
    }
    tellIfBlindChanged(wasBlind);
    if (surroundings.holds()) {
      askSurroundingsSoon();
    }
  }

  private void believe(Surroundings.Held held) {
    Watched target = held.run().watched;
    if (!target.ended()) {
      count(target, false, held.failure().reason(), "");
    }
  }

  private void count(Watched target, boolean passing, String reason, String warning) {
    TargetStatus before = target.status();
    target.count(passing, reason, warning, clock.instant());
    TargetStatus after = target.status();
    if (after.verdict() != before.verdict() || !after.warning().equals(before.warning())) {
      sink.changed(target.target, after);
      decided(target);
    } else if (after.contradicted() != before.contradicted()) {
      sink.doubted(target.target, after);
    }
  }

  /** What is held shall not wait for the references' next slots; nor shall a storm be theirs. */
  private void askSurroundingsSoon() {
    if (!asking) {
      asking = true;
      Loop.Timer _ = loop.schedule(ASK_NANOS, this::askSurroundings);
    }
  }

  private void askSurroundings() {
    asking = false;
    for (Watched reference : surroundings.references()) {
      hurry.accept(reference);
    }
  }

  private void tellIfBlindChanged(boolean wasBlind) {
    if (wasBlind != surroundings.blind() && !closed) {
      sink.blind(!wasBlind);
    }
  }

  private void decided(Watched target) {
    if (firstRound != null && firstRound.remove(target)) {
      tellIfFirstRoundDone();
    }
  }

  private void tellIfFirstRoundDone() {
    if (firstRound != null && firstRound.isEmpty() && !closed) {
      sink.firstRoundDone();
    }
  }
}
