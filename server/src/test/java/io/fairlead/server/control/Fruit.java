package io.fairlead.server.control;

import io.fairlead.config.AdminSpec;
import io.fairlead.config.FairleadConfig;
import io.fairlead.config.NodeSpec;
import io.fairlead.dns.net.ListenSpec;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.NameServer;
import io.fairlead.dns.zone.ZoneSpec;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.SiteSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A configuration to test with: one name, two sites, one monitor; and as many more names as asked
 * for.
 */
public final class Fruit {
  public static final Name APEX = Name.parse("gslb.guzware.net");
  public static final Name FRUIT = Name.parse("fruit.gslb.guzware.net");
  public static final String HOME = "127.0.10.1";
  public static final String REMOTE = "127.0.20.1";

  private Fruit() {}

  public static FairleadConfig config() {
    return config(List.of(service(FRUIT, HOME, REMOTE)), NodeSpec.AnswerWhenUnknown.LAST);
  }

  public static FairleadConfig config(
      List<ServiceSpec> services, NodeSpec.AnswerWhenUnknown whenUnknown) {
    return config(services, whenUnknown, Path.of("target/no-state"));
  }

  public static FairleadConfig config(
      List<ServiceSpec> services, NodeSpec.AnswerWhenUnknown whenUnknown, Path state) {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new FairleadConfig(
        new NodeSpec("dns-1", state, Duration.ofSeconds(10), whenUnknown),
        new ListenSpec(List.of(loopback), List.of(loopback), 1),
        new AdminSpec(loopback),
        List.of(zone(1)),
        List.of(new SiteSpec("home-lab", null, true), new SiteSpec("remote-site", null, true)),
        List.of(
            new MonitorSpec(
                "tcp",
                8080,
                new MonitorSpec.Type.Tcp(),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                2,
                2),
            new MonitorSpec(
                "apple",
                8080,
                new MonitorSpec.Type.Http(
                    "GET", null, "/apple", List.of(new Check.StatusRange(200, 399))),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                2,
                2)),
        services,
        null);
  }

  public static ZoneSpec zone(long serial) {
    return new ZoneSpec(
        APEX,
        Name.parse("hostmaster.guzware.net"),
        List.of(
            new NameServer(
                Name.parse("ns1.gslb.guzware.net"), List.of(InetAddress.ofLiteral("127.0.0.1")))),
        serial,
        30,
        List.of());
  }

  /** A service whose first member is at home-lab, the second at remote-site, in turn. */
  public static ServiceSpec service(Name name, String... addresses) {
    var members =
        IntStream.range(0, addresses.length)
            .mapToObj(
                i ->
                    new MemberSpec(
                        i % 2 == 0 ? "home-lab" : "remote-site",
                        InetAddress.ofLiteral(addresses[i]),
                        1,
                        true,
                        null,
                        0,
                        "file"))
            .toList();
    return new ServiceSpec(
        name,
        List.of(),
        2,
        1,
        List.of("apple"),
        new DownResponse.AllRecords(),
        List.of(new PoolSpec("both", 10, new Algorithm.RoundRobin(), true, members)));
  }
}
