package io.fairlead.server;

/** What this build calls itself. */
public final class Release {
  private Release() {}

  /** The version that the build wrote into the jar. */
  public static String version() {
    String version = Release.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  /** How probes name themselves to the sites that they ask. */
  public static String userAgent() {
    return "fairlead/" + version();
  }
}
