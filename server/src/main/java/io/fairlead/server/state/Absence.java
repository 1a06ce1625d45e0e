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
 */
public record Absence(
    Instant failedAt, int flaps, @Nullable Instant wellSince, @Nullable Instant backSince) {
  /** Whether it is out: down, or held back. */
  public boolean isOut() {
    return backSince == null;
  }

  public Absence wellSince(@Nullable Instant at) {
    return new Absence(failedAt, flaps, at, null);
  }

  public Absence backSince(Instant at) {
    return new Absence(failedAt, flaps, wellSince, at);
  }
}
