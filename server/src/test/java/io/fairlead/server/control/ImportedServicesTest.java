package io.fairlead.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.NodeSpec;
import io.fairlead.config.file.GlobalObjectReader;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.Failback;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.sync.global.GlobalPolicy;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.GlobalSpec;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.ShrinkGuard;
import io.fairlead.sync.spec.SyncSpec;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a GlobalService says is what the policy engine and the probes are told. */
final class ImportedServicesTest {
  private static final String SHOP = "shop.gslb.guzware.net";

  private static ImportedServices imported(String spec, Map<String, String> monitors) {
    FairleadConfig plain = Fruit.config(List.of(), NodeSpec.AnswerWhenUnknown.UP);
    var sync =
        new SyncSpec(
            Path.of("gslb-members"),
            List.of(new ClusterSpec("east", "one")),
            new ImportPolicy(Map.of(), Map.of(), List.of(), Duration.ofSeconds(30), "round-robin"),
            ShrinkGuard.DEFAULT,
            SyncSpec.DEFAULT_SOURCES,
            false,
            null,
            true,
            new GlobalSpec("east", true, Set.of(), GlobalObjectReader.INSTANCE));
    var config =
        new FairleadConfig(
            plain.node(),
            plain.listen(),
            plain.admin(),
            plain.zones(),
            plain.sites(),
            plain.monitors(),
            plain.services(),
            sync);
    var member =
        new ImportedMember(
            SHOP,
            "east",
            "one",
            InetAddress.ofLiteral("192.0.2.1"),
            new ImportedMember.Origin("east", "web", "Ingress", "a"));
    var service = new GlobalPolicy.Service("web", "shop", "", Map.of(), 0, spec.replace('\'', '"'));
    var global = new GlobalPolicy(Map.of(SHOP, service), monitors);
    return ImportedServices.of(
        config, List.of(new ClusterMembers("east", List.of(member), Instant.EPOCH, null, global)));
  }

  private static ServiceSpec only(ImportedServices imported) {
    assertThat(imported.services()).hasSize(1);
    return imported.services().getFirst();
  }

  @Test
  void everyOptionReachesTheService() {
    ServiceSpec service =
        only(
            imported(
                """
                {'host':'shop.gslb.guzware.net','aliases':['www.gslb.guzware.net'],'ttl':'20s',
                 'dynamicTtl':'5s','answers':0,'minMembersUp':2,'algorithm':'consistent-hash',
                 'hashMask':{'ipv4':16,'ipv6':40},'resumeAfter':'30s','slowStart':'1m',
                 'downResponse':{'type':'fallback-address','ipv4':'192.0.2.9','ipv6':'2001:db8::9'},
                 'members':[{'site':'two','hostname':'lb.example.net','priority':5}]}
                """,
                Map.of()));
    assertThat(service.aliases()).hasToString("[www.gslb.guzware.net]");
    assertThat(service.ttlSeconds()).isEqualTo(20);
    assertThat(service.doubtTtlSeconds()).isEqualTo(5);
    assertThat(service.answers()).isEqualTo(ServiceSpec.ALL_ANSWERS);
    assertThat(service.minMembersUp()).isEqualTo(2);
    assertThat(service.downResponse())
        .isInstanceOfSatisfying(
            DownResponse.FallbackAddress.class,
            down -> {
              assertThat(down.ipv4()).isEqualTo(InetAddress.ofLiteral("192.0.2.9"));
              assertThat(down.ipv6()).isEqualTo(InetAddress.ofLiteral("2001:db8::9"));
            });
    assertThat(service.pools()).extracting(PoolSpec::priority).containsExactly(10, 5);
    assertThat(service.pools())
        .allSatisfy(
            pool -> {
              assertThat(pool.algorithm())
                  .isEqualTo(new Algorithm.ConsistentHash(new Algorithm.HashMask(16, 40)));
              assertThat(pool.failback())
                  .isEqualTo(new Failback(false, Duration.ofSeconds(30), Duration.ofMinutes(1)));
            });
    assertThat(service.pools().getLast().names()).hasSize(1);
  }

  @Test
  void aDoubtfulTtlThatIsNoShorterIsNone() {
    assertThat(
            only(imported("{'host':'%s','ttl':'5s','dynamicTtl':'9s'}".formatted(SHOP), Map.of()))
                .doubtTtlSeconds())
        .isEqualTo(ServiceSpec.SAME_TTL);
  }

  @Test
  void aHealthMonitorIsReadWhenItIsReferredTo() {
    ImportedServices imported =
        imported(
            "{'host':'%s','monitors':['hm','bad','gone'],'monitorsRequired':3}".formatted(SHOP),
            Map.of(
                "web/hm", "{\"type\":\"tcp\",\"port\":5432}",
                "web/bad", "{\"type\":\"tcp\"}",
                "web/idle", "{\"type\":\"tcp\",\"port\":1}"));
    assertThat(only(imported).monitors()).containsExactly("web/hm");
    assertThat(only(imported).monitorsRequired()).as("no more than there are").isEqualTo(1);
    assertThat(imported.monitors().get("web/hm"))
        .isNotNull()
        .extracting(MonitorSpec::port)
        .isEqualTo(5432);
    assertThat(imported.monitors()).doesNotContainKey("web/idle");
    assertThat(imported.notes())
        .hasSize(2)
        .anyMatch(note -> note.startsWith(SHOP + ": HealthMonitor web/bad: port: "))
        .anyMatch(note -> note.equals(SHOP + ": the file has no monitor web/gone, probed without"));
  }

  @Test
  void rulesOfTopologyThatTheFileHasNotAreSaid() {
    ImportedServices imported =
        imported(
            "{'host':'%s','algorithm':'topology','topology':'europe'}".formatted(SHOP), Map.of());
    assertThat(only(imported).pools().getFirst().algorithm())
        .isInstanceOf(Algorithm.RoundRobin.class);
    assertThat(imported.notes())
        .containsExactly(
            SHOP + ": algorithm topology needs topology europe in the file, taken as round robin");
  }
}
