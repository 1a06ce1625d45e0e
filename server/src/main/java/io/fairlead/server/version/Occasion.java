package io.fairlead.server.version;

/**
 * Who changed the configuration, and why.
 *
 * @param who an address, or {@code fairlead} where nobody asked by name
 * @param why in words, one line of at most {@link #MAX_WHY} characters
 */
public record Occasion(String who, String why) {
  public static final int MAX_WHY = 200;

  public static final Occasion START = new Occasion("fairlead", "start");
  public static final Occasion FILE_CHANGED = new Occasion("fairlead", "the file has changed");
  public static final Occasion SIGHUP = new Occasion("fairlead", "SIGHUP");
  public static final Occasion CALLER = new Occasion("fairlead", "asked by the program around us");

  public Occasion {
    String line = why.strip().replaceAll("\\p{Cc}+", " ");
    why = line.length() > MAX_WHY ? line.substring(0, MAX_WHY) : line;
  }
}
