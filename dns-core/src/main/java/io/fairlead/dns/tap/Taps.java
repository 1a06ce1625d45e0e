package io.fairlead.dns.tap;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The rings of all query threads. */
public final class Taps {
  private final List<TapRing> rings = new CopyOnWriteArrayList<>();
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime nanoseconds that only go forward
   */
  public Taps(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A ring for one more query thread. */
  public TapRing newRing() {
    var ring = new TapRing();
    rings.add(ring);
    return ring;
  }

  public long nanoTime() {
    return nanoTime.getAsLong();
  }

  /** For one reader: hands over all that there is, each thread's in its order; returns how many. */
  public int drain(Consumer<Tapped> sink) {
    int count = 0;
    for (TapRing ring : rings) {
      count += ring.drain(sink);
    }
    return count;
  }

  /** How many found no room since the start. */
  public long lost() {
    return rings.stream().mapToLong(TapRing::lost).sum();
  }
}
