package io.fairlead.config.file.zone;

import io.fairlead.dns.wire.Name;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Any text as a master file: entries that are good or bad, each in a line that there is. In the
 * form that Jazzer calls.
 */
public final class MasterFileFuzz {
  private static final Name APEX = Name.parse("example");

  /** So that no input can name a file of this machine. */
  private static final Path NO_FOLDER = Path.of("/nowhere/at/all");

  private MasterFileFuzz() {}

  /** One execution; what is wrong is thrown. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    int lines = text.split("\r\n|\r|\n|\u2028|\u2029", -1).length;
    MasterFile.read(
        text,
        APEX,
        new MasterFiles(NO_FOLDER, _ -> {}),
        entry -> {
          int line = entry.place().line();
          if (line < 0 || line >= lines) {
            throw new IllegalStateException(entry + " stands in none of " + lines + " lines");
          }
        });
  }
}
