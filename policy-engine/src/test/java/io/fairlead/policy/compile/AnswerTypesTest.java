package io.fairlead.policy.compile;

import static io.fairlead.policy.TestService.address;
import static io.fairlead.policy.TestService.member;
import static io.fairlead.policy.TestService.pool;
import static io.fairlead.policy.TestService.preferred;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredBinding;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.policy.RandomService;
import io.fairlead.policy.Sample;
import io.fairlead.policy.TestGeo;
import io.fairlead.policy.TestService;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.AnswerTypes;
import io.fairlead.policy.spec.AnswerTypes.Binding;
import io.fairlead.policy.spec.AnswerTypes.Server;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.NameMemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.TopologySpec;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** HTTPS, SVCB and SRV: they lead where A and AAAA of the same client do. */
class AnswerTypesTest {
  private static final Binding HTTPS =
      new Binding(RrType.HTTPS, 1, List.of(), true, Binding.DEFAULT_PORT, true);

  private static final AnswerTypes WITH_HTTPS = new AnswerTypes(true, true, List.of(HTTPS), null);

  private static final Algorithm HASH =
      new Algorithm.ConsistentHash(new Algorithm.HashMask(24, 56));

  private static final Map<String, Location> SITES =
      Map.of("oslo", new Location(59.91, 10.75), "lima", new Location(-12.05, -77.04));

  private static TestService everywhere(Algorithm algorithm) {
    return TestService.of(
            pool(
                "main",
                10,
                algorithm,
                member("oslo", "192.0.2.1", 3),
                member("lima", "192.0.2.2", 1),
                member("oslo", "192.0.2.3", 1),
                member("oslo", "2001:db8::1", 3),
                member("lima", "2001:db8::2", 1)))
        .types(WITH_HTTPS);
  }

  /** The last octets of the hints of both families, in order: "13 1". */
  private static String hints(TestService service, Client client) {
    SteeredBinding binding = service.compileAll().bindings().getFirst();
    var text = new ArrayList<String>();
    for (int i = 0; i < binding.families(); i++) {
      SteeredRrSet family = binding.family(i);
      text.add(TestService.lastOctets(family, service.ask(family, client)));
    }
    return String.join(" ", text);
  }

  private static String hints(TestService service) {
    return hints(service, TestService.resolver("198.51.100.7"));
  }

  @Test
  void roundRobinTellsAllThatAreUpInTheOrderOfTheirTurns() {
    var service = everywhere(new Algorithm.RoundRobin());
    assertThat(hints(service)).isEqualTo("123 12");
    assertThat(hints(service)).as("the next turn is oslo's again").isEqualTo("123 12");
    service.set("192.0.2.1", Availability.DOWN);
    assertThat(hints(service)).isEqualTo("23 12");
  }

  @Test
  void askingForHintsSpendsNoTurnOfTheAddresses() {
    var service = everywhere(new Algorithm.RoundRobin());
    String before = everywhere(new Algorithm.RoundRobin()).answersTo(6);
    hints(service);
    hints(service);
    assertThat(service.answersTo(6)).isEqualTo(before);
  }

  /** The hash sends a client to one site, and there both families have their only hint. */
  @Test
  void consistentHashTellsThisClientsOwnAddressAlone() {
    var service = everywhere(HASH);
    for (int i = 0; i < 200; i++) {
      var client = TestService.subnet("10.0." + i + ".0/24");
      String a = TestService.lastOctets(service.rrset(RrType.A), ask(service, RrType.A, client));
      String aaaa =
          TestService.lastOctets(service.rrset(RrType.AAAA), ask(service, RrType.AAAA, client));
      assertThat(hints(service, client)).isEqualTo(a + " " + aaaa);
    }
  }

  private static Choice ask(TestService service, int type, Client client) {
    return service.ask(service.rrset(type), client);
  }

  @Test
  void geoTellsTheNearestLocation() throws Exception {
    var service =
        everywhere(new Algorithm.Geo(new Algorithm.Fallback.RoundRobin()))
            .in(SITES, TestGeo.of("10.1.0.0/16,60,11,,,,,,", "10.2.0.0/16,-12,-77,,,,,,"));
    assertThat(hints(service, TestService.subnet("10.1.0.0/24"))).isEqualTo("13 1");
    assertThat(hints(service, TestService.subnet("10.2.0.0/24"))).isEqualTo("2 2");
    assertThat(hints(service, TestService.subnet("10.3.0.0/24"))).isEqualTo("123 12");
  }

  @Test
  void topologyTellsThePreferredSite() {
    var rule = new TopologySpec.Rule(TopologySpec.When.ALWAYS, List.of("lima", "oslo"), false);
    var service =
        everywhere(new Algorithm.Topology(new TopologySpec("south-first", List.of(rule))));
    assertThat(hints(service)).isEqualTo("2 2");
    service.set("192.0.2.2", Availability.DOWN);
    assertThat(hints(service)).as("each family for itself").isEqualTo("13 2");
  }

  @Test
  void preferenceOrderTellsTheFirstTier() {
    var service =
        TestService.of(
                pool(
                    "main",
                    10,
                    new Algorithm.PreferenceOrder(),
                    preferred("oslo", "192.0.2.1", 1, 1),
                    preferred("oslo", "192.0.2.2", 1, 1),
                    preferred("lima", "192.0.2.3", 1, 2)))
            .types(WITH_HTTPS);
    assertThat(hints(service)).isEqualTo("12");
    service.set("192.0.2.1", Availability.DOWN).set("192.0.2.2", Availability.DOWN);
    assertThat(hints(service)).isEqualTo("3");
  }

  @Test
  void poolsThatShareAreAllTold() {
    var service =
        TestService.of(
                pool("p", 10, member("oslo", "192.0.2.1", 1)),
                pool("q", 10, HASH, member("lima", "192.0.2.2", 1), member("x", "192.0.2.3", 1)),
                pool("backup", 5, member("oslo", "192.0.2.4", 1)))
            .types(WITH_HTTPS);
    var client = TestService.subnet("10.0.0.0/24");
    assertThat(hints(service, client)).hasSize(2).contains("1").containsAnyOf("2", "3");
    assertThat(hints(service, client)).doesNotContain("4");
  }

  record Down(DownResponse response, String hints) {}

  static final List<Down> DOWN =
      List.of(
          new Down(new DownResponse.AllRecords(), "123 12"),
          new Down(new DownResponse.NoData(), " "),
          new Down(
              new DownResponse.FallbackAddress((Inet4Address) address("198.51.100.9"), null), "9 "),
          new Down(new DownResponse.None(), " "),
          new Down(new DownResponse.Servfail(), " "));

  @ParameterizedTest
  @FieldSource("DOWN")
  void theDownResponseIsTheBindingsToo(Down down) {
    var service = everywhere(new Algorithm.RoundRobin()).whenDown(down.response());
    for (String member : List.of("192.0.2.1", "192.0.2.2", "192.0.2.3")) {
      service.set(member, Availability.DOWN);
    }
    service.set("2001:db8::1", Availability.DOWN).set("2001:db8::2", Availability.DOWN);
    assertThat(hints(service).replace("231", "123").replace("312", "123").replace("21", "12"))
        .isEqualTo(down.hints());
  }

  /**
   * For any service and any client: whatever it may get for A and AAAA is what its HTTPS tells. An
   * address in two pools is left out: which of the pools gives it depends on the turn.
   */
  @Test
  void whatAClientGetsIsWhatItIsTold() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var services = new RandomService(random);
    int compared = 0;
    for (int i = 0; i < Sample.of(2_000, 100_000); i++) {
      if (i % 500 == 0) {
        services.elsewhere();
      }
      var service = services.next().types(WITH_HTTPS);
      var client = RandomService.client(random);
      var compiled = service.compileAll();
      if (compiled.bindings().isEmpty() || hasAnAddressInTwoPools(service)) {
        continue;
      }
      var binding = compiled.bindings().getFirst();
      for (int f = 0; f < binding.families(); f++) {
        var hints = binding.family(f);
        var all = service.ask(hints, client);
        var told = taken(hints, all);
        var rrset = compiled.rrsets().get(f);
        assertThat(rrset.type()).isEqualTo(hints.type());
        for (int turn = 0; turn < 5; turn++) {
          var one = service.ask(rrset, client);
          if (one.extendedError() == all.extendedError()) {
            assertThat(told).as("seed %d, service %d", seed, i).containsAll(taken(rrset, one));
            compared++;
          }
        }
      }
    }
    assertThat(compared).isPositive();
  }

  private static boolean hasAnAddressInTwoPools(TestService service) {
    var seen = new HashSet<InetAddress>();
    return service.spec().pools().stream()
        .flatMap(pool -> pool.members().stream().map(MemberSpec::address).distinct())
        .anyMatch(address -> !seen.add(address));
  }

  private static Set<String> taken(SteeredRrSet rrset, Choice choice) {
    var taken = new HashSet<String>();
    for (int i = 0; i < choice.count(); i++) {
      taken.add(TestService.text(rrset.record(choice.record(i))));
    }
    return taken;
  }

  @ParameterizedTest
  @CsvSource({"true, false, A", "false, true, AAAA", "true, true, A AAAA"})
  void typesThatAreLeftOutHaveNoRrset(boolean ipv4, boolean ipv6, String types) {
    var service =
        everywhere(new Algorithm.RoundRobin())
            .types(new AnswerTypes(ipv4, ipv6, List.of(HTTPS), null));
    assertThat(service.compile().stream().map(rrset -> RrType.text(rrset.type())))
        .containsExactly(types.split(" "));
    assertThat(service.compileAll().bindings().getFirst().families())
        .isEqualTo(types.split(" ").length);
  }

  @ParameterizedTest
  @CsvSource({
    // priority, alpn, default, port: RDATA up to the hints
    "1,     '',     true,  0,    0001 00",
    "65535, '',     true,  443,  ffff 00 0003 0002 01bb",
    "1,     h2,     true,  0,    0001 00 0001 0003 02 6832",
    "2,     h3 h2,  false, 8443, 0002 00 0001 0006 02 6833 02 6832 0002 0000 0003 0002 20fb"
  })
  void parametersStandInTheOrderOfTheirKeys(
      int priority, String alpn, boolean defaultAlpn, int port, String rdata) {
    List<String> protocols = alpn.isEmpty() ? List.of() : List.of(alpn.split(" "));
    var binding = new Binding(RrType.HTTPS, priority, protocols, defaultAlpn, port, true);
    assertThat(HexFormat.of().formatHex(Bindings.head(binding))).isEqualTo(rdata.replace(" ", ""));
  }

  private static final Server SIP = new Server(10, 5060);

  private static NameMemberSpec named(String site, String hostname, int weight) {
    return new NameMemberSpec(site, Name.parse(hostname), weight, true, null, 0, "file", 1, null);
  }

  private static PoolSpec names(int priority, Algorithm algorithm, NameMemberSpec... members) {
    return new PoolSpec(
        "names-" + priority, priority, algorithm, true, List.of(), null, List.of(members));
  }

  private static List<String> servers(TestService service, Client client) {
    var rrset = service.rrset(RrType.SRV);
    var choice = service.ask(rrset, client);
    var text = new ArrayList<String>();
    for (int i = 0; i < choice.count(); i++) {
      byte[] rdata = rrset.record(choice.record(i)).rdata();
      var name = Name.ofWire(Arrays.copyOfRange(rdata, 6, rdata.length));
      text.add(HexFormat.of().formatHex(rdata, 0, 6) + " " + name);
    }
    return text;
  }

  @Test
  void srvTellsEachNameThatIsUpWithItsWeight() {
    var service =
        TestService.of(
                names(
                    20,
                    new Algorithm.RoundRobin(),
                    named("oslo", "sip1.example.net", 8),
                    named("lima", "sip2.example.net", 2)),
                names(10, new Algorithm.RoundRobin(), named("x", "backup.example.net", 1)))
            .types(new AnswerTypes(false, false, List.of(), SIP));
    assertThat(service.compile()).hasSize(1);
    assertThat(servers(service, new Client()))
        .containsExactlyInAnyOrder(
            "000a000813c4 sip1.example.net", "000a000213c4 sip2.example.net");
  }

  @Test
  void srvOfAHashIsTheClientsOwnServer() {
    var service =
        TestService.of(
                names(20, HASH, named("a", "a.example.net", 1), named("b", "b.example.net", 1)))
            .types(new AnswerTypes(false, false, List.of(), SIP));
    var seen = new HashSet<String>();
    for (int i = 0; i < 100; i++) {
      var client = TestService.subnet("10.0." + i + ".0/24");
      assertThat(servers(service, client)).hasSize(1).isEqualTo(servers(service, client));
      seen.addAll(servers(service, client));
    }
    assertThat(seen).hasSize(2);
  }

  @Test
  void srvOfAddressesIsTheServicesOwnName() {
    var types = new AnswerTypes(true, true, List.of(), SIP);
    var service = everywhere(new Algorithm.RoundRobin()).types(types);
    String self = "000a000013c4 " + TestService.NAME;
    assertThat(servers(service, new Client())).containsExactly(self);

    var fallback = new DownResponse.FallbackAddress((Inet4Address) address("198.51.100.9"), null);
    for (String member : List.of("192.0.2.1", "192.0.2.2", "192.0.2.3")) {
      service.set(member, Availability.DOWN);
    }
    assertThat(servers(service, new Client())).as("IPv6 is up").containsExactly(self);
    service.set("2001:db8::1", Availability.DOWN).set("2001:db8::2", Availability.DOWN);
    assertThat(servers(service.whenDown(fallback), new Client())).containsExactly(self);
    assertThat(servers(service.whenDown(new DownResponse.NoData()), new Client())).isEmpty();
    assertThat(servers(service.whenDown(new DownResponse.AllRecords()), new Client()))
        .containsExactly(self);
  }

  @ParameterizedTest
  @CsvSource({"false, -1, 30", "true, -1, 30", "false, 5, 30", "true, 5, 5", "true, 0, 0"})
  void theTtlIsLowerWhileAVerdictIsInDoubt(boolean inDoubt, int doubtTtl, int ttl) {
    var service = everywhere(HASH).inDoubt(inDoubt, doubtTtl);
    for (int type : new int[] {RrType.A, RrType.AAAA}) {
      assertThat(service.ask(service.rrset(type)).ttlSeconds()).isEqualTo(ttl);
    }
    var hints = service.compileAll().bindings().getFirst().family(0);
    assertThat(service.ask(hints).ttlSeconds()).isEqualTo(ttl);
    boolean lowered = ttl < 30;
    assertThat(service.explained(new Client()))
        .filteredOn(line -> line.contains("dynamicTtl"))
        .hasSize(lowered ? 1 : 0);
  }
}
