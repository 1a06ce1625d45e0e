package io.fairlead.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the server takes from its surroundings and a test replaces.
 *
 * @param clock wall time, for reports and files; no verdict is decided by it
 * @param ticker nanoseconds that only go forward, for waiting
 * @param random phases of probes, back-off, secrets: the machine's own cannot be guessed
 */
public record Environment(InstantSource clock, LongSupplier ticker, RandomGenerator random) {
  /** The machine's own. */
  public static Environment system() {
    return new Environment(InstantSource.system(), System::nanoTime, new SecureRandom());
  }
}
