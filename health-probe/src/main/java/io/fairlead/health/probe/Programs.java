package io.fairlead.health.probe;

import io.fairlead.health.spec.Check;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks by programs: the operator's own, and the system's ping. So many at once, each with so much
 * memory and in a process group of its own, so that it ends with its children; never through a
 * shell.
 */
final class Programs {
  /** A program costs a process: this many are a load that a small machine bears. */
  static final int MAX_RUNNING = 64;

  private static final long MAX_DATA_OCTETS = 256L << 20;
  static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

  /** util-linux: both become the program that they start, so the process is the same one. */
  private static final List<String> WRAPPING = wrapping();

  private final Executor loop;
  private final Semaphore free = new Semaphore(MAX_RUNNING);

  Programs(Executor loop) {
    this.loop = loop;
  }

  Probe.Attempt external(
      Check.External check,
      InetAddress address,
      int port,
      @Nullable InetAddress source,
      Consumer<ProbeResult> done) {
    var command = new ArrayList<String>();
    command.add(check.program());
    command.addAll(check.arguments());
    var environment =
        new HashMap<>(
            Map.of(
                "PATH", DEFAULT_PATH,
                "FAIRLEAD_ADDRESS", address.getHostAddress(),
                "FAIRLEAD_PORT", Integer.toString(port),
                "FAIRLEAD_HOST", check.host()));
    if (source != null) {
      environment.put("FAIRLEAD_SOURCE", source.getHostAddress());
    }
    return start(command, environment, Programs::judgeExternal, done);
  }

  /** One echo request; how long is waited is the probe's matter, and 3600 s are its longest. */
  Probe.Attempt ping(
      InetAddress address, @Nullable InetAddress source, Consumer<ProbeResult> done) {
    String family = address instanceof Inet6Address ? "-6" : "-4";
    var command = new ArrayList<>(List.of("ping", family, "-n", "-q", "-c", "1", "-W", "3600"));
    if (source != null) {
      command.addAll(List.of("-I", source.getHostAddress()));
    }
    command.add(address.getHostAddress());
    return start(command, Map.of("PATH", DEFAULT_PATH, "LC_ALL", "C"), Programs::judgePing, done);
  }

  private Probe.Attempt start(
      List<String> command,
      Map<String, String> environment,
      BiFunction<Integer, String, ProbeResult> judge,
      Consumer<ProbeResult> done) {
    var wrapped = new ArrayList<>(WRAPPING);
    wrapped.addAll(command);
    var builder = new ProcessBuilder(wrapped);
    builder.environment().clear();
    builder.environment().putAll(environment);
    var attempt = new ProgramAttempt(builder, judge, done, loop);
    if (!free.tryAcquire()) {
      done.accept(
          new ProbeResult.NotCounted("not probed: " + MAX_RUNNING + " programs run already"));
      return attempt;
    }
    Thread _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    attempt.run();
                  } finally {
                    free.release();
                  }
                });
    return attempt;
  }

  private static ProbeResult judgeExternal(int exit, String said) {
    String words = said.isEmpty() ? "" : ": " + Reasons.printable(said);
    return exit == 0
        ? new ProbeResult.Passed("exit 0" + words)
        : new ProbeResult.Failed("exit " + exit + words);
  }

  /** ping(8): 0 = answered, 1 = not, 2 = it could not ask. */
  static ProbeResult judgePing(int exit, String said) {
    return switch (exit) {
      case 0 -> new ProbeResult.Passed("answered");
      case 1 -> new ProbeResult.Failed("no echo came back");
      default ->
          said.contains("unreachable")
              ? new ProbeResult.Failed(Reasons.printable(said))
              : new ProbeResult.NotCounted("not probed: " + Reasons.printable(said));
    };
  }

  private static List<String> wrapping() {
    var wrapping = new ArrayList<String>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      wrapping.add("/usr/bin/setsid");
    }
    if (Files.isExecutable(Path.of("/usr/bin/prlimit"))) {
      wrapping.addAll(List.of("/usr/bin/prlimit", "--data=" + MAX_DATA_OCTETS, "--"));
    }
    return List.copyOf(wrapping);
  }
}
