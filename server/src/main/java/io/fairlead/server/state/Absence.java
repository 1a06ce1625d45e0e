package io.fairlead.server.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A member that failed, and its way back; it survives restarts.
 *
 * @param failedAt when its checks turned it down the last time
 * @param flaps failures that still count against it, this one included
 * @param wellSince since when its checks pass again; null while they do not
 * @param backSince since when it may be an answer again; null while it is out
 * @param guarded whether it never left the answers: it failed while the mass-down guard was on
 */
public record Absence(
    Instant failedAt,
    int flaps,
    @Nullable Instant wellSince,
    @Nullable Instant backSince,
    boolean guarded) {
  /** Whether it is out: down, or held back. */
  public boolean isOut() {
    return backSince == null && !guarded;
  }

  /** Whether its checks fail, whatever is made of that. */
  public boolean isDown() {
    return backSince == null && wellSince == null;
  }

  /** Whether its checks pass, and it is held back all the same. */
  public boolean isHeld() {
    return isOut() && wellSince != null;
  }

  public Absence wellSince(@Nullable Instant at) {
    return new Absence(failedAt, flaps, at, null, guarded);
  }

  public Absence backSince(Instant at) {
    return new Absence(failedAt, flaps, wellSince, at, false);
  }

  /** The guard has let go of it: it is down like any other. */
  public Absence unguarded() {
    return new Absence(failedAt, flaps, wellSince, backSince, false);
  }
}
