package io.fairlead.config.file;

import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.SourceText;
import io.fairlead.config.file.zone.MasterFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * What a section may need beyond its own keys.
 *
 * @param opening told of each further file that is read, before it is
 */
record LoadContext(
    Path file, SourceText source, Instant version, Problems problems, Consumer<Path> opening) {
  /** RFC 1982 arithmetic is for 32 bits; the year 2106 is beyond this. */
  private static final long MAX_SERIAL = 0xffff_ffffL;

  /** That of a zone, whose files may be newer than this one. */
  long serial(MasterFiles files) {
    Instant newest = files.newest().isAfter(version) ? files.newest() : version;
    return Math.clamp(newest.getEpochSecond(), 0, MAX_SERIAL);
  }

  MasterFiles masterFiles() {
    Path folder = file.toAbsolutePath().getParent();
    return new MasterFiles(folder == null ? file : folder, opening);
  }

  /** A path of the file is relative to the file's own folder. */
  Path resolve(Path path) {
    return file.resolveSibling(path);
  }
}
