package io.fairlead.policy.choose;

import static io.fairlead.policy.TestService.member;
import static io.fairlead.policy.TestService.pool;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.policy.TestGeo;
import io.fairlead.policy.TestService;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.TopologySpec;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A query leaves nothing for the collector, in the interpreter as little as compiled. */
class AllocationTest {
  private static final int QUERIES = 20_000;

  static Stream<Arguments> services() throws Exception {
    return Stream.of(
        Arguments.of("one answer", service().answers(1)),
        Arguments.of("two answers", service().answers(2)),
        Arguments.of("all answers", service().answers(0)),
        Arguments.of("hash, two answers", hashed(3).answers(2)),
        Arguments.of("hash by slots", hashed(100)),
        Arguments.of("preference", TestService.of(preference())),
        Arguments.of("geo", placed(new Algorithm.Geo(new Algorithm.Fallback.RoundRobin()))),
        Arguments.of("topology", placed(new Algorithm.Topology(topology()))),
        Arguments.of("all down, told to be silent", down(new DownResponse.None())),
        Arguments.of("all down, all records", down(new DownResponse.AllRecords())));
  }

  /** Answers that are translated to public addresses, too. */
  private static TestService placed(Algorithm algorithm) throws Exception {
    var member =
        new MemberSpec(
            "oslo",
            TestService.address("192.0.2.1"),
            1,
            true,
            null,
            0,
            "file",
            1,
            null,
            TestService.address("203.0.113.1"));
    return TestService.of(pool("p", 10, algorithm, member, member("tokyo", "192.0.2.2", 1)))
        .in(
            Map.of("oslo", new Location(59.91, 10.75), "tokyo", new Location(35.68, 139.69)),
            TestGeo.of("0.0.0.0/8,51.51,-0.09,EU,GB,ENG,London,,"))
        .privateClients("10.0.0.0/8")
        .answers(2);
  }

  private static TopologySpec topology() {
    return new TopologySpec(
        "t", List.of(new TopologySpec.Rule(TopologySpec.When.ALWAYS, List.of("tokyo"), false)));
  }

  private static TestService hashed(int members) {
    var list = new MemberSpec[members];
    for (int i = 0; i < members; i++) {
      list[i] = member("site-" + i, "192.0.2." + i, 1);
    }
    return TestService.of(
        pool("p", 10, new Algorithm.ConsistentHash(new Algorithm.HashMask(24, 56)), list));
  }

  private static PoolSpec preference() {
    return pool(
        "p",
        10,
        new Algorithm.PreferenceOrder(),
        member("oslo", "192.0.2.1", 8),
        member("dublin", "192.0.2.2", 3));
  }

  private static TestService service() {
    return TestService.of(
        pool(
            "p",
            10,
            member("oslo", "192.0.2.1", 8),
            member("dublin", "192.0.2.2", 3),
            member("tokyo", "192.0.2.3", 1)),
        pool("q", 10, member("lima", "192.0.2.4", 1)));
  }

  private static TestService down(DownResponse response) {
    var service = service().whenDown(response);
    for (int i = 1; i <= 4; i++) {
      service.set("192.0.2." + i, Availability.DOWN);
    }
    return service;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("services")
  void choosingAllocatesNothing(String name, TestService service) {
    var rrset = service.rrset(RrType.A);
    var choice = Choice.silent();
    long least = Long.MAX_VALUE;
    // The JVM itself leaves some octets on a thread whose code it compiles: the quietest round.
    for (int round = 0; round < 10 && least > 0; round++) {
      least = Math.min(least, allocated(service, rrset, choice));
    }
    assertThat(choice.count() > 0 || choice.outcome() == Choice.Outcome.DROP).isTrue();
    assertThat(least).as("%s: octets for %d queries", name, QUERIES).isZero();
  }

  private static long allocated(TestService service, SteeredRrSet rrset, Choice choice) {
    var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var client = new Client();
    var liveness = service.liveness();
    var chooser = rrset.chooser();
    var turn = rrset.turn();
    long before = bean.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < QUERIES; i++) {
      choice.clear(30);
      chooser.choose(client, liveness, turn, choice);
    }
    return bean.getCurrentThreadAllocatedBytes() - before;
  }
}
