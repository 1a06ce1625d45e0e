package io.fairlead.server.scenario;

import io.fairlead.server.cli.Main;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process of its own, started as the launcher starts it. */
final class Launched implements AutoCloseable {
  /** A JVM starts in a second; on a machine that others load, in ten. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Pattern READY =
      Pattern.compile(
          "ready: udp \\[/([^]]+):(\\d+)] tcp \\[/([^]]+):(\\d+)] admin /([^\\s]+):(\\d+)");

  private final Process process;
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();
  private final List<Thread> readers;
  private volatile boolean deaf;

  private Launched(Process process) {
    this.process = process;
    this.readers = List.of(read(process.inputReader(), out), read(process.errorReader(), err));
  }

  /** The command {@code fairlead} with these arguments. */
  static Launched fairlead(Path workingDirectory, String... arguments) {
    return java(workingDirectory, Main.class, arguments);
  }

  /** The same with more in its environment. */
  static Launched fairlead(
      Path workingDirectory, Map<String, String> environment, String... arguments) {
    Stream<String> more = environment.entrySet().stream().map(Object::toString);
    return start(
        workingDirectory, Stream.concat(Stream.of("env"), more), command(Main.class, arguments));
  }

  /** The same, in a process that may open only so many files. */
  static Launched fairleadWith(int descriptors, Path workingDirectory, String... arguments) {
    String limited = "ulimit -n " + descriptors + " && exec \"$0\" \"$@\"";
    return start(workingDirectory, Stream.of("sh", "-c", limited), command(Main.class, arguments));
  }

  /** The same, run by another command, such as one that puts it into a network of its own. */
  static Launched fairleadBehind(List<String> before, Path workingDirectory, String... arguments) {
    return start(workingDirectory, before.stream(), command(Main.class, arguments));
  }

  /** The same with a heap that is small, and that ends the process when it is not enough. */
  static Launched fairleadInHeap(String heap, Path workingDirectory, String... arguments) {
    return start(
        workingDirectory,
        Stream.empty(),
        command(Main.class, arguments)
            .map(word -> word.startsWith("-Xmx") ? "-Xmx" + heap : word)
            .map(word -> word.endsWith("UseSerialGC") ? "-XX:+ExitOnOutOfMemoryError" : word));
  }

  static Launched java(Path workingDirectory, Class<?> main, String... arguments) {
    return start(workingDirectory, Stream.empty(), command(main, arguments));
  }

  private static Stream<String> command(Class<?> main, String... arguments) {
    return Stream.concat(
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            main.getName()),
        Stream.of(arguments));
  }

  private static Launched start(
      Path workingDirectory, Stream<String> before, Stream<String> command) {
    var builder = new ProcessBuilder(Stream.concat(before, command).toList());
    builder.directory(workingDirectory.toFile());
    builder.environment().put("CLASSPATH", classPath());
    builder.redirectInput(new File("/dev/null"));
    try {
      return new Launched(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the tests: surefire keeps its own jar in the usual place. */
  static String classPath() {
    String classPath = System.getProperty("surefire.test.class.path");
    String relative = classPath != null ? classPath : System.getProperty("java.class.path");
    return Stream.of(relative.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .reduce((a, b) -> a + File.pathSeparator + b)
        .orElseThrow();
  }

  private Thread read(BufferedReader reader, List<String> lines) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                for (String line = reader.readLine();
                    line != null && !deaf;
                    line = reader.readLine()) {
                  synchronized (lines) {
                    lines.add(line);
                  }
                }
              } catch (IOException e) {
                // The process was killed while it spoke: what was heard until then is all.
              }
            });
  }

  private static String text(List<String> lines) {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /** Standard output until now. */
  String out() {
    return text(out);
  }

  /** Standard error until now: the log. */
  String err() {
    return text(err);
  }

  /** Reads nothing more of what it says: its pipes fill up. */
  void stopReading() {
    deaf = true;
  }

  /** Waits until these words have been said, by whichever stream. */
  void awaitSaid(String words) {
    Until.isTrue(
        () -> words + "\n--- out\n" + out() + "\n--- err\n" + err(),
        PATIENCE,
        () -> out().contains(words) || err().contains(words) || died(words));
  }

  private boolean died(String words) {
    if (!process.isAlive()) {
      throw new AssertionError("ended before it said " + words + ": " + out() + err());
    }
    return false;
  }

  /** How often these words have been said in the log. */
  long timesSaid(String words) {
    return err().lines().filter(line -> line.contains(words)).count();
  }

  /** Waits until it serves. */
  Ready awaitReady() {
    awaitSaid("ready: udp");
    Matcher ready = READY.matcher(err());
    if (!ready.find()) {
      throw new AssertionError("not as expected: " + err());
    }
    return new Ready(address(ready, 1), address(ready, 3), address(ready, 5));
  }

  private static InetSocketAddress address(Matcher ready, int group) {
    return new InetSocketAddress(
        InetAddress.ofLiteral(ready.group(group)), Integer.parseInt(ready.group(group + 1)));
  }

  /** Where it serves, by its own word. */
  record Ready(InetSocketAddress udp, InetSocketAddress tcp, InetSocketAddress admin) {
    Ask ask() {
      return new Ask(udp, tcp);
    }

    String url() {
      return "http://" + admin.getHostString() + ":" + admin.getPort();
    }
  }

  /** Sends a signal, such as TERM. */
  void signal(String name) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new AssertionError("kill -" + name + " ended with " + exit);
    }
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** Waits for the end; all that was said has been read then. */
  int exit() throws InterruptedException {
    return exit(PATIENCE);
  }

  int exit(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + atMost + ":\n" + out() + "\n" + err());
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
