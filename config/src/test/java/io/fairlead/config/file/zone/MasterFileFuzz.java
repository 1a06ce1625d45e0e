package io.fairlead.config.file.zone;

import io.fairlead.dns.wire.Name;
import java.nio.charset.StandardCharsets;

/**
 * Any text as a master file: entries that are good or bad, each in a line that there is. In the
 * form that Jazzer calls.
 */
public final class MasterFileFuzz {
  private static final Name APEX = Name.parse("example");

  private MasterFileFuzz() {}

  /** One execution; what is wrong is thrown. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    int lines = text.split("\n", -1).length;
    for (MasterEntry entry : MasterFile.read(text, APEX)) {
      if (entry.line() < 0 || entry.line() >= lines) {
        throw new IllegalStateException(entry + " stands in none of " + lines + " lines");
      }
    }
  }
}
