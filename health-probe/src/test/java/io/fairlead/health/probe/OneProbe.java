package io.fairlead.health.probe;

import io.fairlead.health.schedule.Prober;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.HealthSink;
import io.fairlead.health.verdict.TargetStatus;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a real prober finds first. */
final class OneProbe {
  /** Never met, but by a machine that is very busy. */
  static final Duration PATIENT = Duration.ofSeconds(15);

  static TargetStatus of(int port, Check check) {
    return of("127.0.0.1", port, check, PATIENT);
  }

  static TargetStatus of(String address, int port, Check check, Duration timeout) {
    var target =
        new Target(InetAddress.ofLiteral(address), port, check, Duration.ofHours(1), timeout, 1, 1);
    var result = new CompletableFuture<TargetStatus>();
    var sink =
        new HealthSink() {
          @Override
          public void changed(Target changed, TargetStatus status) {
            result.complete(status);
          }

          @Override
          public void firstRoundDone() {}
        };
    try (var prober = Prober.start(sink, InstantSource.system(), new Random(1), "fairlead/test")) {
      prober.watch(Set.of(target), Map.of());
      return result.orTimeout(30, TimeUnit.SECONDS).join();
    }
  }

  private OneProbe() {}
}
