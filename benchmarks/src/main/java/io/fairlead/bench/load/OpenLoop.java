package io.fairlead.bench.load;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * A fixed rate, whatever the server does. Latency counts from the moment when a question was due,
 * so that a stall is felt by all whom it would have kept waiting (no coordinated omission).
 */
final class OpenLoop implements Loop {
  private static final int IDS = 1 << 16;

  /** After the last question: what has not come by then is lost. */
  private static final long LAST_WAIT_NANOS = 500_000_000;

  private final Target target;
  private final Datagrams datagrams;
  private final double nanosEach;
  private final long[] due = new long[IDS];
  private final Histogram histogram = new Histogram();
  private long sent;
  private long answered;
  private long wrong;

  OpenLoop(Target target, Datagrams datagrams, int perSecond) {
    this.target = target;
    this.datagrams = datagrams;
    this.nanosEach = 1e9 / perSecond;
  }

  Histogram histogram() {
    return histogram;
  }

  @Override
  public Sample run(long nanos) throws IOException {
    sent = 0;
    answered = 0;
    wrong = 0;
    Arrays.fill(due, 0);
    Map<String, Long> cpu = target.cpu();
    long start = System.nanoTime();
    long now = start;
    while (now - start < nanos) {
      askWhatIsDue(start, now);
      take();
      now = System.nanoTime();
    }
    long cpuNanos = target.cpuSince(cpu);
    while (answered < sent && System.nanoTime() - now < LAST_WAIT_NANOS) {
      take();
    }
    return new Sample(answered, wrong, sent - answered, now - start, cpuNanos);
  }

  private void askWhatIsDue(long start, long now) {
    int count = (int) Math.min(Datagrams.BATCH, (long) ((now - start) / nanosEach) - sent);
    for (int i = 0; i < count; i++) {
      due[(int) (sent + i) & (IDS - 1)] = start + (long) ((sent + i + 1) * nanosEach);
    }
    if (count > 0) {
      sent += datagrams.ask(count, (int) sent & (IDS - 1));
    }
  }

  private void take() {
    int count = datagrams.receive(false);
    if (count == 0) {
      return;
    }
    long now = System.nanoTime();
    for (int i = 0; i < count; i++) {
      int id = datagrams.id(i);
      if (due[id] != 0) {
        histogram.add(now - due[id]);
        due[id] = 0;
        answered++;
        wrong += datagrams.isRight(i) ? 0 : 1;
      }
    }
  }

  @Override
  public void close() {
    datagrams.close();
  }
}
