package io.fairlead.config.file;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.Problem;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.SourceText;
import io.fairlead.config.file.tree.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Loads a configuration file: the one way, for {@code check}, start and reload alike. */
public final class ConfigLoader {
  private ConfigLoader() {}

  /** What came of a load. */
  public sealed interface Result {
    /**
     * For a program that cannot go on without it.
     *
     * @throws IllegalArgumentException with all problems, a line each, where there is none
     */
    default FairleadConfig orElseThrow() {
      return switch (this) {
        case Loaded(FairleadConfig config, _) -> config;
        case Refused(List<Problem> problems) ->
            throw new IllegalArgumentException(
                problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
      };
    }

    /**
     * It can be served.
     *
     * @param warnings worth saying, and no reason to refuse
     */
    record Loaded(FairleadConfig config, List<Problem> warnings) implements Result {}

    /** It cannot; all problems at once, in the order of the file. */
    record Refused(List<Problem> problems) implements Result {}
  }

  /** Loads the version of the configuration that the file's last modification made. */
  public static Result load(Path file) {
    return load(file, () -> lastModified(file));
  }

  /**
   * Loads a file.
   *
   * @param versionTime when this version of the configuration came to be; its seconds are the
   *     zones' serial
   */
  public static Result load(Path file, InstantSource versionTime) {
    var problems = new Problems(file.toString());
    // Asked before the file is read: a change in between is a later version.
    Instant version = versionTime.instant();
    return load(file, SourceText.read(file, problems), version, problems, _ -> {});
  }

  /** Loads what a file said once, as if it were still said there. */
  public static Result load(Path file, String text) {
    return load(file, text, _ -> {});
  }

  /**
   * The same, telling what else is read.
   *
   * @param file names the folder that paths are relative to, and the place of each problem
   * @param opening told of each master file before it is read: a change of it is a change of all
   */
  public static Result load(Path file, String text, Consumer<Path> opening) {
    var problems = new Problems(file.toString());
    return load(file, SourceText.of(text, problems), lastModified(file), problems, opening);
  }

  private static Result load(
      Path file,
      @Nullable SourceText source,
      Instant version,
      Problems problems,
      Consumer<Path> opening) {
    if (source != null) {
      Node tree = TreeReader.read(source, problems);
      if (tree != null) {
        var context = new LoadContext(file, source, version, problems, opening);
        Section root = new SectionValue(ConfigSection.KEYS).read(tree, KeyPath.ROOT, problems);
        FairleadConfig config = ConfigSection.read(root, context);
        if (problems.errorCount() == 0) {
          return new Result.Loaded(config, problems.warnings());
        }
      }
    }
    return new Result.Refused(problems.errors());
  }

  private static Instant lastModified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException _) {
      return Instant.EPOCH; // Reading the file comes next and says what is wrong with it.
    }
  }
}
