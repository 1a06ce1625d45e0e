package io.fairlead.config.file;

import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.SourceText;
import java.nio.file.Path;
import java.time.Instant;

/** What a section may need beyond its own keys. */
record LoadContext(Path file, SourceText source, Instant version, Problems problems) {
  /** RFC 1982 arithmetic is for 32 bits; the year 2106 is beyond this. */
  private static final long MAX_SERIAL = 0xffff_ffffL;

  long serial() {
    return Math.clamp(version.getEpochSecond(), 0, MAX_SERIAL);
  }

  /** A path of the file is relative to the file's own folder. */
  Path resolve(Path path) {
    return file.resolveSibling(path);
  }
}
