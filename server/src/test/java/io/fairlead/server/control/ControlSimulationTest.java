package io.fairlead.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.CalmSpec;
import io.fairlead.config.FairleadConfig;
import io.fairlead.config.GuardSpec;
import io.fairlead.config.NodeSpec.AnswerWhenUnknown;
import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.wire.Name;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.state.OperatorOverride;
import io.fairlead.server.state.OperatorOverride.State;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Configuration changes, verdicts and operators' words race. Whatever their batches, what is
 * published is what a model gives that is too simple to be wrong: the last word about each thing
 * counts.
 */
final class ControlSimulationTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final int STEPS = 400;

  /** Two configurations that share some services: members come and go with each reload. */
  private static final List<FairleadConfig> CONFIGS = List.of(config(0, 12), config(6, 18));

  private static FairleadConfig config(int from, int to) {
    var services = new ArrayList<ServiceSpec>();
    IntStream.range(from, to)
        .forEach(
            i ->
                services.add(
                    Fruit.service(
                        Name.parse("s" + i + ".gslb.guzware.net"),
                        "127.0.1." + i,
                        "127.0.2." + i)));
    return withoutGuard(Fruit.config(services, AnswerWhenUnknown.LAST));
  }

  /** Here half of all fail at one moment, again and again: the guard has tests of its own. */
  private static FairleadConfig withoutGuard(FairleadConfig c) {
    var off = new GuardSpec(1, GuardSpec.DEFAULT.window(), GuardSpec.DEFAULT.minimumMembers());
    return new FairleadConfig(
        c.node(),
        c.listen(),
        c.wire(),
        c.admin(),
        c.zones(),
        c.sites(),
        c.monitors(),
        c.services(),
        null,
        List.of(),
        new CalmSpec(Duration.ZERO, CalmSpec.DEFAULT_HOLD_DOWN_MAX, off),
        c.imported(),
        c.transfers(),
        c.reporting());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void theLastWordCountsHoweverEventsAreBatched(long seed) {
    var random = new Random(seed);
    var fold = new ControlFold();
    var oracle = new Oracle();
    Published now = Published.NOTHING;
    var pending = new ArrayList<ControlEvent>();
    for (int step = 0; step < STEPS; step++) {
      ControlEvent event = step == 0 ? loaded(0) : anyEvent(random, oracle);
      oracle.apply(event);
      pending.add(event);
      if (step == 0 || random.nextInt(4) == 0) {
        Published next = fold.apply(now, List.copyOf(pending));
        assertThat(next.snapshot().generation())
            .as("seed %d step %d", seed, step)
            .isGreaterThanOrEqualTo(now.snapshot().generation());
        now = next;
        pending.clear();
        oracle.settle();
        check(now, oracle, seed, step);
      }
    }
  }

  private static ControlEvent loaded(int which) {
    return new ControlEvent.ConfigLoaded(CONFIGS.get(which), "", List.of(), NOON);
  }

  private static ControlEvent anyEvent(Random random, Oracle oracle) {
    return switch (random.nextInt(20)) {
      case 0 -> loaded(random.nextInt(2));
      case 1 ->
          new ControlEvent.Overridden(
              new OperatorOverride(anySubject(random), any(random, State.values()), "", NOON));
      case 2, 3 -> new ControlEvent.OverrideCleared(anySubject(random));
      case 4 -> new ControlEvent.ReadyTimeoutPassed();
      default -> {
        List<Target> targets = oracle.targets();
        var verdict = random.nextBoolean() ? Verdict.UP : Verdict.DOWN;
        yield new ControlEvent.HealthChanged(
            targets.get(random.nextInt(targets.size())),
            "self",
            new TargetStatus(verdict, NOON, "simulated"));
      }
    };
  }

  private static <T> T any(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static OperatorOverride.Subject anySubject(Random random) {
    int i = random.nextInt(18);
    return random.nextInt(4) == 0
        ? new OperatorOverride.Subject.Site(random.nextBoolean() ? "home-lab" : "remote-site")
        : new OperatorOverride.Subject.Member("s" + i + ".gslb.guzware.net", "127.0.1." + i);
  }

  private static void check(Published now, Oracle oracle, long seed, int step) {
    now.plan()
        .allMembers()
        .forEach(
            member ->
                assertThat(now.availability(member))
                    .as("seed %d step %d: %s", seed, step, member.subject())
                    .isEqualTo(oracle.availability(member)));
    for (int number = 0; number < now.plan().services().size(); number++) {
      ServiceSpec service = now.plan().services().get(number);
      long eligible =
          now.plan().members(number).stream()
              .filter(member -> oracle.availability(member).eligible())
              .count();
      long enabled =
          now.plan().members(number).stream()
              .filter(member -> oracle.availability(member).enabled())
              .count();
      int answers =
          now.snapshot().ready() ? Answers.to(now.snapshot(), service.name()).answer().size() : 0;
      int expected = !now.snapshot().ready() ? 0 : eligible > 0 ? 1 : (int) enabled;
      assertThat(answers).as("seed %d step %d: %s", seed, step, service.name()).isEqualTo(expected);
    }
  }

  /** The last word about each thing, in maps. */
  private static final class Oracle {
    private FairleadConfig config = CONFIGS.getFirst();
    private List<Target> targets = List.of();
    private final Map<String, Verdict> verdicts = new HashMap<>();
    private final Map<OperatorOverride.Subject, State> overridden = new HashMap<>();

    void apply(ControlEvent event) {
      switch (event) {
        case ControlEvent.ConfigLoaded(var loaded, _, _, _) -> config = loaded;
        case ControlEvent.HealthChanged(var target, _, var status) ->
            verdicts.put(key(target.place().toString()), status.verdict());
        case ControlEvent.Overridden(var override) ->
            overridden.put(override.subject(), override.state());
        case ControlEvent.OverrideCleared(var subject) -> overridden.remove(subject);
        default -> {}
      }
    }

    private static String key(String address) {
      return new InetSocketAddress(address, 8080).toString();
    }

    /** What is probed: probes follow what was published, not what was said since. */
    List<Target> targets() {
      return targets;
    }

    /** A batch was published: whoever is not probed any more is forgotten. */
    void settle() {
      targets =
          List.copyOf(
              Plan.of(
                      config,
                      config.zones(),
                      GeoData.NONE,
                      List.of(),
                      new EndpointRegistry(_ -> {}))
                  .targets());
      var probed = targets.stream().map(target -> key(target.place().toString())).toList();
      verdicts.keySet().retainAll(probed);
    }

    Availability availability(PlannedMember member) {
      State own = overridden.get(member.subject());
      State site = overridden.get(new OperatorOverride.Subject.Site(member.member().site()));
      if (own == State.DISABLE || site == State.DISABLE) {
        return Availability.DISABLED;
      }
      if (own == State.DRAIN || site == State.DRAIN) {
        return Availability.DRAINING;
      }
      Verdict verdict = verdicts.get(key(member.member().target()));
      return verdict == Verdict.DOWN
          ? Availability.DOWN
          : verdict == Verdict.UP ? Availability.UP : Availability.ASSUMED_UP;
    }
  }
}
