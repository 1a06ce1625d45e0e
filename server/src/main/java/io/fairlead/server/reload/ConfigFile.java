package io.fairlead.server.reload;

import io.fairlead.config.file.ConfigLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The configuration's file, and how to tell that it is another than before. */
public final class ConfigFile {
  /**
   * One reading.
   *
   * @param text what the loader read; empty where it could not be read
   */
  public record Reading(String text, ConfigLoader.Result result) {}

  /** What a look at the folder tells: equal stamps are the same file, as far as a look can tell. */
  record Stamp(Instant modified, long size, @Nullable Object key) {
    static final Stamp ABSENT = new Stamp(Instant.EPOCH, -1, null);
  }

  private final Path path;
  private volatile Stamp lastRead = Stamp.ABSENT;

  public ConfigFile(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  public Reading read() {
    // Before the file is opened: a change while it is being read makes another stamp.
    lastRead = stamp();
    String text = "";
    try {
      text = Files.readString(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      // The loader meets the same trouble next, and says it with its place.
      return new Reading(text, ConfigLoader.load(path));
    }
    return new Reading(text, ConfigLoader.load(path));
  }

  /** What a look told when the file was last read. */
  Stamp lastRead() {
    return lastRead;
  }

  Stamp stamp() {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(
          attributes.lastModifiedTime().toInstant(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return Stamp.ABSENT;
    }
  }
}
