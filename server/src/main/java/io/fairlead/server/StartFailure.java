package io.fairlead.server;

import java.io.Serial;

/**
 * The server cannot start; the message names the address and the reason. Nothing is left running.
 */
public final class StartFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
