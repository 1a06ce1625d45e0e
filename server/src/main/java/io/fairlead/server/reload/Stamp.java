package io.fairlead.server.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a look at a file tells: equal stamps are the same file, as far as a look can tell. */
record Stamp(Instant modified, long size, @Nullable Object key) {
  private static final Stamp ABSENT = new Stamp(Instant.EPOCH, -1, null);

  static Stamp of(Path path) {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(
          attributes.lastModifiedTime().toInstant(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return ABSENT;
    }
  }
}
