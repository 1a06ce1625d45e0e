package io.fairlead.server.reload;

import io.fairlead.config.file.ConfigLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The configuration's file, and how to tell that it is another than before. */
public final class ConfigFile implements Watchable {
  /**
   * One reading.
   *
   * @param text what the loader read; empty where it could not be read
   */
  public record Reading(String text, ConfigLoader.Result result) {}

  /** What a look at the folder tells: equal stamps are the same file, as far as a look can tell. */
  public record Stamp(Instant modified, long size, @Nullable Object key) {
    static final Stamp ABSENT = new Stamp(Instant.EPOCH, -1, null);
  }

  /** What the loader takes at most; a device or a pipe may have no end. */
  private static final int MAX_OCTETS = 64 << 20;

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
    while (true) {
      String text = text();
      if (text != null) {
        return new Reading(text, ConfigLoader.load(path, text));
      }
      // The loader meets the same trouble, and says it with its place; or the file is whole by now.
      if (ConfigLoader.load(path) instanceof ConfigLoader.Result.Refused refused) {
        return new Reading("", refused);
      }
    }
  }

  /**
   * Read once, so that what is kept is what is served; null where it cannot be, or is too large.
   */
  private @Nullable String text() {
    try (var in = Files.newInputStream(path)) {
      byte[] octets = in.readNBytes(MAX_OCTETS + 1);
      return octets.length > MAX_OCTETS
          ? null
          : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public String name() {
    return path.toString();
  }

  /** What a look told when the file was last read. */
  @Override
  public Stamp lastRead() {
    return lastRead;
  }

  @Override
  public Stamp stamp() {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(
          attributes.lastModifiedTime().toInstant(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return Stamp.ABSENT;
    }
  }
}
