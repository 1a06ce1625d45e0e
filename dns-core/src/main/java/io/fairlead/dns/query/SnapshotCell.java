package io.fairlead.dns.query;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The only word that the control thread and the query threads share: one writer, many readers. */
public final class SnapshotCell {
  private static final VarHandle CURRENT;

  static {
    try {
      CURRENT = MethodHandles.lookup().findVarHandle(SnapshotCell.class, "current", Snapshot.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("FieldMayBeFinal") // written through CURRENT
  private Snapshot current = Snapshot.EMPTY;

  public Snapshot get() {
    return (Snapshot) CURRENT.getAcquire(this);
  }

  /**
   * Makes a snapshot the one that queries read.
   *
   * @throws IllegalArgumentException where its generation is not newer: a late writer never wins
   */
  public void publish(Snapshot next) {
    if (next.generation() <= get().generation()) {
      throw new IllegalArgumentException(
          "generation " + next.generation() + " does not follow " + get().generation());
    }
    CURRENT.setRelease(this, next);
  }
}
