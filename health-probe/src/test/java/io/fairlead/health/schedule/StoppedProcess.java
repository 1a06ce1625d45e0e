package io.fairlead.health.schedule;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.spec.Step;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.HealthSink;
import io.fairlead.health.verdict.TargetStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A process that can be stopped: probes a port until its input ends, and says what it sees. */
final class StoppedProcess implements HealthSink {
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  public static void main(String[] arguments) throws IOException {
    var check =
        new Check.Conversation(
            List.of(
                new Step.Receive(Expected.text("hello")),
                new Step.Send("hello\n"),
                new Step.Receive(Expected.text("fine"))),
            null);
    var target =
        new Target(
            InetAddress.ofLiteral("127.0.0.1"),
            Integer.parseInt(arguments[0]),
            check,
            TIMEOUT,
            TIMEOUT,
            1,
            1);
    try (var prober =
        Prober.start(new StoppedProcess(), InstantSource.system(), new Random(), "fairlead/test")) {
      prober.watch(Set.of(target), Map.of());
      int _ = System.in.read();
      System.out.println("not counted: " + prober.counts().notCounted());
    }
  }

  @Override
  public void changed(Target target, TargetStatus status) {
    System.out.println(status.verdict());
  }

  @Override
  public void firstRoundDone() {}

  private StoppedProcess() {}
}
