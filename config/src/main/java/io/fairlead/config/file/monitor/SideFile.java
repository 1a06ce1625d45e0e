package io.fairlead.config.file.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A file that the configuration names: certificates, keys, passwords. */
public final class SideFile {
  /** A bundle of all public authorities has a quarter of this. */
  private static final int MAX_OCTETS = 1 << 20;

  private SideFile() {}

  /**
   * Its text; empty where it cannot be read, which is told then.
   *
   * @param resolve makes a path relative to the configuration's folder a real one
   */
  public static String read(Section section, Key<Path> key, UnaryOperator<Path> resolve) {
    Path named = section.find(key);
    return named == null || !section.isSound(key) ? "" : read(section, key, resolve.apply(named));
  }

  private static String read(Section section, Key<Path> key, Path path) {
    String problem = problem(path);
    if (problem == null) {
      try {
        return Files.readString(path, UTF_8);
      } catch (IOException e) {
        problem = "cannot be read: " + e.getMessage();
      }
    }
    section.error(key, path.toAbsolutePath() + " " + problem);
    return "";
  }

  private static @Nullable String problem(Path path) {
    if (!Files.exists(path)) {
      return "does not exist; a path is relative to this file's folder";
    }
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      return "is no file that this user may read";
    }
    return path.toFile().length() > MAX_OCTETS ? "is larger than " + MAX_OCTETS + " octets" : null;
  }
}
