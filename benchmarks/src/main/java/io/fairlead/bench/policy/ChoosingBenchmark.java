package io.fairlead.bench.policy;

import io.fairlead.bench.answer.Queries;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turns;
import io.fairlead.dns.count.Counters;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.query.QueryHandler;
import io.fairlead.dns.query.Snapshot;
import io.fairlead.dns.query.SnapshotCell;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.NameServer;
import io.fairlead.dns.zone.ServiceTable;
import io.fairlead.dns.zone.StaticRecord;
import io.fairlead.dns.zone.SteeredService;
import io.fairlead.dns.zone.ZoneCompiler;
import io.fairlead.dns.zone.ZoneSpec;
import io.fairlead.policy.compile.ServiceCompiler;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.TopologySpec;
import io.fairlead.policy.spec.TopologySpec.Rule;
import io.fairlead.policy.spec.TopologySpec.When;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One query of a client from anywhere, from its octets to the reply's, by each algorithm over four
 * sites. What choosing costs is what is on top of {@link #staticRecord} in the same run.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class ChoosingBenchmark {
  private static final Name APEX = Name.parse("gslb.example.com");
  private static final Algorithm.HashMask MASK = new Algorithm.HashMask(24, 56);

  private static final Map<String, Location> SITES =
      Map.of(
          "oslo", new Location(59.91, 10.75),
          "dublin", new Location(53.35, -6.26),
          "virginia", new Location(38.95, -77.45),
          "tokyo", new Location(35.68, 139.69));

  private static final Map<String, Algorithm> ALGORITHMS =
      Map.of(
          "roundrobin", new Algorithm.RoundRobin(),
          "preference", new Algorithm.PreferenceOrder(),
          "hash", new Algorithm.ConsistentHash(MASK),
          "geo", new Algorithm.Geo(new Algorithm.Fallback.ConsistentHash(MASK)),
          "topology", new Algorithm.Topology(rules()));

  /** Networks whose place is known. */
  @Param({"500000"})
  private int networks;

  private final Exchange exchange = Exchange.of(new Counters().newTally());
  private final MemorySegment reply = Arena.global().allocate(Exchange.MAX_MESSAGE);
  private final SplittableRandom random = new SplittableRandom(1);
  private final Queries record = queries("static");
  private final Queries roundRobin = queries("roundrobin");
  private final Queries preference = queries("preference");
  private final Queries hash = queries("hash");
  private final Queries geo = queries("geo");
  private final Queries topology = queries("topology");
  private PacketHandler handler = (_, _, _, _) -> 0;

  private static Queries queries(String name) {
    return new Queries(name, RrType.A, new byte[0]);
  }

  private static TopologySpec rules() {
    return new TopologySpec(
        "rules",
        List.of(
            rule(Set.of("EU", "AF"), Set.of(), "dublin", "oslo"),
            rule(Set.of(), Set.of("JP", "AU"), "tokyo"),
            new Rule(When.ALWAYS, List.of("virginia"), false)));
  }

  private static Rule rule(Set<String> continents, Set<String> countries, String... prefer) {
    var when =
        new When(
            List.of(), List.of(), continents, countries, Set.of(), Set.of(), Set.of(), Set.of());
    return new Rule(when, List.of(prefer), false);
  }

  @Setup
  public void start() {
    GeoData places = Networks.of(networks);
    var compiler =
        new ServiceCompiler((_, address) -> address.hashCode() & 3, new Turns(), SITES, places);
    var numbers = new HashMap<Name, Integer>();
    var services = new HashMap<Integer, SteeredService>();
    ALGORITHMS.forEach(
        (name, algorithm) -> {
          Name service = Queries.name(name, 0);
          numbers.put(service, services.size());
          services.put(
              services.size(), compiler.compile(service(service, algorithm), Liveness.NONE, false));
        });
    var fixed =
        new StaticRecord(Queries.name("static", 0), RrType.A, 30, new byte[] {127, 0, 0, 1});
    var ns = new NameServer(Name.parse("ns.example.net"), List.of());
    var zone = new ZoneSpec(APEX, Name.parse("a.example.net"), List.of(ns), 1, 30, List.of(fixed));
    var cell = new SnapshotCell();
    cell.publish(
        new Snapshot(
            1,
            true,
            ZoneCompiler.compile(List.of(zone), numbers),
            ServiceTable.EMPTY.with(services),
            Liveness.NONE));
    handler = new QueryHandler(cell, EdnsSettings.DEFAULT);
  }

  private static ServiceSpec service(Name name, Algorithm algorithm) {
    var members =
        List.of(member("oslo", 1), member("dublin", 2), member("virginia", 3), member("tokyo", 4));
    var pool = new PoolSpec("main", PoolSpec.DEFAULT_PRIORITY, algorithm, true, members);
    return new ServiceSpec(
        name, List.of(), 30, 1, List.of(), new DownResponse.AllRecords(), List.of(pool));
  }

  private static MemberSpec member(String site, int host) {
    var address = InetAddress.ofLiteral("192.0.2." + host);
    return new MemberSpec(site, address, host, true, null, 0, "benchmark", host, null, null);
  }

  private int respond(Queries queries) {
    MemorySegment query = queries.next(1);
    int client = Networks.address(random.nextInt(networks)) | random.nextInt(256);
    exchange.client().resolver().setIpv4(client, 32);
    return handler.respond(query, (int) query.byteSize(), reply, exchange);
  }

  @Benchmark
  public int staticRecord() {
    return respond(record);
  }

  @Benchmark
  public int roundRobin() {
    return respond(roundRobin);
  }

  @Benchmark
  public int preferenceOrder() {
    return respond(preference);
  }

  @Benchmark
  public int consistentHash() {
    return respond(hash);
  }

  @Benchmark
  public int geo() {
    return respond(geo);
  }

  @Benchmark
  public int topology() {
    return respond(topology);
  }
}
