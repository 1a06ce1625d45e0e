package io.fairlead.policy;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.ClientGroup;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.Network;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.TopologySpec;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Any service at any liveness: the cases that nobody thinks of, from a seed. */
public final class RandomService {
  private static final List<DownResponse> DOWN_RESPONSES =
      List.of(
          new DownResponse.None(),
          new DownResponse.NoData(),
          new DownResponse.Servfail(),
          new DownResponse.AllRecords(),
          new DownResponse.FallbackAddress(
              (Inet4Address) TestService.address("198.51.100.9"), null),
          new DownResponse.Cname(Name.parse("sorry.example.com")));

  private static final Algorithm.HashMask MASK = new Algorithm.HashMask(20, 48);

  private static final List<String> CODES = List.of("AA", "BB", "CC");

  private final RandomGenerator random;
  private final Map<String, Location> sites = new HashMap<>();
  private GeoData geo = GeoData.NONE;

  public RandomService(RandomGenerator random) {
    this.random = random;
  }

  /** Another set of places, for the services that follow. */
  public void elsewhere() throws Exception {
    var lines = new LinkedHashMap<String, String>();
    int count = random.nextInt(60);
    for (int i = 0; i < count; i++) {
      var network = network();
      lines.put(network.toString(), network + "," + place());
    }
    geo = TestGeo.of(lines.values().toArray(String[]::new));
    sites.clear();
    for (int i = 1; i < 100; i += 1 + random.nextInt(3)) {
      sites.put("site-" + i, location());
    }
  }

  /** A client whose resolver names a subnet of any length, near the networks that matter. */
  public static Client client(RandomGenerator random) {
    var client = new Client();
    client.resolver().setIpv4(0xcb007135, 32); // 203.0.113.53
    var subnet = new Address();
    if (random.nextInt(3) == 0) {
      subnet.setIpv6(0x20010db8L << 32 | few(random), random.nextLong(), 128);
      client.subnet().set(subnet.truncated(1 + random.nextInt(128)));
    } else {
      subnet.setIpv4(10 << 24 | few(random), 32);
      client.subnet().set(subnet.truncated(1 + random.nextInt(32)));
    }
    client.useSubnet();
    return client;
  }

  /** 24 bits of which few are set, so that prefixes nest and touch. */
  private static int few(RandomGenerator random) {
    int bits = 0;
    for (int i = random.nextInt(8); i > 0; i--) {
      bits |= 1 << random.nextInt(24);
    }
    return bits;
  }

  private Network network() {
    var client = client(random).subnet();
    int bits = Math.min(client.prefixLength(), client.family() == Address.IPV4 ? 32 : 96);
    return new Network(client.truncated(bits).toInetAddress(), bits);
  }

  private String place() {
    String where =
        random.nextBoolean() ? "," : random.nextInt(-90, 91) + "," + random.nextInt(-180, 181);
    return where
        + ","
        + CODES.get(random.nextInt(3))
        + ","
        + CODES.get(random.nextInt(3))
        + ",,,"
        + random.nextInt(1, 4)
        + ",";
  }

  private Location location() {
    return new Location(random.nextInt(-90, 91), random.nextInt(-180, 181));
  }

  private Algorithm algorithm() {
    return switch (random.nextInt(6)) {
      case 0 -> new Algorithm.RoundRobin();
      case 1 -> new Algorithm.PreferenceOrder();
      case 2 -> new Algorithm.ConsistentHash(MASK);
      case 3 -> new Algorithm.Geo(new Algorithm.Fallback.RoundRobin());
      case 4 -> new Algorithm.Geo(new Algorithm.Fallback.ConsistentHash(MASK));
      default -> new Algorithm.Topology(topology());
    };
  }

  private TopologySpec topology() {
    var rules = new ArrayList<TopologySpec.Rule>();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      var prefer = new ArrayList<String>();
      for (int site = random.nextInt(4); site > 0; site--) {
        prefer.add("site-" + (1 + random.nextInt(20)));
      }
      rules.add(new TopologySpec.Rule(when(), prefer, random.nextInt(3) == 0));
    }
    return new TopologySpec("topology", rules);
  }

  private TopologySpec.When when() {
    List<ClientGroup> groups =
        random.nextInt(3) > 0
            ? List.of()
            : List.of(new ClientGroup("group", List.of(network(), network())));
    return new TopologySpec.When(
        groups,
        random.nextInt(4) > 0 ? List.of() : List.of(network()),
        random.nextBoolean() ? Set.of() : Set.of(CODES.get(random.nextInt(3))),
        random.nextBoolean() ? Set.of() : Set.of(CODES.get(random.nextInt(3))),
        Set.of(),
        Set.of(),
        random.nextInt(4) > 0 ? Set.of() : Set.of(random.nextLong(1, 4)),
        Set.of());
  }

  public TestService next() {
    var pools = new ArrayList<PoolSpec>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      pools.add(pool("pool-" + i));
    }
    var service =
        TestService.of(pools.toArray(PoolSpec[]::new))
            .answers(random.nextInt(5))
            .minMembersUp(1 + random.nextInt(4))
            .clientSubnet(random.nextInt(8) > 0)
            .in(sites, geo)
            .whenDown(DOWN_RESPONSES.get(random.nextInt(DOWN_RESPONSES.size())));
    if (random.nextInt(4) == 0) {
      service.privateClients(network().toString());
    }
    if (random.nextInt(4) == 0) {
      service.poolsByDistance();
    }
    boolean bad = random.nextInt(4) == 0;
    for (PoolSpec pool : pools) {
      for (MemberSpec member : pool.members()) {
        service.set(member.address(), availability(bad));
      }
    }
    return service;
  }

  private PoolSpec pool(String name) {
    var members = new ArrayList<MemberSpec>();
    int count = 1 + random.nextInt(6);
    int maxWeight = random.nextBoolean() ? 4 : MemberSpec.MAX_WEIGHT;
    for (int i = 0; i < count; i++) {
      members.add(member(1 + random.nextInt(maxWeight)));
    }
    return new PoolSpec(
        name,
        random.nextInt(3) * 10,
        algorithm(),
        random.nextInt(8) > 0,
        members,
        random.nextInt(3) == 0 ? null : location(),
        List.of());
  }

  private MemberSpec member(int weight) {
    int host = 1 + random.nextInt(20);
    String network = random.nextInt(3) == 0 ? "2001:db8::" : "192.0.2.";
    return new MemberSpec(
        "site-" + host,
        TestService.address(network + host),
        weight,
        random.nextInt(8) > 0,
        null,
        0,
        "file",
        1 + random.nextInt(3),
        random.nextInt(8) == 0 ? location() : null,
        random.nextInt(4) == 0 ? TestService.address(network + (200 + host)) : null);
  }

  private Availability availability(boolean bad) {
    var all = Availability.values();
    return bad
        ? all[2 + random.nextInt(all.length - 2)]
        : random.nextInt(3) > 0 ? Availability.UP : all[random.nextInt(all.length)];
  }
}
