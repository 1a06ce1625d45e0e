package io.fairlead.dns.choice;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Round robin's position of one service and address family. It lives outside the snapshot, so that
 * a publish does not reset it, and every thread takes from the same one, so that the split is the
 * node's.
 */
public final class Turn {
  private static final VarHandle POSITION;

  static {
    try {
      POSITION = MethodHandles.lookup().findVarHandle(Turn.class, "position", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile long position;

  public Turn() {
    this(0);
  }

  private Turn(long position) {
    this.position = position;
  }

  /** Takes the next turn; never negative, for 292 years at 10^9 a second. */
  public long next() {
    return (long) POSITION.getAndAdd(this, 1L);
  }

  /** A private turn at the same position: what {@code explain} spends instead of the real one. */
  public Turn look() {
    return new Turn(position);
  }
}
