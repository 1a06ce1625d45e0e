package io.fairlead.bench.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.OperatingSystemMXBean;
import io.fairlead.health.schedule.Prober;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.HealthSink;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Probes a crowd in another process and says what it cost. Arguments: targets, listeners, seconds
 * per mood, interval in seconds, moods of {@link Crowd}. For example {@code 30000 5000 10 10 answer
 * silent}, with {@code -Xmx256m}.
 */
public final class ScaleRun implements HealthSink {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final CountDownLatch firstRound = new CountDownLatch(1);
  private final AtomicInteger ups = new AtomicInteger();
  private final AtomicInteger downs = new AtomicInteger();

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int targets = Integer.parseInt(arguments[0]);
    int listeners = Integer.parseInt(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    List<String> moods = List.of(arguments).subList(4, arguments.length);
    Process crowd = startCrowd(listeners);
    try (var port = new BufferedReader(new InputStreamReader(crowd.getInputStream(), US_ASCII));
        Writer orders = crowd.outputWriter(US_ASCII)) {
      var interval = Duration.ofSeconds(Integer.parseInt(arguments[3]));
      Set<Target> set = targets(targets, listeners, Integer.parseInt(port.readLine()), interval);
      new ScaleRun().run(set, orders, seconds, moods);
    } finally {
      crowd.destroy();
    }
  }

  private void run(Set<Target> targets, Writer orders, int seconds, List<String> moods)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    try (var prober = Prober.start(this, InstantSource.system(), new Random(), "fairlead/scale")) {
      prober.watch(targets, Map.of());
      boolean done = firstRound.await(30, TimeUnit.SECONDS);
      System.out.printf(
          "%d targets: first round %s in %d ms (CPU in all %d ms); since the JVM began %d ms%n",
          targets.size(),
          done ? "done" : "NOT done",
          Duration.ofNanos(System.nanoTime() - began).toMillis(),
          Duration.ofNanos(SYSTEM.getProcessCpuTime()).toMillis(),
          ManagementFactory.getRuntimeMXBean().getUptime());
      for (String mood : moods) {
        orders.write(mood + "\n");
        orders.flush();
        measure(prober, mood, seconds);
      }
    }
  }

  private void measure(Prober prober, String mood, int seconds)
      throws IOException, InterruptedException {
    int upsBefore = ups.get();
    int downsBefore = downs.get();
    long before = probes(prober);
    long cpu = SYSTEM.getProcessCpuTime();
    long began = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    double used = SYSTEM.getProcessCpuTime() - cpu;
    System.out.printf(
        "%-7s for %d s: CPU %.1f %% of one core, %.0f us each; %d went up, %d down; %s; %s%n",
        mood,
        seconds,
        100 * used / (System.nanoTime() - began),
        used / 1000 / (probes(prober) - before),
        ups.get() - upsBefore,
        downs.get() - downsBefore,
        prober.counts(),
        residentMemory());
  }

  private static long probes(Prober prober) {
    var counts = prober.counts();
    return counts.passed() + counts.failed() + counts.notCounted();
  }

  private static String residentMemory() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS")) {
        return line.replaceAll("\\s+", " ");
      }
    }
    return "VmRSS unknown";
  }

  private static Process startCrowd(int listeners) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Crowd.class.getName(),
            Integer.toString(listeners))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Set<Target> targets(int count, int listeners, int port, Duration interval) {
    var targets = new HashSet<Target>();
    for (int i = 0; i < count; i++) {
      var check =
          new Check.Http(
              "GET",
              "s" + i / listeners + ".example",
              "/health",
              List.of(new StatusRange(200, 399)));
      targets.add(
          new Target(
              Crowd.address(i % listeners),
              port,
              check,
              interval,
              interval.multipliedBy(2).dividedBy(5),
              2,
              2));
    }
    return targets;
  }

  @Override
  public void changed(Target target, TargetStatus status) {
    (status.verdict() == Verdict.UP ? ups : downs).incrementAndGet();
  }

  @Override
  public void firstRoundDone() {
    firstRound.countDown();
  }

  private ScaleRun() {}
}
