package io.fairlead.health.schedule;

import io.fairlead.health.probe.Probe;
import io.fairlead.health.probe.ProbeResult;
import io.fairlead.health.probe.ProbeResult.Failed;
import io.fairlead.health.probe.ProbeResult.NotCounted;
import io.fairlead.health.probe.SocketProbe;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.HealthSink;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Probes a set of targets, each on its own grid of moments, and tells the sink whose verdict
 * changed. New targets are probed at once, paced; then every target at its phase.
 *
 * <p>Any thread may call the public methods; all else happens on the loop's one thread.
 */
public final class Prober implements AutoCloseable {
  /** The pace of starts: 10,000 a second, so that a first round of 3,000 takes no second. */
  private static final long NANOS_PER_START = 100_000;

  /** After a pause no more at once: sockets must have their turn, or answers would seem slow. */
  private static final int MAX_BURST = 128;

  private static final long PACE_NANOS = 1_000_000;

  /** After a probe that did not count, an undecided target is not left so for an interval. */
  private static final long RETRY_NANOS = 1_000_000_000;

  private final InstantSource clock;
  private final Loop loop;
  private final Probe probe;
  private final Phases phases;
  private final Stalls stalls;
  private final Judge judge;
  private final Queue<Watched> waiting = new ArrayDeque<>();
  private final HostBudgets budgets = new HostBudgets();

  private boolean pumping;

  /** Starts up to this moment are spent. */
  private long pacedUntil;

  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile Limits limits;
  private volatile boolean closed;
  private volatile Map<Target, Watched> watched = Map.of();

  /** Probes on real sockets, on a thread of its own. */
  public static Prober start(
      HealthSink sink, InstantSource clock, RandomGenerator random, String userAgent) {
    var loop = new NettyLoop();
    var probe =
        new SocketProbe(loop.events(), new SplittableRandom(random.nextLong()), userAgent, clock);
    return new Prober(sink, clock, random, loop, probe, Limits.DEFAULT);
  }

  /**
   * @param clock for what is reported; nothing is decided by it
   * @param random where the phases begin
   * @param loop closed with the prober
   */
  public Prober(
      HealthSink sink,
      InstantSource clock,
      RandomGenerator random,
      Loop loop,
      Probe probe,
      Limits limits) {
    this.clock = clock;
    this.loop = loop;
    this.probe = probe;
    this.limits = limits;
    this.phases = new Phases(loop.nanoTime(), random);
    this.stalls = new Stalls(loop.nanoTime());
    this.judge = new Judge(sink, clock, loop, stalls, this::hurry);
    this.pacedUntil = loop.nanoTime();
    loop.execute(this::beat);
  }

  /** Other limits from now on; probes under way go on. */
  public void limit(Limits other) {
    limits = other;
  }

  /**
   * Replaces the set. Targets that stay keep phase, counters and verdict; no probe of a removed one
   * starts after this returns; new ones are UNKNOWN until their first probe has finished.
   *
   * @param lastKnown what new targets were before, for their status; decides nothing
   */
  public void watch(Set<Target> targets, Map<Target, Verdict> lastKnown) {
    watch(targets, lastKnown, Set.of());
  }

  /**
   * As above, with targets in the node's own surroundings: while none of them answers, this node is
   * blind and failures of others do not count.
   *
   * @param references probed too, whether or not they are among the targets
   */
  public void watch(Set<Target> targets, Map<Target, Verdict> lastKnown, Set<Target> references) {
    if (!closed) {
      replace(targets, lastKnown, references);
    }
  }

  /**
   * What a target says of itself; where it is not watched, or not to be told of, nothing.
   *
   * @param said why, in words of its own
   */
  public void report(Target target, ProbeResult said) {
    Watched known = watched.get(target);
    if (known != null && target.isTold()) {
      loop.execute(() -> reported(known, said));
    }
  }

  /** Null where it is not watched. */
  public @Nullable TargetStatus status(Target target) {
    Watched known = watched.get(target);
    return known == null ? null : known.status();
  }

  public Map<Target, TargetStatus> statuses() {
    Map<Target, Watched> now = watched;
    Map<Target, TargetStatus> statuses = HashMap.newHashMap(now.size());
    now.forEach((target, known) -> statuses.put(target, known.status()));
    return statuses;
  }

  /** The last results, oldest first; empty where it is not watched. */
  public List<PastProbe> history(Target target) {
    Watched known = watched.get(target);
    return known == null ? List.of() : known.history.list();
  }

  public ProbeCounts counts() {
    return judge.counts(inFlight.get());
  }

  /** No probe starts and nobody is told anything after. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      judge.close();
      replace(Set.of(), Map.of(), Set.of());
      loop.close();
    }
  }

  private synchronized void replace(
      Set<Target> targets, Map<Target, Verdict> lastKnown, Set<Target> references) {
    Map<Target, Watched> before = watched;
    Map<Target, Watched> after = HashMap.newHashMap(targets.size());
    var added = new ArrayList<Watched>();
    var wanted =
        new LinkedHashSet<Target>(references); // first to be probed: others need their word
    wanted.addAll(targets);
    for (Target target : wanted) {
      Watched kept = before.get(target);
      if (kept == null) {
        Verdict last = lastKnown.getOrDefault(target, Verdict.UNKNOWN);
        kept = new Watched(target, phases.next(target.interval()), last, clock.instant());
        added.add(kept);
      }
      after.put(target, kept);
    }
    watched = Collections.unmodifiableMap(after);
    var removed = new ArrayList<Watched>();
    before.forEach(
        (target, gone) -> {
          if (!after.containsKey(target)) {
            gone.end();
            removed.add(gone);
          }
        });
    var asked = new HashSet<Watched>();
    after.forEach(
        (target, known) -> {
          if (references.contains(target)) {
            asked.add(known);
          }
        });
    loop.execute(() -> adopt(added, removed, asked));
  }

  private void adopt(List<Watched> added, List<Watched> removed, Set<Watched> references) {
    removed.forEach(this::drop);
    for (Watched target : added) {
      if (target.target.isTold()) {
        listen(target);
      } else {
        waiting.add(target);
      }
    }
    judge.adopt(added, references);
    pump();
  }

  private void drop(Watched gone) {
    if (gone.nextSlot != null) {
      gone.nextSlot.cancel();
    }
    if (gone.run != null) {
      end(gone.run);
    }
    judge.drop(gone);
  }

  /**
   * A slot has come. One that comes late by half an interval is left out: slots are not caught up.
   */
  private void due(Watched target, long slotNanos) {
    target.nextSlot = null;
    if (target.ended()) {
      return;
    }
    long now = loop.nanoTime();
    if (now - slotNanos > target.grid.intervalNanos() / 2) {
      sleepUntil(target, target.grid.slotFrom(now));
      return;
    }
    waiting.add(target);
    pump();
  }

  private void sleepUntil(Watched target, long slotNanos) {
    target.nextSlot = loop.schedule(slotNanos - loop.nanoTime(), () -> due(target, slotNanos));
  }

  /** Its next slot is now; one that is being probed, or waits already, is so anyway. */
  private void hurry(Watched target) {
    if (target.nextSlot != null) {
      target.nextSlot.cancel();
      target.nextSlot = null;
      waiting.add(target);
      pump();
    }
  }

  /** Starts what waits, a few at a time. Results that come meanwhile do not start more. */
  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    long now = loop.nanoTime();
    pacedUntil = Math.max(pacedUntil, now - MAX_BURST * NANOS_PER_START);
    Limits allowed = limits;
    while (pacedUntil - now <= 0 && inFlight.get() < allowed.inFlight()) {
      Watched next = waiting.poll();
      if (next == null) {
        break;
      }
      if (next.ended()) {
        budgets.pass(next.target.place(), allowed.perHost(), waiting);
      } else if (budgets.take(next, allowed.perHost())) {
        pacedUntil += NANOS_PER_START;
        begin(next);
      }
    }
    if (waiting.isEmpty() || inFlight.get() >= allowed.inFlight()) {
      pumping = false; // the next slot or the next result calls again
    } else {
      Loop.Timer _ = loop.schedule(PACE_NANOS, this::pumpOn);
    }
  }

  private void pumpOn() {
    pumping = false;
    pump();
  }

  private void begin(Watched target) {
    inFlight.incrementAndGet();
    Run run = await(target);
    run.attempt = probe.start(target.target, result -> answered(run, result));
  }

  /** Waits for what a target says of itself, as if for the answer of a probe. */
  private void listen(Watched target) {
    await(target).attempt = () -> "no report came";
  }

  private Run await(Watched target) {
    long now = loop.nanoTime();
    var run = new Run(target, now, stalls.lostUntil(now));
    target.run = run;
    run.deadline = loop.schedule(target.target.timeout().toNanos(), () -> timedOut(run));
    return run;
  }

  private void reported(Watched target, ProbeResult said) {
    Run run = target.run;
    if (run != null && !target.ended()) {
      end(run);
      listen(target);
      judge.judge(run, said);
    }
  }

  /** The time is up, unless this process stood still for some of it: then that is waited too. */
  private void timedOut(Run run) {
    if (run.over || run.attempt == null) {
      return;
    }
    long now = loop.nanoTime();
    long waited = now - run.startedNanos - (stalls.lostUntil(now) - run.lostBefore);
    long missing = run.watched.target.timeout().toNanos() - waited;
    if (missing > 0) {
      run.deadline = loop.schedule(missing, () -> timedOut(run));
      return;
    }
    Probe.Attempt attempt = run.attempt;
    run.attempt = null;
    finished(run, late(run.watched.target, attempt.giveUp()));
  }

  private static Failed late(Target target, String progress) {
    return target.isTold()
        ? new Failed("no report for " + target.timeout().toSeconds() + " s")
        : new Failed("no answer within " + target.timeout().toMillis() + " ms (" + progress + ")");
  }

  private void answered(Run run, ProbeResult result) {
    run.attempt = null; // it has ended itself
    finished(run, result);
  }

  private void finished(Run run, ProbeResult result) {
    if (run.over) {
      return;
    }
    end(run);
    Watched target = run.watched;
    if (!target.ended()) {
      ProbeResult counted = judge.doubt(run, result);
      if (target.target.isTold()) {
        listen(target);
      } else {
        sleepAfter(run, counted);
      }
      judge.judge(run, counted);
    }
    pump();
  }

  private void sleepAfter(Run run, ProbeResult counted) {
    Grid grid = run.watched.grid;
    boolean retry = counted instanceof NotCounted && run.watched.undecided();
    long earliest =
        run.startedNanos
            + (retry ? Math.min(RETRY_NANOS, grid.intervalNanos()) : grid.intervalNanos() / 2);
    sleepUntil(run.watched, retry ? earliest : grid.slotFrom(earliest));
  }

  private void end(Run run) {
    run.over = true;
    run.watched.run = null;
    if (!run.watched.target.isTold()) {
      inFlight.decrementAndGet();
      budgets.give(run.watched.target.place(), limits.perHost(), waiting);
    }
    if (run.deadline != null) {
      run.deadline.cancel();
    }
    if (run.attempt != null) {
      String _ = run.attempt.giveUp();
    }
  }

  private void beat() {
    stalls.beat(loop.nanoTime());
    if (!closed) {
      loop.schedule(Stalls.BEAT_NANOS, this::beat);
    }
  }
}
