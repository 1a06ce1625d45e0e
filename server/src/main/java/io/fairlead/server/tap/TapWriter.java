package io.fairlead.server.tap;

import io.fairlead.config.TapSpec;
import io.fairlead.dns.tap.Tapped;
import io.fairlead.dns.tap.Taps;
import io.fairlead.server.concurrent.Threads;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what query threads have put into their rings, and hands it to the query log and to dnstap.
 * Where those are slow or away, the rings run over and queries do not notice.
 */
public final class TapWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead.tap");

  /** Between two looks at empty rings: at 50,000 queries a second a ring of 8,000 is half full. */
  private static final Duration LOOK = Duration.ofMillis(50);

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** A sink and whether it is open. */
  private static final class Line {
    private final TapSink sink;
    private boolean open;
    private boolean told;
    private long triedAt;

    private Line(TapSink sink, long triedAt) {
      this.sink = sink;
      this.triedAt = triedAt;
    }
  }

  private final Taps taps;
  private final InstantSource clock;
  private final List<Line> lines = new ArrayList<>();
  private final Thread thread;
  private volatile boolean ending;
  private long unwritten;

  /**
   * Begins to write.
   *
   * @param identity what this server calls itself in dnstap
   * @param version of this build
   */
  public TapWriter(TapSpec spec, String identity, String version, Taps taps, InstantSource clock) {
    this.taps = taps;
    this.clock = clock;
    long now = taps.nanoTime() - RETRY.toNanos();
    if (spec.queryLog() != null) {
      lines.add(new Line(new QueryLog(spec.queryLog()), now));
    }
    var frames = new DnstapEncoder(identity, version, spec.queries(), spec.replies());
    if (spec.dnstapSocket() != null) {
      lines.add(new Line(new DnstapSocket(spec.dnstapSocket(), frames), now));
    }
    if (spec.dnstapFile() != null) {
      lines.add(new Line(new DnstapFile(spec.dnstapFile(), frames), now));
    }
    this.thread = Thread.ofPlatform().name("fairlead-tap").daemon().start(this::run);
  }

  /** How many queries nobody was told of. */
  public long lost() {
    return taps.lost();
  }

  private void run() {
    try {
      while (!ending) {
        pass();
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass() {
    lines.forEach(this::openIfDue);
    long nowNanos = taps.nanoTime();
    long nowMicros = clock.millis() * 1000;
    taps.drain(tapped -> write(tapped, nowMicros - (nowNanos - tapped.nanos()) / 1000));
    lines.forEach(line -> attempt(line, line.sink::flush));
  }

  private void write(Tapped tapped, long micros) {
    for (Line line : lines) {
      if (line.open) {
        attempt(line, () -> line.sink.write(tapped, micros));
      } else {
        unwritten++;
      }
    }
  }

  private void openIfDue(Line line) {
    long now = taps.nanoTime();
    if (line.open || now - line.triedAt < RETRY.toNanos()) {
      return;
    }
    line.triedAt = now;
    line.open = true;
    attempt(line, line.sink::open);
    if (line.open) {
      LOG.info("{}: open; {} were not written before", line.sink.name(), unwritten);
      line.told = false;
      unwritten = 0;
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private static void attempt(Line line, Step step) {
    if (!line.open) {
      return;
    }
    try {
      step.run();
    } catch (IOException e) {
      line.open = false;
      line.sink.close();
      if (!line.told) {
        line.told = true;
        LOG.warn(
            "{}: {}; queries go on, it is tried again each second", line.sink.name(), e.toString());
      }
    }
  }

  @Override
  public void close() {
    ending = true;
    Threads.join(thread);
    pass();
    lines.stream().filter(line -> line.open).forEach(line -> line.sink.close());
  }
}
