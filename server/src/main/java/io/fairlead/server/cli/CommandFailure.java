package io.fairlead.server.cli;

import java.io.Serial;

/** A command cannot do what it was asked: words for people, a code for scripts. */
final class CommandFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int exitCode;

  CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
