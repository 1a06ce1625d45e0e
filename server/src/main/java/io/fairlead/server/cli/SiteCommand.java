package io.fairlead.server.cli;

import io.fairlead.server.state.OperatorOverride.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An operator's words about all members of a site. */
@Command(
    name = "site",
    description = "Takes all members of a site out of the answers of a running server, or back in.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE,
    synopsisSubcommandLabel = "disable|drain|enable")
final class SiteCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "site needs one of: disable, drain, enable");
  }

  @Command(
      description = "No new answers with members of this site, at once, until it is enabled again.",
      mixinStandardHelpOptions = true,
      exitCodeOnInvalidInput = ExitCode.USAGE)
  int disable(@Mixin OverrideOptions options, @Mixin SiteOperand site) {
    return options.override(site.path(), State.DISABLE);
  }

  @Command(
      description = "The same, and the server says when every cache has forgotten them.",
      mixinStandardHelpOptions = true,
      exitCodeOnInvalidInput = ExitCode.USAGE)
  int drain(@Mixin OverrideOptions options, @Mixin SiteOperand site) {
    return options.override(site.path(), State.DRAIN);
  }

  @Command(
      description =
          "Ends what was said before; a site that the file disables is enabled in spite of it.",
      mixinStandardHelpOptions = true,
      exitCodeOnInvalidInput = ExitCode.USAGE)
  int enable(@Mixin OverrideOptions options, @Mixin SiteOperand site) {
    return options.override(site.path(), State.ENABLE);
  }

  /** Which site. */
  static final class SiteOperand {
    @Parameters(paramLabel = "SITE", description = "The site's name.")
    private String site;

    String path() {
      return "sites/" + AdminClient.encoded(site);
    }
  }
}
