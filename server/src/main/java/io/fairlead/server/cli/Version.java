package io.fairlead.server.cli;

import io.fairlead.server.Release;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"fairlead " + Release.version()};
  }
}
