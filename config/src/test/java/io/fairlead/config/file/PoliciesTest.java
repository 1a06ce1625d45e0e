package io.fairlead.config.file;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.geo.GeoAttribute;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.ClientGroup;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.Failback;
import io.fairlead.policy.spec.GeoDatabaseSpec;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.NameMemberSpec;
import io.fairlead.policy.spec.Network;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.ServiceSpec.PoolSelection;
import io.fairlead.policy.spec.TopologySpec;
import io.fairlead.policy.spec.TopologySpec.When;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the policies of a good file become. */
class PoliciesTest {
  private static final ClientGroup OFFICES =
      new ClientGroup("offices", List.of(network("10.0.0.0/8"), network("2001:db8:aa::/48")));

  @TempDir Path folder;

  @Test
  void aServiceOfPoolsByDistanceArrives() {
    FairleadConfig config = Loads.complete(folder);

    var vip =
        new MemberSpec(
            "oslo",
            InetAddress.ofLiteral("10.1.1.1"),
            1,
            true,
            null,
            0,
            "file",
            1,
            new Location(1, 2),
            InetAddress.ofLiteral("203.0.113.1"));
    var plain =
        new MemberSpec("oslo", InetAddress.ofLiteral("192.0.2.2"), 1, true, null, 0, "file");
    var fallback = new Algorithm.Fallback.ConsistentHash(new Algorithm.HashMask(20, 48));
    var sticky = new Algorithm.ConsistentHash(new Algorithm.HashMask(16, 40));
    assertThat(config.services().get(1))
        .isEqualTo(
            new ServiceSpec(
                Name.parse("near.gslb.example.com"),
                List.of(),
                30,
                1,
                List.of(),
                new DownResponse.FallbackAddress(
                    Inet4Address.ofLiteral("198.51.100.9"),
                    (Inet6Address) InetAddress.ofLiteral("2001:db8:ff::9")),
                List.of(
                    new PoolSpec(
                        "nearest",
                        10,
                        new Algorithm.Geo(fallback),
                        true,
                        List.of(vip),
                        new Location(50, 8),
                        List.of()),
                    new PoolSpec("sticky", 10, sticky, true, List.of(plain))),
                PoolSelection.GEO,
                3,
                true,
                OFFICES,
                ServiceSpec.ALL_MONITORS));
  }

  @Test
  void membersThatAreNamesArriveWithTheirRules() {
    ServiceSpec service = Loads.complete(folder).services().get(2);

    assertThat(service.downResponse())
        .isEqualTo(new DownResponse.Cname(Name.parse("sorry.example.com")));
    assertThat(service.clientSubnet()).as("as geo says").isFalse();
    PoolSpec ruled = service.pools().getFirst();
    assertThat(ruled.members()).isEmpty();
    assertThat(ruled.names())
        .containsExactly(
            new NameMemberSpec(
                "oslo",
                Name.parse("a.cdn.example.net"),
                1,
                true,
                "a.example.net",
                0,
                "file",
                1,
                null));
    var when =
        new When(
            List.of(OFFICES),
            List.of(network("192.0.2.0/24"), network("192.0.2.7")),
            Set.of("AS"),
            Set.of("DE", "no"),
            Set.of("GB-ENG", "03"),
            Set.of("Dublin"),
            Set.of(64500L, 4294967295L),
            Set.of("office"));
    assertThat(ruled.algorithm())
        .isEqualTo(
            new Algorithm.Topology(
                new TopologySpec(
                    "rules",
                    List.of(
                        new TopologySpec.Rule(when, List.of("oslo"), true),
                        new TopologySpec.Rule(When.ALWAYS, List.of("oslo"), false)))));
    PoolSpec ladder = service.pools().getLast();
    assertThat(ladder.algorithm()).isEqualTo(new Algorithm.PreferenceOrder());
    assertThat(ladder.names().getFirst().preference()).isEqualTo(128);
    assertThat(ruled.failback()).isEqualTo(new Failback(true, Duration.ZERO, Duration.ZERO));
    assertThat(ladder.failback())
        .isEqualTo(new Failback(false, Duration.ofMinutes(5), Duration.ofMinutes(2)));
  }

  @Test
  void databasesAreBesideTheFileThatNamesThem() {
    FairleadConfig config = Loads.complete(folder);

    assertThat(config.geoDatabases())
        .containsExactly(new GeoDatabaseSpec(folder.resolve("networks.csv"), 20));
    assertThat(config.geoAttributes()).isEqualTo(GeoAttribute.ALL);
  }

  @Test
  void whatIsNotSaidHasItsDefault() {
    FairleadConfig config = Loads.config(folder, Loads.SMALLEST);
    assertThat(config.geoDatabases()).isEmpty();
    assertThat(config.geoAttributes()).isEmpty();
    ServiceSpec service = config.services().getFirst();
    assertThat(service.poolSelection()).isEqualTo(PoolSelection.PRIORITY);
    assertThat(service.minMembersUp()).isEqualTo(1);
    assertThat(service.clientSubnet()).isTrue();
    assertThat(service.privateClients()).isNull();

    String sticky =
        Loads.SMALLEST.replace("members:", "algorithm: consistent-hash\n        members:");
    assertThat(Loads.config(folder, sticky).services().getFirst().pools().getFirst().algorithm())
        .isEqualTo(new Algorithm.ConsistentHash(new Algorithm.HashMask(24, 56)));
  }

  @Test
  void privateClientsWithoutAPublicAddressAreWorthAWord() {
    String text =
        Loads.SMALLEST.replace("    pools:", "    privateClients: inside\n    pools:")
            + "clientGroups: [ { name: inside, networks: [10.0.0.0/8] } ]\n";

    assertThat(Loads.lines(Loads.loaded(folder, text).warnings()))
        .endsWith("no member has a publicAddress, so all clients get the same");
  }

  /** Only what is asked is kept of a large database. */
  @Test
  void onlyTheAttributesThatRulesNameAreAsked() {
    String text =
        Loads.resource("complete.yaml").replace("algorithm: topology", "algorithm: round-robin");
    Loads.complete(folder); // writes the database
    String unruled = text.replace("        topology: rules\n", "");

    assertThat(Loads.config(folder, unruled).geoAttributes())
        .containsExactly(GeoAttribute.LOCATION);
    assertThat(requireNonNull(Loads.config(folder, unruled).services().get(1).privateClients()))
        .isEqualTo(OFFICES);
  }

  private static Network network(String text) {
    return Network.parse(text);
  }
}
