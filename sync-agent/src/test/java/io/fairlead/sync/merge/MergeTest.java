package io.fairlead.sync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.ImportPolicy.TrafficSplit;
import io.fairlead.sync.spec.SyncSpec;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {
  private static final SyncSpec SPEC = spec(new TrafficSplit("east", 8, 10));

  @Test
  void oneServiceForEachHostWithTheMembersOfAllClusters() {
    var services =
        merge(
            set("east", member("east", "a.example.com", "192.0.2.1", "ing")),
            set(
                "west",
                member("west", "a.example.com", "198.51.100.1", "ing"),
                member("west", "b.example.com", "198.51.100.2", "ing")));
    assertThat(services)
        .extracting(ImportedService::host)
        .containsExactly("a.example.com", "b.example.com");
    assertThat(services.getFirst().members())
        .extracting(m -> m.site() + " " + m.destination())
        .containsExactly("site-east 192.0.2.1", "site-west 198.51.100.1");
    assertThat(services.getFirst().ttl()).isEqualTo(Duration.ofSeconds(2));
    assertThat(services.getFirst().algorithm()).isEqualTo("round-robin");
  }

  @Test
  void weightAndPriorityComeFromTheSplitElseOneAndTen() {
    var members =
        merge(
                set("east", member("east", "a.example.com", "192.0.2.1", "ing")),
                set("west", member("west", "a.example.com", "198.51.100.1", "ing")))
            .getFirst()
            .members();
    assertThat(members)
        .extracting(m -> m.site() + " " + m.weight() + " " + m.priority())
        .containsExactly("site-east 8 10", "site-west 1 10");
  }

  @Test
  void oneAddressInTwoClustersAndObjectsIsOneMemberWithAllItsOrigins() {
    var members =
        merge(
                set("west", member("west", "a.example.com", "192.0.2.1", "w")),
                set(
                    "east",
                    member("east", "a.example.com", "192.0.2.1", "y"),
                    member("east", "a.example.com", "192.0.2.1", "x")))
            .getFirst()
            .members();
    assertThat(members).hasSize(1);
    assertThat(members.getFirst().site())
        .as("the cluster that the file names first")
        .isEqualTo("site-east");
    assertThat(members.getFirst().weight()).isEqualTo(8);
    assertThat(members.getFirst().origins())
        .extracting(Origin::toString)
        .containsExactly("east/web/Ingress/x", "east/web/Ingress/y", "west/web/Ingress/w");
  }

  @Test
  void bothAddressFamiliesAreMembersOfOneService() {
    var members =
        merge(
                set(
                    "east",
                    member("east", "a.example.com", "2001:db8::1", "ing"),
                    member("east", "a.example.com", "192.0.2.1", "ing")))
            .getFirst()
            .members();
    assertThat(members)
        .extracting(m -> m.destination().toString())
        .containsExactly("192.0.2.1", "2001:db8:0:0:0:0:0:1");
  }

  @Test
  void hostsAreOneWhateverTheirCaseAndOddOnesAreLeftOut() {
    var services =
        merge(
            set(
                "east",
                member("east", "A.Example.com.", "192.0.2.1", "ing"),
                member("east", "a.example.com", "192.0.2.2", "ing"),
                member("east", "*.example.com", "192.0.2.3", "ing"),
                member("east", "-.example.com", "192.0.2.3", "ing"),
                member("east", "192.0.2.3", "192.0.2.3", "ing")));
    assertThat(services).extracting(ImportedService::host).containsExactly("a.example.com");
    assertThat(services.getFirst().members()).hasSize(2);
  }

  @Test
  void setsOfClustersThatAreNotConfiguredAreLeftOut() {
    assertThat(merge(set("gone", member("gone", "a.example.com", "192.0.2.1", "ing")))).isEmpty();
  }

  @Test
  void theOrderOfClustersAndMembersDoesNotMatter() {
    long seed = 20261123;
    var random = new Random(seed);
    List<ClusterMembers> sets = new ArrayList<>();
    for (String cluster : List.of("east", "west")) {
      List<ImportedMember> members = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        members.add(
            member(
                cluster,
                "h" + random.nextInt(20) + ".example.com",
                "192.0.2." + random.nextInt(1, 40),
                "ing" + random.nextInt(30)));
      }
      sets.add(new ClusterMembers(cluster, members, Instant.EPOCH));
    }
    var once = Merge.merge(SPEC, sets);
    for (int round = 0; round < 20; round++) {
      List<ClusterMembers> shuffled = new ArrayList<>();
      for (ClusterMembers set : sets) {
        List<ImportedMember> members = new ArrayList<>(set.members());
        Collections.shuffle(members, random);
        shuffled.add(new ClusterMembers(set.cluster(), members, set.at()));
      }
      Collections.shuffle(shuffled, random);
      assertThat(Merge.merge(SPEC, shuffled)).as("seed %d, round %d", seed, round).isEqualTo(once);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T00:00:00Z, 2026-01-01T00:00:00Z, site-two",
    "2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z, site-one",
    "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z, site-one",
    "'',                   2026-01-01T00:00:00Z, site-two",
    "2026-01-01T00:00:00Z, '',                   site-one",
    "'',                   '',                   site-one",
  })
  void theOldestObjectOwnsAVipAndThenTheClusterThatTheFileNamesFirst(
      String one, String two, String site) {
    var clusters = List.of(new ClusterSpec("one", "site-one"), new ClusterSpec("two", "site-two"));
    var policy =
        new ImportPolicy(
            Map.of("app", "gslb"), Map.of(), List.of(), Duration.ofSeconds(2), "round-robin");
    var spec = new SyncSpec(Path.of("members"), clusters, policy);
    List<ImportedService> services = Merge.merge(spec, List.of(made("two", two), made("one", one)));
    assertThat(services).hasSize(1);
    assertThat(services.getFirst().members()).extracting("site").containsExactly(site);
    assertThat(services.getFirst().members().getFirst().origins()).hasSize(2);
  }

  private static ClusterMembers made(String cluster, String created) {
    var member =
        new ImportedMember(
            "app.example.com",
            cluster,
            "site-" + cluster,
            Destination.parse("192.0.2.1"),
            new ImportedMember.Origin(cluster, "web", "Ingress", "app"),
            new ImportedMember.Backend("app.example.com", List.of(), Check.PLAIN, created));
    return new ClusterMembers(cluster, List.of(member), Instant.EPOCH);
  }

  private static List<ImportedService> merge(ClusterMembers... sets) {
    return Merge.merge(SPEC, Arrays.asList(sets));
  }

  private static SyncSpec spec(TrafficSplit... split) {
    return new SyncSpec(
        Path.of("gslb-members"),
        List.of(new ClusterSpec("east", "site-east"), new ClusterSpec("west", "site-west")),
        new ImportPolicy(
            Map.of("app", "gslb"), Map.of(), List.of(split), Duration.ofSeconds(2), "round-robin"));
  }

  private static ClusterMembers set(String cluster, ImportedMember... members) {
    return new ClusterMembers(cluster, List.of(members), Instant.EPOCH);
  }

  private static ImportedMember member(String cluster, String host, String ip, String name) {
    return new ImportedMember(
        host,
        cluster,
        "site-" + cluster,
        InetAddress.ofLiteral(ip),
        new Origin(cluster, "web", "Ingress", name));
  }
}
