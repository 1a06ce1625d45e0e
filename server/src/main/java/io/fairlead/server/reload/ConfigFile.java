package io.fairlead.server.reload;

import io.fairlead.config.file.ConfigLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The configuration's file, with the master files that it names, and how to tell that one of them
 * is another than before.
 */
public final class ConfigFile implements Watchable {
  /**
   * One reading.
   *
   * @param text what the loader read; empty where it could not be read
   */
  public record Reading(String text, ConfigLoader.Result result) {}

  /** What the loader takes at most; a device or a pipe may have no end. */
  private static final int MAX_OCTETS = 64 << 20;

  private static final Stamp NEVER_READ = new Stamp(Instant.MIN, -1, null);

  private final Path path;
  private volatile Map<Path, Stamp> lastRead;

  public ConfigFile(Path path) {
    this.path = path;
    this.lastRead = Map.of(path, NEVER_READ);
  }

  public Path path() {
    return path;
  }

  public Reading read() {
    // Before a file is opened: a change while it is being read makes another stamp.
    var stamps = new HashMap<>(Map.of(path, Stamp.of(path)));
    Reading reading = read(file -> stamps.computeIfAbsent(file, Stamp::of));
    lastRead = Map.copyOf(stamps);
    return reading;
  }

  private Reading read(Consumer<Path> opening) {
    while (true) {
      String text = text();
      if (text != null) {
        return new Reading(text, ConfigLoader.load(path, text, opening));
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

  /** What looks told when the files were last read. */
  @Override
  public Map<Path, Stamp> lastRead() {
    return lastRead;
  }

  /** What looks at the same files tell now. */
  @Override
  public Map<Path, Stamp> stamp() {
    return lastRead.keySet().stream().collect(Collectors.toMap(Function.identity(), Stamp::of));
  }
}
