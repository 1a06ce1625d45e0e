package io.fairlead.health.schedule;

import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.HealthSink;
import io.fairlead.health.verdict.TargetStatus;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Keeps what it is told, for tests on simulated and on real threads. */
final class RecordingSink implements HealthSink {
  record Change(Target target, TargetStatus status, long atNanos) {}

  final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
  final List<Boolean> doubts = new CopyOnWriteArrayList<>();
  final List<Boolean> blindness = new CopyOnWriteArrayList<>();
  final AtomicInteger firstRounds = new AtomicInteger();
  private final LongSupplier nanoTime;

  RecordingSink(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public void changed(Target target, TargetStatus status) {
    changes.add(new Change(target, status, nanoTime.getAsLong()));
  }

  @Override
  public void doubted(Target target, TargetStatus status) {
    doubts.add(status.isInDoubt());
  }

  @Override
  public void firstRoundDone() {
    firstRounds.incrementAndGet();
  }

  @Override
  public void blind(boolean blind) {
    blindness.add(blind);
  }
}
