package io.fairlead.sync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.sync.amko.AmkoPolicy;
import io.fairlead.sync.amko.AmkoPolicy.HostRule;
import io.fairlead.sync.amko.AmkoPolicy.Settings;
import io.fairlead.sync.amko.AmkoPolicy.Share;
import io.fairlead.sync.amko.AmkoPolicy.ThirdParty;
import io.fairlead.sync.merge.ImportedMember.Backend;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.merge.ImportedService.Monitoring;
import io.fairlead.sync.spec.AmkoSpec;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.DownResponse;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.PoolAlgorithm;
import io.fairlead.sync.spec.ShrinkGuard;
import io.fairlead.sync.spec.SyncSpec;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** GSLBHostRule before GlobalDeploymentPolicy before the file and the defaults. */
class PrecedenceTest {
  private static final String HOST = "a.example.com";

  private Settings policy = Settings.SILENT;
  private @Nullable HostRule rule;
  private final List<ImportedMember> members =
      new ArrayList<>(List.of(member("east", "192.0.2.1", http(false, "/"))));

  @Test
  void whereAmkosObjectsSayNothingTheDefaultsHold() {
    ImportedService service = service();
    assertThat(service.ttl()).as("the file's").isEqualTo(Duration.ofSeconds(2));
    assertThat(service.pool()).isEqualTo(PoolAlgorithm.of("round-robin"));
    assertThat(service.downResponse()).isEqualTo(DownResponse.NONE);
    assertThat(shown(service)).containsExactly("192.0.2.1 weight 1 priority 10");
    assertThat(service.monitoring())
        .isEqualTo(new Monitoring.Derived(List.of(http(false, "/")), null));
  }

  @Test
  void thePolicySpeaksForAllAndTheRuleBeforeIt() {
    policy =
        new Settings(
            "GDP",
            Duration.ofSeconds(10),
            List.of(new Share("east", 8, 20)),
            List.of(),
            null,
            PoolAlgorithm.of("topology"),
            new DownResponse("no-data", null),
            null);
    ImportedService byPolicy = service();
    assertThat(byPolicy.ttl()).isEqualTo(Duration.ofSeconds(10));
    assertThat(byPolicy.algorithm()).isEqualTo("topology");
    assertThat(byPolicy.downResponse()).isEqualTo(new DownResponse("no-data", null));
    assertThat(shown(byPolicy)).containsExactly("192.0.2.1 weight 8 priority 20");

    rule =
        rule(
            new Settings(
                "GDP",
                Duration.ZERO,
                List.of(new Share("east", 3, 4)),
                List.of(),
                null,
                new PoolAlgorithm("geo", null, PoolAlgorithm.of("round-robin")),
                new DownResponse("all-records", null),
                null));
    ImportedService byRule = service();
    assertThat(byRule.ttl()).as("0 is a word too").isEqualTo(Duration.ZERO);
    assertThat(byRule.algorithm()).isEqualTo("geo");
    assertThat(byRule.downResponse()).isEqualTo(new DownResponse("all-records", null));
    assertThat(shown(byRule)).containsExactly("192.0.2.1 weight 3 priority 4");
  }

  @Test
  void anEntryOfOnlyAWeightLeavesThePriorityToThePolicy() {
    policy = split(new Share("east", 8, 20));
    rule = rule(split(new Share("east", 3, null)));
    assertThat(shown(service())).containsExactly("192.0.2.1 weight 3 priority 20");
    policy = Settings.SILENT;
    assertThat(shown(service())).containsExactly("192.0.2.1 weight 3 priority 10");
  }

  @Test
  void thirdPartyMembersStandBehindUnlessTheirSiteHasAShare() {
    rule =
        new HostRule(
            split(new Share("paid", 5, 10)),
            List.of(
                new ThirdParty("spare", ip("198.51.100.1"), null),
                new ThirdParty("paid", ip("198.51.100.2"), ip("203.0.113.2")),
                new ThirdParty("same", ip("192.0.2.1"), null)),
            Map.of());
    assertThat(shown(service()))
        .as("one that a cluster offers already is that cluster's")
        .containsExactly(
            "192.0.2.1 weight 1 priority 10",
            "198.51.100.1 weight 1 priority 1",
            "198.51.100.2 weight 5 priority 10");
    assertThat(service().members().getLast().publicAddress()).isEqualTo(ip("203.0.113.2"));
  }

  @Test
  void publicAddressesAreOfEveryMemberOfTheirCluster() {
    members.add(member("east", "192.0.2.2", Check.PLAIN));
    members.add(member("west", "198.51.100.1", Check.PLAIN));
    rule = new HostRule(Settings.SILENT, List.of(), Map.of("east", ip("2001:db8::7")));
    assertThat(service().members())
        .extracting(ImportedService.Member::publicAddress)
        .containsExactly(ip("2001:db8::7"), ip("2001:db8::7"), null);
  }

  @Test
  void monitorsControlPlaneOnlyThenRefsThenTemplateOfTheRuleThenOfThePolicyThenDerived() {
    List<Check> plain = List.of(http(false, "/"));
    policy = monitors(List.of(), "policy-template", null);
    assertThat(service().monitoring()).isEqualTo(new Monitoring.Derived(plain, "policy-template"));
    policy = monitors(List.of("policy-hm"), null, null);
    assertThat(service().monitoring()).isEqualTo(new Monitoring.References(List.of("policy-hm")));
    rule = rule(monitors(List.of(), "rule-template", null));
    assertThat(service().monitoring()).isEqualTo(new Monitoring.Derived(plain, "rule-template"));
    rule = rule(monitors(List.of("rule-hm"), null, null));
    assertThat(service().monitoring()).isEqualTo(new Monitoring.References(List.of("rule-hm")));
    policy = monitors(List.of("policy-hm"), null, true);
    assertThat(service().monitoring()).isEqualTo(new Monitoring.None());
    rule = rule(monitors(List.of(), null, false));
    assertThat(service().monitoring()).isEqualTo(new Monitoring.References(List.of("policy-hm")));
  }

  @Test
  void derivedMonitorsAreOneEachPathOfAllMembersAndTlsOfOneIsTlsOfAll() {
    members.clear();
    members.add(member("east", "192.0.2.1", http(false, "/b", "/a")));
    members.add(member("west", "198.51.100.1", http(true, "/a", "/1", "/2", "/3", "/4", "/5")));
    assertThat(service().monitoring())
        .as("more than six are fine")
        .isEqualTo(
            new Monitoring.Derived(
                List.of(
                    http(true, "/1"),
                    http(true, "/2"),
                    http(true, "/3"),
                    http(true, "/4"),
                    http(true, "/5"),
                    http(true, "/a"),
                    http(true, "/b")),
                null));
    members.clear();
    members.add(member("east", "192.0.2.1", new Check.Tcp(443)));
    assertThat(service().monitoring())
        .isEqualTo(new Monitoring.Derived(List.of(new Check.Tcp(443)), null));
  }

  @Test
  void anAliasThatAnotherServiceHasIsNotTakenFromIt() {
    members.clear();
    members.add(member(HOST, "192.0.2.1", List.of("b.example.com", "x.example.com")));
    members.add(member("b.example.com", "192.0.2.2", List.of("x.example.com", "y.example.com")));
    List<ImportedService> services = services();
    assertThat(services.getFirst().aliases()).containsExactly("x.example.com");
    assertThat(services.getLast().aliases()).containsExactly("y.example.com");
  }

  private ImportedService service() {
    return services().getFirst();
  }

  private List<ImportedService> services() {
    var amko =
        new AmkoPolicy(
            false,
            Map.of("app", "gslb"),
            Map.of(),
            Set.of("east", "west"),
            policy,
            rule == null ? Map.of() : Map.of(HOST, rule));
    var spec =
        new SyncSpec(
            Path.of("gslb-members"),
            List.of(new ClusterSpec("east", "site-east"), new ClusterSpec("west", "site-west")),
            new ImportPolicy(Map.of(), Map.of(), List.of(), Duration.ofSeconds(2), "round-robin"),
            ShrinkGuard.DEFAULT,
            SyncSpec.DEFAULT_SOURCES,
            false,
            new AmkoSpec("east", true));
    return Merge.merge(
        spec,
        List.of(
            new ClusterMembers("east", of("east"), Instant.EPOCH, amko),
            new ClusterMembers("west", of("west"), Instant.EPOCH)));
  }

  private List<ImportedMember> of(String cluster) {
    return members.stream().filter(member -> member.cluster().equals(cluster)).toList();
  }

  private static List<String> shown(ImportedService service) {
    return service.members().stream()
        .map(m -> "%s weight %d priority %d".formatted(m.destination(), m.weight(), m.priority()))
        .toList();
  }

  private static Settings split(Share... shares) {
    return new Settings("", null, List.of(shares), List.of(), null, null, null, null);
  }

  private static Settings monitors(
      List<String> refs, @Nullable String template, @Nullable Boolean controlPlaneHmOnly) {
    return new Settings("", null, List.of(), refs, template, null, null, controlPlaneHmOnly);
  }

  private static HostRule rule(Settings settings) {
    return new HostRule(settings, List.of(), Map.of());
  }

  private static Check.Http http(boolean tls, String... paths) {
    return new Check.Http(tls, List.of(paths));
  }

  private static ImportedMember member(String cluster, String ip, Check check) {
    return new ImportedMember(
        HOST,
        cluster,
        "site-" + cluster,
        Destination.of(ip(ip)),
        new Origin(cluster, "web", "Ingress", "a"),
        new Backend(HOST, List.of(), check));
  }

  private static ImportedMember member(String host, String ip, List<String> aliases) {
    return new ImportedMember(
        host,
        "east",
        "site-east",
        Destination.of(ip(ip)),
        new Origin("east", "web", "Ingress", host),
        new Backend(host, aliases, Check.PLAIN));
  }

  private static InetAddress ip(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
