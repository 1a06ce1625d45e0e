package io.fairlead.server.cli;

import io.fairlead.server.state.OperatorOverride.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An operator's words about one member of a running server. */
@Command(
    name = "member",
    description = "Takes a member of a service out of the answers of a running server, or back in.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE,
    synopsisSubcommandLabel = "disable|drain|enable|resume")
final class MemberCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "member needs one of: disable, drain, enable, resume");
  }

  @Command(
      description = "No new answers with this member, at once, until it is enabled again.",
      mixinStandardHelpOptions = true,
      exitCodeOnInvalidInput = ExitCode.USAGE)
  int disable(@Mixin OverrideOptions options, @Mixin MemberOperands member) {
    return options.override(member.path(), State.DISABLE);
  }

  @Command(
      description = "The same, and the server says when every cache has forgotten the member.",
      mixinStandardHelpOptions = true,
      exitCodeOnInvalidInput = ExitCode.USAGE)
  int drain(@Mixin OverrideOptions options, @Mixin MemberOperands member) {
    return options.override(member.path(), State.DRAIN);
  }

  @Command(
      description =
          "Ends what was said before; a member that the file disables is enabled in spite of it.",
      mixinStandardHelpOptions = true,
      exitCodeOnInvalidInput = ExitCode.USAGE)
  int enable(@Mixin OverrideOptions options, @Mixin MemberOperands member) {
    return options.override(member.path(), State.ENABLE);
  }

  @Command(
      description = {
        "Lets a member back that failed, is well again and is held back.",
        "Exits 75 where there is nothing to resume, or the member is still down."
      },
      mixinStandardHelpOptions = true,
      exitCodeOnInvalidInput = ExitCode.USAGE)
  int resume(@Mixin OverrideOptions options, @Mixin MemberOperands member) {
    return options.tell("POST", member.resumePath(), "");
  }

  /** Which member. */
  static final class MemberOperands {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service's name.")
    private String service;

    @Parameters(
        index = "1",
        paramLabel = "ADDRESS",
        description = "The member's address, or the name that it is.")
    private String address;

    String path() {
      return "members/" + AdminClient.encoded(service) + "/" + AdminClient.encoded(address);
    }

    String resumePath() {
      return "/api/v1/services/"
          + AdminClient.encoded(service)
          + "/members/"
          + AdminClient.encoded(address)
          + "/resume";
    }
  }
}
