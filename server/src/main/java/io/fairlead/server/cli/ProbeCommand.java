package io.fairlead.server.cli;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.health.probe.ProbeResult;
import io.fairlead.health.schedule.SingleProbe;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.health.spec.Place;
import io.fairlead.health.spec.Target;
import io.fairlead.server.Environment;
import io.fairlead.server.Release;
import io.fairlead.server.control.TargetKey;
import io.fairlead.server.explain.Ink;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One probe, step by step, without a server. */
@Command(
    name = "probe",
    description = {
      "Probes an address, or a name, once by a monitor of the file, and shows each step: lookup,"
          + " connection, TLS, what is sent, what comes, the judgement.",
      "Exits 0 where it passes, 1 where it fails, 75 where it could not be probed."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class ProbeCommand implements Callable<Integer> {
  private static final String NAME = "[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?";
  private static final double NANOS_PER_MILLI = 1e6;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The configuration file.")
  private Path file;

  @Parameters(index = "1", paramLabel = "MONITOR", description = "The name of one of its monitors.")
  private String monitor;

  @Parameters(index = "2", paramLabel = "ADDRESS", description = "An address, or a name.")
  private String address;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "In place of the monitor's own, as a member's probePort.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The Host header and SNI, as a member's probeHost (default: ADDRESS).")
  private @Nullable String host;

  @Override
  public Integer call() {
    Target target =
        monitor(load()).target(place(), port, Objects.requireNonNullElse(host, address));
    var environment = Environment.system();
    PrintWriter out = spec.commandLine().getOut();
    Ink ink = Ink.forStandardOutput();
    out.println(TargetKey.words(target));
    long start = environment.ticker().getAsLong();
    ProbeResult result =
        SingleProbe.of(
            target,
            environment.clock(),
            environment.random(),
            Release.userAgent(),
            step -> tell(step, environment.ticker().getAsLong() - start, ink));
    tell(judgement(result, ink), environment.ticker().getAsLong() - start, ink);
    if (result instanceof ProbeResult.Passed(_, String warning) && !warning.isEmpty()) {
      out.println(ink.warn("warning") + ": " + warning);
    }
    return switch (result) {
      case ProbeResult.Passed _ -> ExitCode.OK;
      case ProbeResult.Failed _ -> ExitCode.FAILED;
      case ProbeResult.NotCounted _ -> ExitCode.NOT_NOW;
    };
  }

  private void tell(String step, long nanos, Ink ink) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(ink.faint("%9.1f ms  ".formatted(nanos / NANOS_PER_MILLI)) + step);
    out.flush();
  }

  private FairleadConfig load() {
    return switch (ConfigLoader.load(file)) {
      case Result.Loaded(var config, _) -> config;
      case Result.Refused(var problems) -> {
        problems.forEach(problem -> spec.commandLine().getErr().println(problem));
        throw new CommandFailure(ExitCode.INVALID, file + " is not valid");
      }
    };
  }

  private MonitorSpec monitor(FairleadConfig config) {
    String names =
        config.monitors().stream().map(MonitorSpec::name).collect(Collectors.joining(", "));
    return config.monitors().stream()
        .filter(known -> known.name().equals(monitor))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "no monitor is called \"%s\"; the file has: %s".formatted(monitor, names)));
  }

  private Place place() {
    try {
      return new Place.Address(InetAddress.ofLiteral(address));
    } catch (IllegalArgumentException e) {
      if (address.matches(NAME)) {
        return new Place.Named(address.toLowerCase(Locale.ROOT));
      }
      throw new ParameterException(
          spec.commandLine(), "\"" + address + "\" is neither an address nor a name", e);
    }
  }

  private static String judgement(ProbeResult result, Ink ink) {
    return switch (result) {
      case ProbeResult.Passed(String reason, _) -> ink.good("passed") + ": " + reason;
      case ProbeResult.Failed(String reason) -> ink.bad("failed") + ": " + reason;
      case ProbeResult.NotCounted(String reason) -> ink.warn("does not count") + ": " + reason;
    };
  }
}
