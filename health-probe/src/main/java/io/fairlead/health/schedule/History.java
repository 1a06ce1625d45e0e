package io.fairlead.health.schedule;

import io.fairlead.health.probe.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target's last results. Flat, since there may be thirty thousand of them; results that repeat
 * are kept once. The loop's thread adds, any may look.
 */
final class History {
  static final int SIZE = 10;

  private final long[] atMillis = new long[SIZE];
  private final int[] tookMicros = new int[SIZE];
  private final @Nullable ProbeResult[] results = new ProbeResult[SIZE];
  private int added;

  synchronized void add(Instant at, long tookNanos, ProbeResult result) {
    int slot = added % SIZE;
    ProbeResult before = added == 0 ? null : results[(added - 1) % SIZE];
    atMillis[slot] = at.toEpochMilli();
    tookMicros[slot] = (int) Math.min(Integer.MAX_VALUE, tookNanos / 1_000);
    results[slot] = result.equals(before) ? before : result;
    added =
        added + 1 == 2 * SIZE ? SIZE : added + 1; // never overflows, and remembers that it is full
  }

  /** Oldest first. */
  synchronized List<PastProbe> list() {
    var past = new ArrayList<PastProbe>(SIZE);
    for (int i = Math.max(0, added - SIZE); i < added; i++) {
      int slot = i % SIZE;
      ProbeResult result = results[slot];
      if (result != null) {
        Duration took = Duration.ofNanos(tookMicros[slot] * 1_000L);
        past.add(new PastProbe(Instant.ofEpochMilli(atMillis[slot]), took, result));
      }
    }
    return past;
  }
}
