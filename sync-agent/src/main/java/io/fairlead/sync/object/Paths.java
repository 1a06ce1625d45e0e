package io.fairlead.sync.object;

/** Paths of objects, as they can be asked for. */
public final class Paths {
  /** More than any one probes; an object has as many as fit in it. */
  public static final int MOST = 64;

  /** What a request line can hold, as long as any server takes it. */
  private static final String ASKABLE = "/[!-~]{0,2047}";

  private Paths() {}

  /**
   * The path itself; the root where it cannot be asked for.
   *
   * @param pattern it may be a regular expression of its controller's: the part before is asked for
   */
  public static String literal(String path, boolean pattern) {
    if (!path.matches(ASKABLE)) {
      return "/";
    }
    String plain = path.split("[(\\[{*+?^$|\\\\]", 2)[0];
    return !pattern || plain.equals(path) ? path : plain.substring(0, plain.lastIndexOf('/') + 1);
  }
}
