package io.fairlead.policy.geo;

import java.nio.file.Path;

/** A file of networks that cannot be used; whoever asked for it goes on with what it had. */
public final class GeoFileException extends Exception {
  private static final long serialVersionUID = 1;

  /** No line: the file as a whole. */
  public static final int WHOLE_FILE = 0;

  private final transient Path file;
  private final int line;

  GeoFileException(Path file, int line, String problem, Throwable cause) {
    super(problem, cause);
    this.file = file;
    this.line = line;
  }

  GeoFileException(Path file, int line, String problem) {
    super(problem);
    this.file = file;
    this.line = line;
  }

  public Path file() {
    return file;
  }

  /** From 1, or {@link #WHOLE_FILE}. */
  public int line() {
    return line;
  }
}
