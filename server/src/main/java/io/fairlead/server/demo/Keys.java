package io.fairlead.server.demo;

import io.fairlead.server.explain.Ink;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Single key presses of a terminal; puts the terminal back as it was when closed. */
public final class Keys implements AutoCloseable {
  /** Shorter than anybody notices between a press and what it does. */
  private static final Duration LOOK = Duration.ofMillis(20);

  private final String before;

  private Keys(String before) {
    this.before = before;
  }

  /** Whether a person sits at this process. */
  public static boolean present() {
    return Ink.onTerminal();
  }

  /**
   * Turns off line mode and echo; the JDK has no way of its own, {@code stty} is part of every
   * Unix.
   */
  static Keys open() throws IOException {
    var keys = new Keys(stty("-g").strip());
    stty("-icanon -echo min 1");
    return keys;
  }

  /** The next key; -1 at the end of input. Looks for one, as an interrupt does not end a read. */
  int next() throws IOException, InterruptedException {
    while (System.in.available() == 0) {
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
    return System.in.read();
  }

  private static String stty(String arguments) throws IOException {
    Process process =
        new ProcessBuilder("sh", "-c", "stty " + arguments + " < /dev/tty")
            .redirectErrorStream(true)
            .start();
    return process.inputReader().lines().collect(Collectors.joining());
  }

  @Override
  public void close() throws IOException {
    stty(before);
  }
}
