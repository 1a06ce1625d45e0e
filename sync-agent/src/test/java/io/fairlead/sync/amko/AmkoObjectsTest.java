package io.fairlead.sync.amko;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.fairlead.sync.amko.AmkoObjects.Kind;
import io.fairlead.sync.amko.AmkoObjects.Ref;
import io.fairlead.sync.amko.AmkoObjects.Seen;
import io.fairlead.sync.amko.AmkoPolicy.HostRule;
import io.fairlead.sync.amko.AmkoPolicy.Share;
import io.fairlead.sync.amko.AmkoPolicy.ThirdParty;
import io.fairlead.sync.spec.DownResponse;
import io.fairlead.sync.spec.PoolAlgorithm;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmkoObjectsTest {
  private static final boolean LISTED = true;
  private static final boolean WATCHED = false;
  private static final Ref CONFIG = new Ref(Kind.CONFIG, "avi-system", "gc-1");
  private static final Ref GDP = new Ref(Kind.POLICY, "avi-system", "global-gdp");
  private static final Ref RULE = new Ref(Kind.RULE, "avi-system", "ghr-1");
  private static final String MEMBERS =
      "memberClusters: [ { clusterContext: east }, { clusterContext: west } ]";
  private static final String MATCH =
      """
      matchRules: { appSelector: { label: { app: gslb } } }
      matchClusters: [ { cluster: east }, { cluster: west } ]
      """;

  private final AmkoObjects objects = new AmkoObjects(null);

  @BeforeEach
  void know() {
    objects.know(Set.of("hm1", "hm2"), Set.of("hm1"));
  }

  @Test
  void configAndPolicySayWhatIsSelected() {
    put(CONFIG, MEMBERS + "\nuseCustomGlobalFqdn: true");
    put(
        GDP,
        """
        matchRules:
          appSelector: { label: { app: gslb, tier: front } }
          namespaceSelector: { label: { ns: gslb } }
        matchClusters: [ { cluster: east }, { cluster: west, syncVipOnly: true } ]
        trafficSplit: [ { cluster: east, weight: 8 }, { cluster: west, priority: 5 } ]
        ttl: 10
        healthMonitorRefs: [ hm1, hm2 ]
        poolAlgorithmSettings: { lbAlgorithm: GSLB_ALGORITHM_CONSISTENT_HASH, hashMask: 24 }
        downResponse: { type: GSLB_SERVICE_DOWN_RESPONSE_ALL_RECORDS }
        """);
    AmkoPolicy policy = judged();
    assertThat(policy.customGlobalFqdn()).isTrue();
    assertThat(policy.appSelector()).as("all labels, not just one").hasSize(2);
    assertThat(policy.namespaceSelector()).containsExactly(Map.entry("ns", "gslb"));
    assertThat(policy.matchClusters()).containsExactlyInAnyOrder("east", "west");
    assertThat(policy.defaults().ttl()).isEqualTo(Duration.ofSeconds(10));
    assertThat(policy.defaults().trafficSplit())
        .containsExactly(new Share("east", 8, null), new Share("west", null, 5));
    assertThat(policy.defaults().monitorRefs()).containsExactly("hm1", "hm2");
    assertThat(policy.defaults().algorithm())
        .isEqualTo(new PoolAlgorithm("consistent-hash", 24, null));
    assertThat(policy.defaults().downResponse()).isEqualTo(new DownResponse("all-records", null));
    assertThat(status(CONFIG)).containsEntry("state", "success: gslb config accepted");
    assertThat(status(GDP)).containsEntry("errorStatus", "success");
  }

  @Test
  void withoutAConfigOrAPolicyNothingIsSelected() {
    objects.judge();
    assertThat(objects.policy()).isEqualTo(AmkoPolicy.NOTHING);
    put(GDP, MATCH);
    assertThat(judged()).isEqualTo(AmkoPolicy.NOTHING);
    put(CONFIG, MEMBERS);
    assertThat(judged().matchClusters()).hasSize(2);
    objects.remove(GDP, WATCHED);
    assertThat(judged()).as("its deletion was watched").isEqualTo(AmkoPolicy.NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "matchClusters: [ { cluster: north } ] | cluster context north not present in GSLBConfig",
        "trafficSplit: [ { cluster: north, weight: 1 } ] "
            + "| cluster north in traffic policy not present in GSLBConfig",
        "trafficSplit: [ { cluster: east, weight: 21 } ] | traffic weight 21 must be between 1 and"
            + " 20",
        "trafficSplit: [ { cluster: east, weight: 0 } ] | traffic weight 0 must be between 1 and"
            + " 20",
        "trafficSplit: [ { cluster: east, priority: 101 } ] "
            + "| traffic priority 101 must be between 0 and 100",
        "ttl: 86401 | ttl 86401 must be between 0 and 86400",
        "{ healthMonitorRefs: [ hm2 ], healthMonitorTemplate: hm1 } "
            + "| health monitor reference and template cannot be specified together",
        "healthMonitorRefs: [ hm1, gone ] | health monitor ref gone is invalid",
        "healthMonitorTemplate: hm2 | health monitor template hm2 is invalid",
        "matchRules: { appSelector: { label: { app: '' } } } "
            + "| appSelector has a label with an empty key or value",
        "downResponse: { type: GSLB_SERVICE_DOWN_RESPONSE_FALLBACK_IP } "
            + "| fallbackIP null is not an IP address",
        "downResponse: { type: GSLB_SERVICE_DOWN_RESPONSE_NONE, fallbackIP: 192.0.2.1 } "
            + "| fallbackIP can only be given with GSLB_SERVICE_DOWN_RESPONSE_FALLBACK_IP",
        "poolAlgorithmSettings: { lbAlgorithm: GSLB_ALGORITHM_CONSISTENT_HASH, hashMask: 32 } "
            + "| hashMask 32 must be between 1 and 31 for consistent hash",
        "poolAlgorithmSettings: { lbAlgorithm: GSLB_ALGORITHM_TOPOLOGY, hashMask: 3 } "
            + "| hashMask and geoFallback cannot be given with topology",
        "poolAlgorithmSettings: { lbAlgorithm: GSLB_ALGORITHM_GEO } "
            + "| geoFallback must be GSLB_ALGORITHM_ROUND_ROBIN or GSLB_ALGORITHM_CONSISTENT_HASH"
      })
  void aPolicyThatIsRejectedSaysWhyAndTheLastAcceptedGoesOn(String spec, String why) {
    put(CONFIG, MEMBERS);
    put(GDP, MATCH);
    AmkoPolicy before = judged();
    put(GDP, spec);
    assertThat(judged()).isEqualTo(before);
    assertThat(status(GDP)).containsEntry("errorStatus", why);
  }

  @Test
  void anotherPolicyIsRejectedAndNothingThatHappensToItMatters() {
    put(CONFIG, MEMBERS);
    put(GDP, "2026-01-02", MATCH, Map.of());
    var second = new Ref(Kind.POLICY, "avi-system", "a-second");
    put(second, "2026-01-03", "matchClusters: [ { cluster: east } ]", Map.of());
    AmkoPolicy policy = judged();
    assertThat(policy.matchClusters()).hasSize(2);
    assertThat(status(second).get("errorStatus"))
        .isEqualTo("can't add another GlobalDeploymentPolicy, global-gdp is in force");
    put(second, "2026-01-03", "matchClusters: [ ]", status(second));
    assertThat(judged()).as("its own status write is no takeover").isEqualTo(policy);
    objects.remove(second, WATCHED);
    assertThat(judged()).as("nor is its deletion").isEqualTo(policy);
  }

  @Test
  void theOneThatAmkoAcceptedBeforeUsComesFirst() {
    put(CONFIG, MEMBERS);
    put(GDP, "2026-01-02", MATCH, Map.of());
    var accepted = new Ref(Kind.POLICY, "avi-system", "z-later");
    put(
        accepted,
        "2026-01-03",
        "matchClusters: [ { cluster: east } ]",
        Map.of("errorStatus", "success"));
    assertThat(judged().matchClusters()).containsExactly("east");
  }

  @Test
  void objectsOfOtherNamespacesAreIgnoredButRulesAreNot() {
    put(new Ref(Kind.CONFIG, "default", "gc"), MEMBERS);
    put(new Ref(Kind.POLICY, "default", "gdp"), MATCH);
    objects.judge();
    assertThat(objects.policy()).isEqualTo(AmkoPolicy.NOTHING);
    assertThat(objects.statuses()).isEmpty();
    put(CONFIG, MEMBERS);
    put(GDP, MATCH);
    put(new Ref(Kind.RULE, "team-a", "r"), "fqdn: a.example.com");
    assertThat(judged().rules()).containsOnlyKeys("a.example.com");
  }

  @Test
  void aRuleOfAHost() {
    put(CONFIG, MEMBERS);
    put(GDP, MATCH);
    put(
        RULE,
        """
        fqdn: Foo.Example.com
        ttl: 30
        thirdPartyMembers: [ { site: non-avi, vip: 192.0.2.10, publicIP: 198.51.100.10 } ]
        trafficSplit: [ { cluster: east, weight: 15 } ]
        publicIP: [ { cluster: east, ip: "2001:db8::7" } ]
        controlPlaneHmOnly: true
        """);
    HostRule rule = requireNonNull(judged().rules().get("foo.example.com"));
    assertThat(rule.settings().ttl()).isEqualTo(Duration.ofSeconds(30));
    assertThat(rule.settings().controlPlaneHmOnly()).isTrue();
    assertThat(rule.thirdParty())
        .containsExactly(new ThirdParty("non-avi", ip("192.0.2.10"), ip("198.51.100.10")));
    assertThat(rule.publicAddresses()).containsExactly(Map.entry("east", ip("2001:db8::7")));
    assertThat(status(RULE)).containsEntry("status", "Accepted").containsEntry("error", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ttl: 3 | GSLBHostRule has no fqdn",
        "fqdn: '*.example.com' | wildcard host *.example.com: a global name is one host",
        "{ fqdn: a.example.com, thirdPartyMembers: [ { site: s, vip: 1.2.3 } ] } "
            + "| vip 1.2.3 is not an IP address",
        "{ fqdn: a.example.com, publicIP: [ { cluster: north, ip: 192.0.2.1 } ] } "
            + "| cluster north in public IP not present in GSLBConfig"
      })
  void aRuleThatBecomesInvalidIsWithdrawnAndSaysWhy(String spec, String why) {
    put(CONFIG, MEMBERS);
    put(GDP, MATCH);
    put(RULE, "fqdn: a.example.com");
    assertThat(judged().rules()).hasSize(1);
    put(RULE, spec);
    assertThat(judged().rules()).isEmpty();
    assertThat(status(RULE)).containsEntry("status", "Rejected").containsEntry("error", why);
  }

  @Test
  void theOldestRuleOfAHostKeepsItWhateverTheOtherDoes() {
    put(CONFIG, MEMBERS);
    put(GDP, MATCH);
    put(RULE, "2026-01-02", "{ fqdn: a.example.com, ttl: 1 }", Map.of());
    var late = new Ref(Kind.RULE, "avi-system", "a-late");
    put(late, "2026-01-03", "{ fqdn: A.example.com, ttl: 2 }", Map.of());
    assertThat(ttlOfRule()).isEqualTo(Duration.ofSeconds(1));
    assertThat(status(late))
        .containsEntry("error", "there's an existing GSLBHostRule for the same FQDN");
    put(late, "2026-01-03", "{ fqdn: A.example.com, ttl: 3 }", status(late));
    assertThat(ttlOfRule())
        .as("its own status write is no takeover")
        .isEqualTo(Duration.ofSeconds(1));
    objects.remove(RULE, WATCHED);
    assertThat(ttlOfRule()).as("the next one follows").isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void thirdPartyMembersGoWithTheirRule() {
    put(CONFIG, MEMBERS);
    put(GDP, MATCH);
    put(RULE, "{ fqdn: a.example.com, thirdPartyMembers: [ { site: s, vip: 192.0.2.10 } ] }");
    assertThat(requireNonNull(judged().rules().get("a.example.com")).thirdParty()).hasSize(1);
    put(RULE, "{ fqdn: a.example.com, thirdPartyMembers: [ ] }");
    assertThat(requireNonNull(judged().rules().get("a.example.com")).thirdParty()).isEmpty();
  }

  @Test
  void aListThatLosesThePolicyIsHeldUntilTheOperatorAccepts() {
    put(CONFIG, MEMBERS);
    put(GDP, MATCH);
    AmkoPolicy before = judged();
    objects.remove(GDP, LISTED);
    assertThat(judged()).isEqualTo(before);
    assertThat(objects.isHeld()).isTrue();
    objects.acceptLoss();
    assertThat(judged()).isEqualTo(AmkoPolicy.NOTHING);
    assertThat(objects.isHeld()).isFalse();
  }

  @Test
  void aRuleThatAListLacksIsGoneWhenTheListHasThePolicy() {
    put(CONFIG, MEMBERS);
    put(GDP, MATCH);
    put(RULE, "fqdn: a.example.com");
    assertThat(judged().rules()).hasSize(1);
    objects.startOver();
    put(CONFIG, MEMBERS);
    put(GDP, MATCH);
    assertThat(judged().rules()).isEmpty();
  }

  @Test
  void afterARestartTheLastPolicyStandsUntilTheLeaderIsHeard() {
    put(CONFIG, MEMBERS);
    put(GDP, MATCH);
    AmkoPolicy before = judged();
    var restarted = new AmkoObjects(before);
    restarted.judge();
    assertThat(restarted.policy()).as("a first list without any").isEqualTo(before);
    restarted.put(CONFIG, seen("", MEMBERS, Map.of()));
    restarted.put(GDP, seen("", "matchClusters: [ { cluster: east } ]", Map.of()));
    restarted.judge();
    assertThat(requireNonNull(restarted.policy()).matchClusters()).containsExactly("east");
  }

  @Test
  void aSecondConfigIsRejected() {
    put(CONFIG, "2026-01-02", MEMBERS, Map.of());
    var second = new Ref(Kind.CONFIG, "avi-system", "gc-0");
    put(second, "2026-01-03", "memberClusters: [ { clusterContext: north } ]", Map.of());
    objects.judge();
    assertThat(status(second)).containsEntry("state", "error: can't add another gslbconfig");
    put(CONFIG, "2026-01-02", "{ }", Map.of());
    objects.judge();
    assertThat(status(CONFIG))
        .containsEntry("state", "error: invalid gslb config, memberClusters names no cluster");
  }

  private @Nullable Duration ttlOfRule() {
    return requireNonNull(judged().rules().get("a.example.com")).settings().ttl();
  }

  private AmkoPolicy judged() {
    objects.judge();
    return requireNonNull(objects.policy());
  }

  private Map<String, String> status(Ref ref) {
    return requireNonNull(objects.statuses().get(ref), ref.toString());
  }

  private void put(Ref ref, String spec) {
    put(ref, "", spec, Map.of());
  }

  private void put(Ref ref, String created, String spec, Map<String, String> status) {
    objects.put(ref, seen(created, spec, status));
  }

  private static Seen seen(String created, String spec, Map<String, String> status) {
    return new Seen(created, Serialization.unmarshal("---\n" + spec, Map.class), status);
  }

  private static InetAddress ip(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
