package io.fairlead.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.NodeSpec.AnswerWhenUnknown;
import io.fairlead.dns.wire.Name;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.policy.spec.AnswerTypes;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.control.ControlEvent.ConfigLoaded;
import io.fairlead.server.control.ControlEvent.FirstRoundDone;
import io.fairlead.server.control.ControlEvent.HealthChanged;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The TTL of a service with {@code dynamicTtl} falls while a verdict may soon be another. */
final class DoubtsTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Name OTHER = Name.parse("other.gslb.guzware.net");
  private static final int TTL = 30;
  private static final int IN_DOUBT = 3;

  private final ControlFold fold = new ControlFold();
  private Published now = Published.NOTHING;

  private static ServiceSpec service(Name name, int doubtTtl, String... addresses) {
    ServiceSpec s = Fruit.service(name, addresses);
    return new ServiceSpec(
        name,
        List.of(),
        TTL,
        1,
        s.monitors(),
        s.downResponse(),
        s.pools(),
        s.poolSelection(),
        s.minMembersUp(),
        s.clientSubnet(),
        null,
        ServiceSpec.ALL_MONITORS,
        AnswerTypes.ADDRESSES,
        doubtTtl);
  }

  private void serve() {
    now =
        fold.apply(
            now,
            List.of(
                new ConfigLoaded(
                    Fruit.config(
                        List.of(
                            service(Fruit.FRUIT, IN_DOUBT, Fruit.HOME, Fruit.REMOTE),
                            service(OTHER, ServiceSpec.SAME_TTL, "127.0.30.1")),
                        AnswerWhenUnknown.LAST),
                    "text",
                    List.of(),
                    NOON),
                new FirstRoundDone()));
  }

  private void says(String address, Verdict verdict, boolean contradicted) {
    Target target =
        now.plan().targets().stream()
            .filter(t -> t.place().toString().equals(address))
            .findFirst()
            .orElseThrow();
    var status = new TargetStatus(verdict, Verdict.UNKNOWN, NOON, "said so", "", contradicted);
    now = fold.apply(now, List.of(new HealthChanged(target, "self", status)));
  }

  private long ttl(Name service) {
    return Answers.to(now.snapshot(), service).ttlSeconds();
  }

  @Test
  void unknownIsInDoubtAndSoIsWhatTheLastProbeContradicts() {
    serve();
    assertThat(ttl(Fruit.FRUIT)).as("no verdict at all").isEqualTo(IN_DOUBT);
    assertThat(ttl(OTHER)).as("not told to care").isEqualTo(TTL);

    says(Fruit.HOME, Verdict.UP, false);
    assertThat(ttl(Fruit.FRUIT)).as("one is unknown still").isEqualTo(IN_DOUBT);
    says(Fruit.REMOTE, Verdict.DOWN, false);
    assertThat(ttl(Fruit.FRUIT)).as("all are sure").isEqualTo(TTL);

    says(Fruit.REMOTE, Verdict.DOWN, true);
    assertThat(ttl(Fruit.FRUIT)).as("it may come back").isEqualTo(IN_DOUBT);
    says(Fruit.REMOTE, Verdict.UP, false);
    assertThat(ttl(Fruit.FRUIT)).isEqualTo(TTL);
  }

  @Test
  void aContradictionThatChangesNoAnswerPublishesNothing() {
    serve();
    says("127.0.30.1", Verdict.UP, false);
    var before = now.snapshot();
    says("127.0.30.1", Verdict.UP, true);
    assertThat(now.snapshot()).isSameAs(before);
  }

  @Test
  void aReloadKeepsTheDoubt() {
    serve();
    says(Fruit.HOME, Verdict.UP, true);
    says(Fruit.REMOTE, Verdict.UP, false);
    var compiled = now.snapshot().services().get(0);
    serve();
    assertThat(ttl(Fruit.FRUIT)).isEqualTo(IN_DOUBT);
    assertThat(now.snapshot().services().get(0)).isSameAs(compiled);
  }
}
