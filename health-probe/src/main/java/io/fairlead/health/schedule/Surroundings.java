package io.fairlead.health.schedule;

import io.fairlead.health.probe.ProbeResult.Failed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The node's doubt in itself: targets in its own surroundings, such as its gateway. While there are
 * any, a failure elsewhere is held until one of them has answered after it; when none of them
 * answers, the node is blind and what it held says nothing. The loop's thread only.
 */
final class Surroundings {
  /**
   * A failure that is not believed yet.
   *
   * @param atNanos when it was found
   */
  record Held(Run run, Failed failure, long atNanos) {}

  private final Set<Watched> silent = new HashSet<>();
  private Set<Watched> references = Set.of();
  private List<Held> held = new ArrayList<>();
  private boolean blind;
  private boolean blindBefore;
  private long blindUntil;

  /** Returns what is no longer in doubt, as there is nobody left to ask. */
  List<Held> replace(Set<Watched> now) {
    references = now;
    silent.retainAll(now);
    blind = isBlind();
    return now.isEmpty() ? takeUntil(Long.MAX_VALUE) : List.of();
  }

  Set<Watched> references() {
    return references;
  }

  boolean doubts(Watched target) {
    return !references.isEmpty() && !references.contains(target);
  }

  boolean blind() {
    return blind;
  }

  /** Whether it was found while the node was blind, or begun while it was. */
  boolean spoils(Run run) {
    return blind || (blindBefore && run.startedNanos - blindUntil <= 0);
  }

  boolean holds() {
    return !held.isEmpty();
  }

  void hold(Run run, Failed failure, long nowNanos) {
    held.add(new Held(run, failure, nowNanos));
  }

  /** It passed: earlier failures in a row end with that, counted or not. */
  void forget(Watched target) {
    held.removeIf(failure -> failure.run().watched == target);
  }

  /** Returns the failures that are to be believed now: those before the reference was asked. */
  List<Held> answered(Run reference, long nowNanos) {
    silent.remove(reference.watched);
    if (blind) {
      blind = false;
      blindBefore = true;
      blindUntil = nowNanos;
    }
    return takeUntil(reference.startedNanos);
  }

  /** Returns the failures that say nothing, if with this one all references are silent. */
  List<Held> notAnswered(Run reference) {
    silent.add(reference.watched);
    blind = isBlind();
    return blind ? takeUntil(Long.MAX_VALUE) : List.of();
  }

  private boolean isBlind() {
    return !references.isEmpty() && silent.containsAll(references);
  }

  private List<Held> takeUntil(long nanos) {
    var taken = new ArrayList<Held>();
    var kept = new ArrayList<Held>();
    for (Held failure : held) {
      boolean in = nanos == Long.MAX_VALUE || failure.atNanos - nanos <= 0;
      (in ? taken : kept).add(failure);
    }
    held = kept;
    return taken;
  }
}
