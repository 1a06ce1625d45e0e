package io.fairlead.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Puts servers under the same load in turn, A B A B, and prints what an answer costs each: its CPU
 * time per answer, as a ratio to the first server's in the slice of time just before.
 */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Puts servers under load in turn and compares what an answer costs them.")
final class Load implements Callable<Integer> {
  /** How questions travel. */
  enum Over {
    UDP,
    TCP,
    TCP_SINGLE
  }

  @Option(
      names = "--target",
      required = true,
      description = "NAME=ADDRESS:PORT/PID; ratios are to the first")
  private List<String> targets = List.of();

  @Option(names = "--over", defaultValue = "UDP", description = "${COMPLETION-CANDIDATES}")
  private Over over = Over.UDP;

  @Option(names = "--prefix", defaultValue = "svc", description = "before the number in a name")
  private String prefix = "";

  @Option(names = "--zone", defaultValue = "gslb.example.com", description = "behind it")
  private String zone = "";

  @Option(names = "--names", defaultValue = "1000", description = "how many numbers")
  private int names;

  @Option(
      names = "--networks",
      defaultValue = "0",
      description = "client subnets: so many /24 from 20.0.0.0 on; 0 = none")
  private int networks;

  @Option(names = "--expect", defaultValue = "ADDRESS", description = "${COMPLETION-CANDIDATES}")
  private Expected expected = Expected.ADDRESS;

  @Option(names = "--rounds", defaultValue = "9", description = "slices for each server")
  private int rounds;

  @Option(names = "--slice", defaultValue = "500", description = "milliseconds")
  private int sliceMillis;

  @Option(names = "--warm-up", defaultValue = "3000", description = "milliseconds for each server")
  private int warmUpMillis;

  @Option(names = "--window", defaultValue = "256", description = "UDP questions under way")
  private int window;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "questions a second, and latency is what is measured; 0 = as many as can be")
  private int rate;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Load()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    List<Target> all = targets.stream().map(Target::parse).toList();
    List<Loop> loops = new ArrayList<>();
    try {
      for (Target target : all) {
        loops.add(loop(target));
      }
      for (Loop loop : loops) {
        loop.run(Duration.ofMillis(warmUpMillis).toNanos());
      }
      Sample[][] samples = new Sample[all.size()][rounds];
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < all.size(); i++) {
          samples[i][round] = loops.get(i).run(Duration.ofMillis(sliceMillis).toNanos());
        }
      }
      for (int i = 0; i < all.size(); i++) {
        print(all.get(i).name(), samples[0], samples[i], loops.get(i));
      }
    } finally {
      for (Loop loop : loops) {
        loop.close();
      }
    }
    return 0;
  }

  private Loop loop(Target target) throws IOException {
    var questions = new Questions(prefix, zone, names, networks, 1);
    return switch (over) {
      case UDP -> {
        var datagrams = new Datagrams(target.address(), questions, expected);
        yield rate > 0
            ? new OpenLoop(target, datagrams, rate)
            : new ClosedLoop(target, datagrams, window);
      }
      case TCP -> new TcpLoop(target, questions, expected, 16, true);
      case TCP_SINGLE -> new TcpLoop(target, questions, expected, 1, false);
    };
  }

  private static void print(String name, Sample[] first, Sample[] own, Loop loop) {
    double[] ratios = new double[own.length];
    double[] micros = new double[own.length];
    double[] speeds = new double[own.length];
    long answered = 0;
    long wrong = 0;
    long lost = 0;
    for (int i = 0; i < own.length; i++) {
      micros[i] = own[i].cpuMicrosEach();
      ratios[i] = micros[i] / first[i].cpuMicrosEach();
      speeds[i] = own[i].answeredPerSecond();
      answered += own[i].answered();
      wrong += own[i].wrong();
      lost += own[i].lost();
    }
    Spread ratio = Spread.of(ratios);
    String line =
        String.format(
            Locale.ROOT,
            "%-16s x %.2f (%.2f - %.2f)  %6.2f us  %7.0f /s  %d answered, %d wrong, %d lost",
            name,
            ratio.median(),
            ratio.low(),
            ratio.high(),
            Spread.of(micros).median(),
            Spread.of(speeds).median(),
            answered,
            wrong,
            lost);
    System.out.println(loop instanceof OpenLoop open ? line + latencies(open.histogram()) : line);
  }

  private static String latencies(Histogram histogram) {
    return String.format(
        Locale.ROOT,
        "  p50 %.0f  p90 %.0f  p99 %.0f  p99.9 %.0f us",
        histogram.at(0.5) / 1e3,
        histogram.at(0.9) / 1e3,
        histogram.at(0.99) / 1e3,
        histogram.at(0.999) / 1e3);
  }
}
