package io.fairlead.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files and sockets this process may have open. */
final class OpenFiles {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String TITLE = "Max open files";

  private OpenFiles() {}

  /** {@link Integer#MAX_VALUE} where nobody says. */
  static int most() {
    try {
      return Files.readAllLines(LIMITS).stream()
          .filter(line -> line.startsWith(TITLE))
          .map(line -> line.substring(TITLE.length()).strip().split("\\s+", -1)[0])
          .filter(soft -> soft.matches("[0-9]{1,9}"))
          .map(Integer::parseInt)
          .findFirst()
          .orElse(Integer.MAX_VALUE);
    } catch (IOException _) {
      return Integer.MAX_VALUE;
    }
  }
}
