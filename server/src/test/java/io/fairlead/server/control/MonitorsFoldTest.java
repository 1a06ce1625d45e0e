package io.fairlead.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.NodeSpec.AnswerWhenUnknown;
import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.wire.Name;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.health.spec.Place;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.policy.spec.NameMemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.SiteSpec;
import io.fairlead.server.control.ControlEvent.ConfigLoaded;
import io.fairlead.server.control.ControlEvent.HealthChanged;
import io.fairlead.server.state.OperatorOverride;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several verdicts mean for a member together: its own, and those of its site. */
final class MonitorsFoldTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final int ALL = ServiceSpec.ALL_MONITORS;

  private final ControlFold fold = new ControlFold();
  private Published now = Published.NOTHING;

  /**
   * Three monitors; U = up, D = down, ? = no verdict yet, which counts as configured: here up, and
   * then down.
   */
  @ParameterizedTest
  @CsvSource({
    "0, UUU, UP,           UP",
    "0, UUD, DOWN,         DOWN",
    "0, UU?, ASSUMED_UP,   ASSUMED_DOWN",
    "0, ?D?, DOWN,         DOWN",
    "1, DDU, UP,           UP",
    "1, DDD, DOWN,         DOWN",
    "1, DD?, ASSUMED_UP,   ASSUMED_DOWN",
    "1, U??, UP,           UP",
    "2, UUD, UP,           UP",
    "2, UDD, DOWN,         DOWN",
    "2, U?D, ASSUMED_UP,   ASSUMED_DOWN",
    "2, DD?, DOWN,         DOWN",
    "2, U??, ASSUMED_UP,   ASSUMED_DOWN",
  })
  void asManyAsAreRequired(
      int required, String verdicts, Availability unknownIsUp, Availability unknownIsDown) {
    assertThat(memberWith(required, verdicts, AnswerWhenUnknown.UP)).isEqualTo(unknownIsUp);
    assertThat(memberWith(required, verdicts, AnswerWhenUnknown.DOWN)).isEqualTo(unknownIsDown);
  }

  private Availability memberWith(int required, String verdicts, AnswerWhenUnknown whenUnknown) {
    now = Published.NOTHING;
    load(Fruit.config(List.of(withThreeMonitors(required)), whenUnknown), List.of());
    for (int i = 0; i < verdicts.length(); i++) {
      switch (verdicts.charAt(i)) {
        case 'U' -> say(Fruit.HOME, 1 + i, Verdict.UP);
        case 'D' -> say(Fruit.HOME, 1 + i, Verdict.DOWN);
        default -> {}
      }
    }
    return availability(Fruit.HOME);
  }

  @Test
  void aSiteThatIsDownTakesItsMembersWithIt() {
    load(Fruit.config(List.of(withThreeMonitors(1)), AnswerWhenUnknown.LAST), List.of("m4"));
    for (String address : List.of(Fruit.HOME, Fruit.REMOTE)) {
      say(address, 1, Verdict.UP);
    }
    say("127.0.10.99", 4, Verdict.UP);
    assertThat(availability(Fruit.HOME)).isEqualTo(Availability.UP);

    say("127.0.10.99", 4, Verdict.DOWN);
    assertThat(availability(Fruit.HOME)).isEqualTo(Availability.DOWN);
    assertThat(availability(Fruit.REMOTE)).isEqualTo(Availability.UP);

    say("127.0.10.99", 4, Verdict.UP);
    assertThat(availability(Fruit.HOME)).isEqualTo(Availability.UP);
  }

  private MemberNews news(String address) {
    return now.plan()
        .allMembers()
        .filter(member -> member.member().target().equals(address))
        .map(member -> MemberNews.of(member, now))
        .findFirst()
        .orElseThrow();
  }

  /** Of what explains a member, the site before its checks, failures before the rest. */
  @Test
  void newsOfAMemberNamesWhatMadeItSo() {
    load(Fruit.config(List.of(withThreeMonitors(ALL)), AnswerWhenUnknown.UP), List.of("m4"));
    assertThat(news(Fruit.HOME).since()).isNull();
    assertThat(news(Fruit.HOME).reason()).endsWith("no probe has finished yet");

    for (int port = 1; port <= 3; port++) {
      say(Fruit.HOME, port, Verdict.UP);
    }
    assertThat(news(Fruit.HOME).since()).isEqualTo(NOON);
    assertThat(news(Fruit.HOME).reason()).contains("tcp: said so");

    say(Fruit.HOME, 2, Verdict.DOWN);
    assertThat(news(Fruit.HOME).reason()).isEqualTo("127.0.10.1:2 tcp: said so");

    say("127.0.10.99", 4, Verdict.DOWN);
    assertThat(news(Fruit.HOME).reason())
        .isEqualTo("its site home-lab fails its own check 127.0.10.99:4 tcp: said so");

    var subject = new OperatorOverride.Subject.Site("home-lab");
    var word =
        new OperatorOverride(
            subject, OperatorOverride.State.DISABLE, "new switch", NOON.plusSeconds(60));
    now = fold.apply(now, List.of(new ControlEvent.Overridden(word)));
    assertThat(news(Fruit.HOME).since()).isEqualTo(NOON.plusSeconds(60));
    assertThat(news(Fruit.HOME).reason())
        .startsWith("an operator has disabled its site home-lab")
        .endsWith("new switch");
  }

  @Test
  void aSiteThatIsUpSavesNoMember() {
    load(Fruit.config(List.of(withThreeMonitors(ALL)), AnswerWhenUnknown.UP), List.of("m4"));
    say("127.0.10.99", 4, Verdict.UP);
    say(Fruit.HOME, 2, Verdict.DOWN);

    assertThat(availability(Fruit.HOME)).isEqualTo(Availability.DOWN);
  }

  @Test
  void aNameIsProbedByItsName() {
    var named =
        new NameMemberSpec(
            "home-lab", Name.parse("Www.CDN.example.net"), 1, true, null, 0, "file", 1, null);
    ServiceSpec fruit = Fruit.service(Fruit.FRUIT);
    PoolSpec pool = fruit.pools().getFirst();
    var pools =
        List.of(
            new PoolSpec(pool.name(), 10, pool.algorithm(), true, List.of(), null, List.of(named)));
    var service =
        new ServiceSpec(
            fruit.name(), List.of(), 2, 1, List.of("apple"), fruit.downResponse(), pools);
    load(Fruit.config(List.of(service), AnswerWhenUnknown.LAST), List.of());

    Target target = target("www.cdn.example.net", 8080);
    assertThat(target.place()).isEqualTo(new Place.Named("www.cdn.example.net"));
    assertThat(((Check.Http) target.check()).host()).isEqualTo("www.cdn.example.net");
    assertThat(TargetKey.words(target)).isEqualTo("www.cdn.example.net:8080 http GET /apple");
  }

  @Test
  void aWarningIsNoVerdict() {
    load(Fruit.config(), List.of());
    Target target = target(Fruit.HOME, 8080);
    say(Fruit.HOME, 8080, Verdict.UP);
    Published before = now;
    var warned =
        new TargetStatus(
            Verdict.UP, Verdict.UNKNOWN, NOON, "fine", "its certificate ends soon", false);
    now = fold.apply(now, List.of(new HealthChanged(target, "self", warned)));

    assertThat(now.snapshot()).isSameAs(before.snapshot());
    assertThat(now.model().health()).containsEntry(target, warned);
  }

  private static ServiceSpec withThreeMonitors(int required) {
    ServiceSpec fruit = Fruit.service(Fruit.FRUIT, Fruit.HOME, Fruit.REMOTE);
    return new ServiceSpec(
        fruit.name(),
        fruit.aliases(),
        fruit.ttlSeconds(),
        fruit.answers(),
        List.of("m1", "m2", "m3"),
        fruit.downResponse(),
        fruit.pools(),
        fruit.poolSelection(),
        fruit.minMembersUp(),
        fruit.clientSubnet(),
        fruit.privateClients(),
        required);
  }

  /** With monitors m1 to m4, of the ports 1 to 4. */
  private void load(FairleadConfig config, List<String> monitorsOfHome) {
    var monitors = new ArrayList<>(config.monitors());
    for (int port = 1; port <= 4; port++) {
      monitors.add(
          new MonitorSpec(
              "m" + port,
              port,
              new MonitorSpec.Type.Tcp(),
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              2,
              2));
    }
    var home =
        new SiteSpec("home-lab", null, true, monitorsOfHome, InetAddress.ofLiteral("127.0.10.99"));
    var loaded =
        new FairleadConfig(
            config.node(),
            config.listen(),
            config.admin(),
            config.zones(),
            List.of(home, new SiteSpec("remote-site", null, true)),
            monitors,
            config.services(),
            null);
    now = fold.apply(now, List.of(new ConfigLoaded(loaded, "", List.of(), NOON)));
  }

  private void say(String address, int port, Verdict verdict) {
    var status = new TargetStatus(verdict, NOON, "said so");
    now = fold.apply(now, List.of(new HealthChanged(target(address, port), "self", status)));
  }

  private Target target(String address, int port) {
    return now.plan().targets().stream()
        .filter(target -> target.where().equals(address + ":" + port))
        .findFirst()
        .orElseThrow();
  }

  private Availability availability(String address) {
    return now.plan()
        .allMembers()
        .filter(member -> member.member().target().equals(address))
        .map(now::availability)
        .findFirst()
        .orElseThrow();
  }
}
