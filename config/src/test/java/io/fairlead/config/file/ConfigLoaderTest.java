package io.fairlead.config.file;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.NodeSpec;
import io.fairlead.config.NodeSpec.AnswerWhenUnknown;
import io.fairlead.config.ProbeSpec;
import io.fairlead.config.file.ConfigLoader.Result.Loaded;
import io.fairlead.dns.net.Engine;
import io.fairlead.dns.net.ListenSpec;
import io.fairlead.dns.net.TcpLimits;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.Authority;
import io.fairlead.dns.zone.NameServer;
import io.fairlead.dns.zone.StaticRecord;
import io.fairlead.dns.zone.ZoneSpec;
import io.fairlead.health.schedule.Limits;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.AnswerTypes;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.ServiceSpec.PoolSelection;
import io.fairlead.policy.spec.SiteSpec;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.ShrinkGuard;
import io.fairlead.sync.spec.Source;
import io.fairlead.sync.spec.SyncSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a good file becomes: each key to its place, each default where a key is absent. */
class ConfigLoaderTest {
  @TempDir Path folder;

  @Test
  void eachKeyArrivesAtItsPlace() {
    FairleadConfig config = Loads.complete(folder);

    assertThat(config.node())
        .isEqualTo(
            new NodeSpec(
                "node-7",
                Path.of("/srv/state"),
                Duration.ofSeconds(3),
                AnswerWhenUnknown.DOWN,
                new ProbeSpec(new Limits(100, 7), true)));
    assertThat(config.listen())
        .isEqualTo(
            new ListenSpec(
                List.of(socket("127.0.0.2", 5301)),
                List.of(socket("::1", 5302)),
                3,
                Engine.NETTY,
                new TcpLimits(500, 20, Duration.ofSeconds(4))));
    assertThat(config.admin().listen()).isEqualTo(socket("::1", 8054));
    assertThat(config.sites())
        .containsExactly(
            new SiteSpec(
                "oslo",
                new Location(-1.5, 179.25),
                false,
                List.of("mail"),
                InetAddress.ofLiteral("192.0.2.90")));
    assertThat(config.monitors().getFirst())
        .isEqualTo(
            new MonitorSpec(
                "web",
                8081,
                new MonitorSpec.Type.Http(
                    "HEAD", "web.example.com", "/up", List.of(new StatusRange(204, 204))),
                Duration.ofSeconds(20),
                Duration.ofSeconds(3),
                4,
                5,
                List.of(
                    InetAddress.ofLiteral("192.0.2.254"), InetAddress.ofLiteral("2001:db8::254")),
                List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"))));
    var member =
        new MemberSpec(
            "oslo",
            InetAddress.ofLiteral("2001:db8::7"),
            40,
            false,
            "probe.example.com",
            8082,
            "file");
    var https =
        new AnswerTypes.Binding(
            RrType.HTTPS, 1, List.of(), true, AnswerTypes.Binding.DEFAULT_PORT, true);
    assertThat(config.services().getFirst())
        .isEqualTo(
            new ServiceSpec(
                Name.parse("app.gslb.example.com"),
                List.of(Name.parse("web.gslb.example.com")),
                9,
                0,
                List.of("web", "plain"),
                new DownResponse.Servfail(),
                List.of(
                    new PoolSpec("main", 30, new Algorithm.RoundRobin(), false, List.of(member))),
                PoolSelection.PRIORITY,
                1,
                false,
                null,
                1,
                new AnswerTypes(false, true, List.of(https), null),
                3));
    assertThat(config.sync())
        .isEqualTo(
            new SyncSpec(
                folder.resolve("not-mounted-yet"),
                List.of(new ClusterSpec("admin@one", "oslo")),
                new ImportPolicy(
                    Map.of("app", "gslb"),
                    Map.of("tier", "public"),
                    List.of(new ImportPolicy.TrafficSplit("admin@one", 6, 60)),
                    Duration.ofSeconds(11),
                    "round-robin",
                    true,
                    List.of("web"),
                    true),
                new ShrinkGuard(0.25, true),
                Set.of(Source.INGRESS, Source.EXTERNAL_DNS),
                true,
                null));
    assertThat(config.imported().downResponse()).isInstanceOf(DownResponse.FallbackAddress.class);
    assertThat(requireNonNull(config.imported().topology()).name()).isEqualTo("rules");
    assertThat(requireNonNull(config.imported().privateClients()).name()).isEqualTo("offices");
  }

  @Test
  void aZoneArrivesWithItsRecordsInWireForm() {
    ZoneSpec zone = Loads.complete(folder).zones().getFirst();

    assertThat(zone.apex()).isEqualTo(Name.parse("gslb.example.com"));
    assertThat(zone.authority())
        .isEqualTo(
            new Authority.Made(
                Name.parse("dns.example.com"),
                List.of(
                    new NameServer(
                        Name.parse("ns.gslb.example.com"),
                        List.of(InetAddress.ofLiteral("192.0.2.53")))),
                7));
    StaticRecord record = zone.records().getLast();
    assertThat(record.owner()).isEqualTo(Name.parse("info.gslb.example.com"));
    assertThat(record.type()).isEqualTo(RrType.TXT);
    assertThat(record.ttlSeconds()).isEqualTo(60);
    assertThat(record.rdata()).containsExactly(1, 'x');
  }

  @Test
  void whatIsAbsentHasItsDefault() {
    FairleadConfig config = Loads.config(folder, Loads.SMALLEST);

    assertThat(config.node().name()).isEqualTo(HostName.ofThisMachine()).isNotBlank();
    assertThat(config.node().stateDirectory()).isEqualTo(Path.of("var/fairlead"));
    assertThat(config.node().readyTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.node().answerWhenUnknown()).isEqualTo(AnswerWhenUnknown.LAST);
    assertThat(config.listen().udp()).containsExactly(socket("127.0.0.1", 5300));
    assertThat(config.listen().tcp()).containsExactly(socket("127.0.0.1", 5300));
    assertThat(config.listen().engine()).isEqualTo(Engine.AUTO);
    assertThat(config.listen().threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(config.admin().listen()).isEqualTo(socket("127.0.0.1", 8053));
    assertThat(config.zones().getFirst().authority())
        .isInstanceOfSatisfying(
            Authority.Made.class, made -> assertThat(made.negativeTtlSeconds()).isEqualTo(30));
    assertThat(config.zones().getFirst().records()).isEmpty();
    assertThat(config.sites()).containsExactly(new SiteSpec("here", null, true));
    assertThat(config.monitors()).isEmpty();
    assertThat(config.sync()).isNull();
    var member =
        new MemberSpec("here", InetAddress.ofLiteral("192.0.2.1"), 1, true, null, 0, "file");
    assertThat(config.services())
        .containsExactly(
            new ServiceSpec(
                Name.parse("app.gslb.example.com"),
                List.of(),
                30,
                1,
                List.of(),
                new DownResponse.AllRecords(),
                List.of(
                    new PoolSpec("main", 10, new Algorithm.RoundRobin(), true, List.of(member)))));
  }

  @Test
  void aMonitorHasDefaultsForAllButNameTypeAndPort() {
    var config =
        Loads.config(
            folder,
            Loads.SMALLEST
                + """
                monitors:
                  - { name: web, type: http, port: 80 }
                  - { name: port, type: tcp, port: 443, interval: 2s }
                """);

    assertThat(config.monitors())
        .containsExactly(
            new MonitorSpec(
                "web",
                80,
                new MonitorSpec.Type.Http("GET", null, "/", List.of(new StatusRange(200, 399))),
                Duration.ofSeconds(10),
                Duration.ofSeconds(4),
                2,
                2),
            new MonitorSpec(
                "port",
                443,
                new MonitorSpec.Type.Tcp(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                2,
                2));
  }

  @Test
  void anImportPolicyHasDefaultsForAllButItsSource() {
    var loaded =
        Loads.loaded(
            folder,
            Loads.SMALLEST
                + """
                sync:
                  kubeconfig: absent
                  clusters: [ { context: one, site: here } ]
                  policy: { source: file, trafficSplit: [ { cluster: one } ] }
                """);

    assertThat(requireNonNull(loaded.config().sync()).policy())
        .isEqualTo(
            new ImportPolicy(
                Map.of(),
                Map.of(),
                List.of(new ImportPolicy.TrafficSplit("one", 1, 10)),
                Duration.ofSeconds(30),
                "round-robin"));
    assertThat(Loads.lines(loaded.warnings()))
        .contains("with neither appSelector nor namespaceSelector nothing is imported")
        .contains("the contexts of the clusters could not be looked up");
  }

  @Test
  void tcpFollowsUdpAndTheOtherWayRound() {
    ListenSpec onlyUdp =
        Loads.config(folder, Loads.SMALLEST + "listen: { udp: ['127.0.0.9:53'] }\n").listen();
    assertThat(onlyUdp.tcp()).isEqualTo(onlyUdp.udp()).containsExactly(socket("127.0.0.9", 53));

    ListenSpec onlyTcp =
        Loads.config(folder, Loads.SMALLEST + "listen: { tcp: ['127.0.0.8:53'] }\n").listen();
    assertThat(onlyTcp.udp()).isEqualTo(onlyTcp.tcp()).containsExactly(socket("127.0.0.8", 53));
  }

  /** The trap of YAML 1.1: no, on, 1.10 and 0777 are text where text is wanted. */
  @Test
  void theKeyDecidesWhatAValueIs() {
    String text =
        Loads.SMALLEST.replace("name: here", "name: no").replace("site: here", "site: no")
            + "node: { name: 1.10, stateDirectory: 0777 }\n";

    FairleadConfig config = Loads.config(folder, text);

    assertThat(config.sites().getFirst().name()).isEqualTo("no");
    assertThat(config.node().name()).isEqualTo("1.10");
    assertThat(config.node().stateDirectory()).isEqualTo(Path.of("0777"));
  }

  @Test
  void theSerialIsTheTimeOfTheVersion() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), Loads.SMALLEST);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_234_567_890L)));

    assertThat(serial(ConfigLoader.load(file))).isEqualTo(1_234_567_890L);
    assertThat(serial(ConfigLoader.load(file, () -> Instant.ofEpochSecond(42)))).isEqualTo(42);
    assertThat(serial(ConfigLoader.load(file, () -> Instant.MIN))).isZero();
    assertThat(serial(ConfigLoader.load(file, () -> Instant.MAX))).isEqualTo(0xffff_ffffL);
  }

  private static long serial(ConfigLoader.Result result) {
    assertThat(result).isInstanceOf(Loaded.class);
    return ((Loaded) result).config().zones().getFirst().serial();
  }

  @Test
  void aNameServerOutsideTheZoneNeedsNoAddressAndItsAddressesAreNotServed() {
    String outside = "{ name: ns1.gslb.example.com, addresses: [127.0.0.1] }";
    assertThat(
            Loads.loaded(folder, Loads.SMALLEST.replace(outside, "{ name: ns.example.net }"))
                .warnings())
        .isEmpty();

    var warned =
        Loads.loaded(
            folder,
            Loads.SMALLEST.replace(outside, "{ name: ns.example.net, addresses: [192.0.2.7] }"));
    assertThat(Loads.lines(warned.warnings()))
        .endsWith(
            "fairlead.yaml:5:55: zones[0].nameServers[0].addresses: ns.example.net is outside the"
                + " zone, so its addresses are not served");
  }

  @Test
  void declarationsMayStandBehindWhatRefersToThem() {
    String sites = "sites:\n  - name: here\n";
    FairleadConfig config = Loads.config(folder, Loads.SMALLEST.replace(sites, "") + sites);
    assertThat(config.sites()).hasSize(1);
  }

  private static InetSocketAddress socket(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
