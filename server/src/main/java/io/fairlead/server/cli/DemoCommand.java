package io.fairlead.server.cli;

import io.fairlead.server.StartFailure;
import io.fairlead.server.demo.Demo;
import io.fairlead.server.demo.Keys;
import io.fairlead.server.explain.Ink;
import io.fairlead.server.reload.Signals;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts two sites and a server on loopback, to see a failover. */
@Command(
    name = "demo",
    description =
        "Starts two small sites and a server on loopback, and shows who gets which; needs no file,"
            + " root or network.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "5300",
      description = "Where DNS is answered (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      defaultValue = "8053",
      description = "Where the admin API is (default: ${DEFAULT-VALUE}).")
  private int adminPort;

  @Override
  public Integer call() throws IOException {
    // The usual end of a demo: it puts the terminal back and takes its folder away.
    Signals.on("INT", Thread.currentThread()::interrupt);
    Signals.on("TERM", Thread.currentThread()::interrupt);
    if (Keys.present()) {
      // The picture says it all, and log lines would be written across it.
      System.setProperty("fairlead.log.level", "OFF");
    }
    try {
      new Demo(port, adminPort, spec.commandLine().getOut(), Ink.forStandardOutput()).run();
      return ExitCode.OK;
    } catch (InterruptedException | ClosedByInterruptException _) {
      return ExitCode.OK;
    } catch (StartFailure e) {
      throw new CommandFailure(
          ExitCode.CANNOT_BIND, e.getMessage() + "; choose others by --port and --admin-port");
    }
  }
}
