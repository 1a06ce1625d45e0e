package io.fairlead.server.cli;

/** What the process says when it ends; the numbers of sysexits.h where it has one. */
public final class ExitCode {
  public static final int OK = 0;

  /** {@code explain}: the name is not served. */
  public static final int NOT_SERVED = 1;

  /** {@code probe}: the target has failed. */
  public static final int FAILED = 1;

  /** {@code plan}: more clients would move than were allowed to. */
  public static final int MOVES_TOO_MANY = 3;

  /** EX_USAGE: the command was called wrongly. */
  public static final int USAGE = 64;

  /** EX_UNAVAILABLE: the server cannot be reached. */
  public static final int UNAVAILABLE = 69;

  /** EX_OSERR: an address cannot be bound. */
  public static final int CANNOT_BIND = 71;

  /** EX_TEMPFAIL: it cannot be done now, or another operator was faster; look, and try again. */
  public static final int NOT_NOW = 75;

  /** EX_CONFIG: the configuration is not valid. */
  public static final int INVALID = 78;

  private ExitCode() {}
}
