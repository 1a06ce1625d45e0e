package io.fairlead.server.cli;

import io.fairlead.server.demo.Rehearsal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Does what a server and the commands about one do, for a JVM that records it. */
@Command(
    name = "rehearse",
    description =
        "Starts a server of its own on loopback, asks it, and stops: the JVM's AOT cache is made of"
            + " what is seen here.",
    hidden = true,
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class RehearseCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException, InterruptedException {
    Rehearsal.run(
        (file, admin) -> {
          Main.run("check", file.toString());
          Main.run("explain", file.toString(), Rehearsal.NAME);
          Main.run("status", "--server", admin);
          Main.run("--version");
          Main.run("--help");
        });
    return ExitCode.OK;
  }
}
