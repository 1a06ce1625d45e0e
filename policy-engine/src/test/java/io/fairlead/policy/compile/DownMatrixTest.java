package io.fairlead.policy.compile;

import static io.fairlead.policy.TestService.address;
import static io.fairlead.policy.TestService.pool;
import static io.fairlead.policy.TestService.preferred;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.policy.TestService;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.AnswerTypes;
import io.fairlead.policy.spec.AnswerTypes.Server;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.TopologySpec;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every down response says to every type, whatever the algorithm: all members are down. */
class DownMatrixTest {
  private static final Algorithm.HashMask MASK = new Algorithm.HashMask(24, 56);

  private static final Map<String, Algorithm> ALGORITHMS =
      Map.of(
          "round-robin", new Algorithm.RoundRobin(),
          "preference-order", new Algorithm.PreferenceOrder(),
          "consistent-hash", new Algorithm.ConsistentHash(MASK),
          "geo", new Algorithm.Geo(new Algorithm.Fallback.RoundRobin()),
          "geo with a hash", new Algorithm.Geo(new Algorithm.Fallback.ConsistentHash(MASK)),
          "topology", new Algorithm.Topology(rules(false)),
          "strict topology", new Algorithm.Topology(rules(true)));

  private static final Map<String, DownResponse> RESPONSES =
      Map.of(
          "none", new DownResponse.None(),
          "no-data", new DownResponse.NoData(),
          "servfail", new DownResponse.Servfail(),
          "all-records", new DownResponse.AllRecords(),
          "IPv4 fallback",
              new DownResponse.FallbackAddress((Inet4Address) address("198.51.100.9"), null),
          "both fallbacks",
              new DownResponse.FallbackAddress(
                  (Inet4Address) address("198.51.100.9"), (Inet6Address) address("2001:db8::9")),
          "cname", new DownResponse.Cname(Name.parse("sorry.example.net")));

  private static TopologySpec rules(boolean strict) {
    return new TopologySpec(
        "rules",
        List.of(new TopologySpec.Rule(TopologySpec.When.ALWAYS, List.of("oslo", "lima"), strict)));
  }

  private static final MemberSpec[] MEMBERS = {
    preferred("oslo", "192.0.2.1", 1, 1),
    preferred("lima", "192.0.2.2", 1, 2),
    preferred("oslo", "2001:db8::1", 1, 1),
    preferred("lima", "2001:db8::2", 1, 2)
  };

  @ParameterizedTest(name = "{0}: A {1}, AAAA {2}, SRV {3}")
  @CsvSource({
    "none,           DROP,              DROP,                           DROP",
    "no-data,        NODATA,            NODATA,                         NODATA",
    "servfail,       SERVFAIL,          SERVFAIL,                       SERVFAIL",
    "all-records,    192.0.2.1 192.0.2.2, 2001:db8:0:0:0:0:0:1 2001:db8:0:0:0:0:0:2, own name",
    "IPv4 fallback,  198.51.100.9,      NODATA,                         own name",
    "both fallbacks, 198.51.100.9,      2001:db8:0:0:0:0:0:9,           own name",
    "cname,          sorry.example.net, sorry.example.net,              sorry.example.net",
  })
  void theResponseIsTheSameForEveryAlgorithm(String response, String a, String aaaa, String srv) {
    DownResponse down = Objects.requireNonNull(RESPONSES.get(response), response);
    ALGORITHMS.forEach(
        (name, algorithm) -> {
          var service = allDown(algorithm, down);
          assertThat(said(service, RrType.A)).as(name).isEqualTo(a);
          assertThat(said(service, RrType.AAAA)).as(name).isEqualTo(aaaa);
          assertThat(said(service, RrType.SRV)).as(name).isEqualTo(srv);
        });
  }

  private static TestService allDown(Algorithm algorithm, DownResponse response) {
    var service =
        TestService.of(pool("main", 10, algorithm, MEMBERS))
            .types(new AnswerTypes(true, true, List.of(), new Server(0, 5060)))
            .whenDown(response);
    for (MemberSpec member : MEMBERS) {
      service.set(member.address(), Availability.DOWN);
    }
    return service;
  }

  private static String said(TestService service, int type) {
    SteeredRrSet rrset = service.rrset(type);
    Choice choice = service.ask(rrset, new Client());
    assertThat(choice.extendedError()).isEqualTo(22);
    if (choice.outcome() != Choice.Outcome.RECORDS) {
      return choice.outcome().name();
    }
    var taken = new String[choice.count()];
    for (int i = 0; i < taken.length; i++) {
      var record = rrset.record(choice.record(i));
      taken[i] = record.type() == RrType.SRV ? "own name" : TestService.text(record);
    }
    Arrays.sort(taken);
    return taken.length == 0 ? "NODATA" : String.join(" ", taken);
  }

  /** minMembersUp gathers pools of 30, 20, 20 and 10, with two, one, two and three members. */
  @ParameterizedTest(name = "up {0}, wanted {1}: pools {2}")
  @CsvSource({
    // who is up in each pool, minMembersUp, pools that answer
    "2 1 2 3, 1, a",
    "2 1 2 3, 2, a",
    "2 1 2 3, 3, a b c",
    "2 1 2 3, 5, a b c",
    "2 1 2 3, 6, a b c d",
    "2 1 2 3, 8, a b c d",
    "2 1 2 3, 99, a b c d",
    "1 1 2 3, 1, a",
    "1 1 2 3, 2, a b c",
    "0 1 2 3, 1, b c",
    "0 1 2 3, 3, b c",
    "0 1 2 3, 4, b c d",
    "0 1 0 3, 1, b",
    "0 0 2 3, 1, c",
    "0 0 2 3, 3, c d",
    "2 0 0 3, 3, a d",
    "0 0 0 3, 1, d",
    "0 0 0 1, 9, d",
    "1 0 0 0, 9, a",
    "0 0 0 0, 1, ''",
  })
  void poolsJoinByFallingPriority(String up, int wanted, String pools) {
    int[] priorities = {30, 20, 20, 10};
    int[] sizes = {2, 1, 2, 3};
    var specs = new PoolSpec[4];
    for (int p = 0; p < 4; p++) {
      var members = new MemberSpec[sizes[p]];
      for (int m = 0; m < members.length; m++) {
        members[m] = TestService.member("oslo", "192.0." + p + "." + m, 1);
      }
      specs[p] = pool(String.valueOf((char) ('a' + p)), priorities[p], members);
    }
    var service =
        TestService.of(specs).minMembersUp(wanted).answers(20).whenDown(new DownResponse.NoData());
    String[] counts = up.split(" ", -1);
    for (int p = 0; p < 4; p++) {
      for (int m = Integer.parseInt(counts[p]); m < sizes[p]; m++) {
        service.set("192.0." + p + "." + m, Availability.DOWN);
      }
    }
    var rrset = service.rrset(RrType.A);
    var choice = service.ask(rrset);
    var found = new TreeSet<String>();
    for (int i = 0; i < choice.count(); i++) {
      String text = TestService.text(rrset.record(choice.record(i)));
      found.add(String.valueOf((char) ('a' + text.charAt(6) - '0')));
    }
    assertThat(String.join(" ", found)).isEqualTo(pools);
  }
}
