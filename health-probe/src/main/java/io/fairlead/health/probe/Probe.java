package io.fairlead.health.probe;

import io.fairlead.health.spec.Target;
import java.util.function.Consumer;

/** How a target is checked. One thread calls it and is called back by it; it never blocks. */
@FunctionalInterface
public interface Probe {
  /**
   * Begins one check. The result comes at most once, possibly before this method returns, and never
   * after the attempt was given up. How long is waited is the caller's matter.
   */
  Attempt start(Target target, Consumer<ProbeResult> done);

  /** A check under way. */
  interface Attempt {
    /**
     * Ends it at once and lets go of all that it holds. Ending an ended one does nothing.
     *
     * @return how far it had come: "connected in 1 ms"
     */
    String giveUp();
  }
}
