package io.fairlead.config.file.zone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Opens the files of one zone: remembers the newest of them, and keeps {@code $INCLUDE} below the
 * configuration's folder.
 */
public final class MasterFiles {
  private static final int BUFFER = 64 << 10;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path folder;
  private final Consumer<Path> opening;
  private Instant newest = Instant.EPOCH;

  /**
   * @param folder the configuration's
   * @param opening told of each file before it is looked at
   */
  public MasterFiles(Path folder, Consumer<Path> opening) {
    this.folder = folder;
    this.opening = opening;
  }

  /** When the newest of the opened files was changed last. */
  public Instant newest() {
    return newest;
  }

  /**
   * Opens a file of UTF-8, of which only ASCII will pass outside of comments.
   *
   * @throws IOException says what is wrong with the file
   */
  Reader open(Path file) throws IOException {
    opening.accept(file);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IOException(
          file.toAbsolutePath()
              + (Files.exists(file) ? " is no file that this user may read" : " does not exist"));
    }
    Instant changed = Files.getLastModifiedTime(file).toInstant();
    newest = changed.isAfter(newest) ? changed : newest;
    var decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    var reader =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder), BUFFER);
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }

  /**
   * The file that an {@code $INCLUDE} names, relative to the folder of the file that it stands in.
   *
   * @throws IOException where it leads out of the configuration's folder, by links too
   */
  Path included(MasterPlace place, String name) throws IOException {
    Path from = place.file();
    Path target;
    try {
      target = from == null ? folder.resolve(name) : from.resolveSibling(name);
    } catch (InvalidPathException e) {
      throw new IOException("\"" + name + "\" is no path", e);
    }
    opening.accept(target);
    if (!Files.exists(target)) {
      throw new IOException(target.toAbsolutePath() + " does not exist");
    }
    if (!target.toRealPath().startsWith(folder.toRealPath())) {
      throw new IOException(
          "$INCLUDE of "
              + target.toAbsolutePath().normalize()
              + ": only files below the configuration's folder are included, which is "
              + folder.toAbsolutePath().normalize());
    }
    return target;
  }
}
