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
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.SiteSpec;
import io.fairlead.server.control.ControlEvent.BlindChanged;
import io.fairlead.server.control.ControlEvent.ConfigLoaded;
import io.fairlead.server.control.ControlEvent.FirstRoundDone;
import io.fairlead.server.control.ControlEvent.GuardReleased;
import io.fairlead.server.control.ControlEvent.HealthChanged;
import io.fairlead.server.control.ControlEvent.Restored;
import io.fairlead.server.control.ControlEvent.TimePassed;
import io.fairlead.server.state.KeptState;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Very many fail at once: removal stops, and goes on when that is believed. */
final class GuardTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final int WINDOW = 30;

  private ControlFold fold = new ControlFold();
  private Published now = Published.NOTHING;
  private Instant time = NOON;
  private FairleadConfig config = config(6, 4);

  /** So many services with a member at each of so many sites: 127.1.SERVICE.SITE. */
  private static FairleadConfig config(int services, int sites) {
    var c =
        Fruit.config(
            IntStream.range(0, services).mapToObj(i -> service(i, sites)).toList(),
            AnswerWhenUnknown.LAST);
    return new FairleadConfig(
        c.node(),
        c.listen(),
        c.wire(),
        c.admin(),
        c.zones(),
        IntStream.range(0, sites).mapToObj(i -> new SiteSpec("site-" + i, null, true)).toList(),
        c.monitors(),
        c.services(),
        null,
        List.of(),
        new CalmSpec(
            Duration.ZERO,
            CalmSpec.DEFAULT_HOLD_DOWN_MAX,
            new GuardSpec(0.5, Duration.ofSeconds(WINDOW), 20)),
        c.imported(),
        c.transfers(),
        c.reporting());
  }

  private static ServiceSpec service(int number, int sites) {
    var members =
        IntStream.range(0, sites)
            .mapToObj(
                site ->
                    new MemberSpec(
                        "site-" + site,
                        InetAddress.ofLiteral("127.1." + number + "." + site),
                        1,
                        true,
                        null,
                        0,
                        "file"))
            .toList();
    return new ServiceSpec(
        Name.parse("s" + number + ".gslb.guzware.net"),
        List.of(),
        2,
        1,
        List.of("tcp"),
        new DownResponse.AllRecords(),
        List.of(new PoolSpec("all", 10, new Algorithm.RoundRobin(), true, members)));
  }

  private void when(List<? extends ControlEvent> events) {
    var batch = new ArrayList<ControlEvent>();
    batch.add(new TimePassed(time));
    batch.addAll(events);
    now = fold.apply(now, batch);
  }

  private void after(int seconds) {
    time = time.plusSeconds(seconds);
    when(List.of());
  }

  private void served(FairleadConfig told) {
    config = told;
    when(List.of(new ConfigLoaded(told, "text", List.of(), time)));
    when(say(Verdict.UP, targets(_ -> true)));
    when(List.of(new FirstRoundDone()));
  }

  /** In the order of the sites, then of the services. */
  private List<Target> targets(Predicate<String> address) {
    var targets =
        new ArrayList<>(
            now.plan().targets().stream()
                .filter(target -> address.test(address(target).getHostAddress()))
                .toList());
    targets.sort(
        Comparator.comparingInt((Target target) -> address(target).getAddress()[3])
            .thenComparingInt(target -> address(target).getAddress()[2]));
    return targets;
  }

  private static InetAddress address(Target target) {
    return InetAddress.ofLiteral(target.place().toString());
  }

  private List<HealthChanged> say(Verdict verdict, List<Target> targets) {
    return targets.stream()
        .map(t -> new HealthChanged(t, "self", new TargetStatus(verdict, time, "said so")))
        .toList();
  }

  private static Predicate<String> site(int... sites) {
    return address -> IntStream.of(sites).anyMatch(site -> address.endsWith("." + site));
  }

  private long count(Availability state) {
    return now.plan().allMembers().filter(member -> now.availability(member) == state).count();
  }

  private boolean isOn() {
    return now.model().calm().isGuarding();
  }

  @Test
  void theLossOfOneSiteIsALoss() {
    served(config(20, 2));

    when(say(Verdict.DOWN, targets(site(1))));
    assertThat(isOn()).isFalse();
    assertThat(count(Availability.DOWN)).isEqualTo(20);

    when(say(Verdict.DOWN, targets(site(0)).subList(0, 9)));
    assertThat(isOn()).as("and a few more elsewhere").isFalse();
    assertThat(count(Availability.DOWN)).isEqualTo(29);
  }

  /** The guard is on: of 24 members 12 have left, and 12 stay. */
  private void guarded() {
    served(config(6, 4));
    List<Target> all = targets(_ -> true);
    when(say(Verdict.DOWN, all.subList(0, 12)));
    assertThat(isOn()).as("half of all").isFalse();
    after(1);
    when(say(Verdict.DOWN, all.subList(12, 24)));
  }

  @Test
  void whenMoreThanTheShareOfAllFailsRemovalStops() {
    guarded();

    assertThat(isOn()).isTrue();
    assertThat(count(Availability.DOWN)).isEqualTo(12);
    assertThat(count(Availability.GUARDED)).isEqualTo(12);
    assertThat(GuardStanding.of(now).text())
        .isEqualTo(
            "the mass-down guard is on since 2026-11-23T12:00:01Z: of 24 monitored members 24 are"
                + " down by their checks, and 12 of these stay in the answers;"
                + " \"fairlead guard release\" believes the checks");
    assertThat(Answers.addresses(now.snapshot(), Name.parse("s0.gslb.guzware.net"), 8))
        .containsExactly("127.1.0.2", "127.1.0.3");
  }

  @Test
  void itReleasesWhenMostAreUpAgain() {
    guarded();

    after(3600);
    assertThat(isOn()).as("nothing is left that would show our sight to be good").isTrue();
    when(say(Verdict.UP, targets(site(2, 3))));

    assertThat(isOn()).isFalse();
    assertThat(count(Availability.UP)).isEqualTo(12);
    assertThat(count(Availability.DOWN)).isEqualTo(12);
  }

  @Test
  void itReleasesWhenTheWaveIsOverAndASiteIsStillThere() {
    served(config(6, 4));
    when(say(Verdict.DOWN, targets(site(0, 1, 2))));
    assertThat(isOn()).isTrue();
    assertThat(count(Availability.GUARDED)).isEqualTo(6);
    assertThat(now.nextDeadline()).isEqualTo(time.plusSeconds(WINDOW));

    after(WINDOW - 1);
    assertThat(isOn()).isTrue();
    after(1);

    assertThat(isOn()).isFalse();
    assertThat(count(Availability.DOWN)).isEqualTo(18);
    assertThat(count(Availability.UP)).isEqualTo(6);
    assertThat(now.nextDeadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void anOperatorMayBelieveTheChecksAndThatIsNotAskedAgain() {
    guarded();
    when(say(Verdict.UP, targets(site(3)).subList(0, 1)));

    when(List.of(new GuardReleased(time)));
    assertThat(isOn()).isFalse();
    assertThat(count(Availability.DOWN)).isEqualTo(23);

    after(1);
    when(say(Verdict.DOWN, targets(site(3)).subList(0, 1)));
    assertThat(isOn()).as("the failures until then no longer count").isFalse();
  }

  @Test
  void fewMembersAreNoMass() {
    served(config(4, 4));

    when(say(Verdict.DOWN, targets(_ -> true)));

    assertThat(isOn()).isFalse();
    assertThat(count(Availability.DOWN)).isEqualTo(16);
  }

  @Test
  void aSlowDeclineIsNoWave() {
    served(config(6, 4));
    for (Target target : targets(_ -> true)) {
      after(3);
      when(say(Verdict.DOWN, List.of(target)));
      assertThat(isOn()).isFalse();
    }
    assertThat(count(Availability.DOWN)).isEqualTo(24);
  }

  /** Silence is no proof of a good sight while no failure is counted. */
  @Test
  void itReleasesNothingWhileTheNodeIsBlind() {
    served(config(6, 4));
    when(say(Verdict.DOWN, targets(site(0, 1, 2))));
    when(List.of(new BlindChanged(true)));
    assertThat(now.nextDeadline()).isEqualTo(Instant.MAX);

    after(10 * WINDOW);
    assertThat(isOn()).isTrue();
    assertThat(count(Availability.GUARDED)).isEqualTo(6);

    when(List.of(new BlindChanged(false)));
    assertThat(now.nextDeadline()).isEqualTo(time.plusSeconds(WINDOW));
    after(WINDOW - 1);
    assertThat(isOn()).as("not before it has looked for a whole window").isTrue();
    after(1);
    assertThat(isOn()).isFalse();
    assertThat(count(Availability.DOWN)).isEqualTo(18);
  }

  /** Two members of a fleet too small for a mass: blindness alone keeps them. */
  @Test
  void whatFailsWhileTheNodeIsBlindStays() {
    served(config(2, 2));
    when(List.of(new BlindChanged(true)));
    assertThat(isOn()).as("nothing has failed").isFalse();

    when(say(Verdict.DOWN, targets(site(0))));
    assertThat(isOn()).isTrue();
    assertThat(count(Availability.GUARDED)).isEqualTo(2);

    when(List.of(new BlindChanged(false)));
    assertThat(isOn()).isFalse();
    assertThat(count(Availability.DOWN)).as("seen, and still down").isEqualTo(2);
  }

  @Test
  void aBlindNodeMayBeOverruled() {
    served(config(2, 2));
    when(List.of(new BlindChanged(true)));
    when(say(Verdict.DOWN, targets(site(0))));
    when(List.of(new GuardReleased(time)));
    assertThat(isOn()).isFalse();
    assertThat(count(Availability.DOWN)).isEqualTo(2);
  }

  @Test
  void aRestartKeepsItOn() {
    guarded();
    KeptState kept = Keeping.of(now, time);
    fold = new ControlFold();
    now = Published.NOTHING;

    when(List.of(new Restored(kept), new ConfigLoaded(config, "text", List.of(), time)));

    assertThat(isOn()).isTrue();
    assertThat(count(Availability.GUARDED)).isEqualTo(12);
    when(say(Verdict.DOWN, targets(_ -> true)));
    assertThat(count(Availability.GUARDED)).isEqualTo(12);
  }

  /** A member that comes back while it is guarded never left: nothing is asked of it. */
  @Test
  void whoNeverLeftIsNotHeldBack() {
    guarded();

    when(say(Verdict.UP, targets(site(3)).subList(0, 1)));

    assertThat(count(Availability.UP)).isEqualTo(1);
    assertThat(now.model().calm().absences()).hasSize(23);
  }

  /** Whatever order members fall in, those who stay never become fewer than what was there. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void howeverItFallsAtMostTheShareAndOneLeaves(long seed) {
    served(config(10, 4));
    var random = new Random(seed);
    List<Target> all = targets(_ -> true);
    Collections.shuffle(all, random);
    int from = 0;
    while (from < all.size()) {
      int to = Math.min(all.size(), from + 1 + random.nextInt(6));
      when(say(Verdict.DOWN, all.subList(from, to)));
      from = to;
    }

    assertThat(isOn()).as("seed %d", seed).isTrue();
    assertThat(count(Availability.DOWN)).as("seed %d", seed).isBetween(20L, 26L);
    assertThat(count(Availability.DOWN) + count(Availability.GUARDED)).isEqualTo(40);
  }
}
