package io.fairlead.sync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.sync.TextReader;
import io.fairlead.sync.amko.AmkoPolicy;
import io.fairlead.sync.amko.AmkoPolicy.HostRule;
import io.fairlead.sync.amko.AmkoPolicy.Settings;
import io.fairlead.sync.amko.AmkoPolicy.Share;
import io.fairlead.sync.amko.AmkoPolicy.ThirdParty;
import io.fairlead.sync.global.GlobalPolicy;
import io.fairlead.sync.merge.ImportedService.Monitoring;
import io.fairlead.sync.spec.AmkoSpec;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.GlobalSpec;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.ImportPolicy.TrafficSplit;
import io.fairlead.sync.spec.ShrinkGuard;
import io.fairlead.sync.spec.SyncSpec;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GlobalService before GSLBHostRule before GlobalDeploymentPolicy before the file. */
class GlobalRulesTest {
  private static final String HOST = "a.example.com";

  /** Of the file: ttl 2, round-robin, east 4 at 40, monitor file. */
  private static final ImportPolicy FILE =
      new ImportPolicy(
          Map.of(),
          Map.of(),
          List.of(new TrafficSplit("east", 4, 40)),
          Duration.ofSeconds(2),
          "round-robin",
          false,
          List.of("file"),
          false);

  /** Of AMKO: ttl 3, topology, east 3 at 30, monitor gdp; and a rule with ttl 5, east 5. */
  private static final AmkoPolicy AMKO =
      new AmkoPolicy(
          false,
          Map.of(),
          Map.of(),
          Set.of("east"),
          settings("GDP", 3, 3, 30, "gdp"),
          Map.of(
              HOST,
              new HostRule(
                  settings("GHR", 5, 5, null, null),
                  List.of(new ThirdParty("far", InetAddress.ofLiteral("203.0.113.5"), null)),
                  Map.of("east", InetAddress.ofLiteral("203.0.113.9")))));

  private static Settings settings(
      String from, int ttl, int weight, @Nullable Integer priority, @Nullable String monitor) {
    return new Settings(
        from,
        Duration.ofSeconds(ttl),
        List.of(new Share("east", weight, priority)),
        monitor == null ? List.of() : List.of(monitor),
        null,
        null,
        null,
        null);
  }

  private static List<ImportedService> merged(@Nullable AmkoPolicy amko, @Nullable String spec) {
    GlobalPolicy global =
        spec == null
            ? GlobalPolicy.NOTHING
            : new GlobalPolicy(
                Map.of(
                    HOST,
                    new GlobalPolicy.Service(
                        "web", "gs", "", Map.of(), 0, spec.replace('\'', '"'))),
                Map.of());
    var sync =
        new SyncSpec(
            Path.of("gslb-members"),
            List.of(new ClusterSpec("east", "site-east")),
            FILE,
            ShrinkGuard.DEFAULT,
            SyncSpec.DEFAULT_SOURCES,
            false,
            amko == null ? null : new AmkoSpec("east", true),
            false,
            new GlobalSpec("east", true, Set.of("file", "gdp"), new TextReader()));
    var member =
        new ImportedMember(
            HOST,
            "east",
            "site-east",
            InetAddress.ofLiteral("192.0.2.1"),
            new ImportedMember.Origin("east", "web", "Ingress", "a"));
    return Merge.merge(
        sync, List.of(new ClusterMembers("east", List.of(member), Instant.EPOCH, amko, global)));
  }

  private static String shown(ImportedService service) {
    ImportedService.Member first = service.members().getFirst();
    String monitors =
        service.monitoring() instanceof Monitoring.References(var names)
            ? String.join(",", names)
            : "none";
    return "ttl %d, %s, %d at %d, %s"
        .formatted(
            service.ttl().toSeconds(),
            service.algorithm(),
            first.weight(),
            first.priority(),
            monitors);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          false |                                                  | ttl 2, round-robin, 4 at 40, file
          false | {'ttl':9}                                        | ttl 9, round-robin, 4 at 40, file
          false | {'algorithm':'geo'}                              | ttl 2, geo, 4 at 40, file
          false | {'trafficSplit':[{'cluster':'east','weight':7}]} | ttl 2, round-robin, 7 at 40, file
          false | {'trafficSplit':[{'cluster':'east','priority':7}]} | ttl 2, round-robin, 4 at 7, file
          false | {'trafficSplit':[{'cluster':'west','weight':7}]} | ttl 2, round-robin, 4 at 40, file
          false | {'monitors':['file','own']}                      | ttl 2, round-robin, 4 at 40, file,web/own
          true  |                                                  | ttl 5, round-robin, 5 at 30, gdp
          true  | {'ttl':9}                                        | ttl 9, round-robin, 5 at 30, gdp
          true  | {'trafficSplit':[{'cluster':'east','weight':7}]} | ttl 5, round-robin, 7 at 30, gdp
          true  | {'monitors':['own']}                             | ttl 5, round-robin, 5 at 30, web/own
          true  | {'bad':'of another version'}                     | ttl 5, round-robin, 5 at 30, gdp
          """)
  void eachKeyByItself(boolean amko, @Nullable String spec, String expected) {
    assertThat(shown(merged(amko ? AMKO : null, spec).getFirst())).isEqualTo(expected);
  }

  @Test
  void membersAndPublicAddressesOfAGlobalServiceTakeThePlaceOfTheRules() {
    List<ImportedService.Member> ofRule = merged(AMKO, "{'ttl':9}").getFirst().members();
    assertThat(ofRule)
        .extracting(member -> member.destination().toString())
        .containsExactly("192.0.2.1", "203.0.113.5");
    assertThat(ofRule.getFirst().publicAddress()).isEqualTo(InetAddress.ofLiteral("203.0.113.9"));

    List<ImportedService.Member> own =
        merged(
                AMKO,
                "{'members':[{'address':'203.0.113.6'}],"
                    + "'trafficSplit':[{'cluster':'east','publicAddress':'203.0.113.8'}]}")
            .getFirst()
            .members();
    assertThat(own)
        .extracting(member -> member.destination().toString())
        .containsExactly("192.0.2.1", "203.0.113.6");
    assertThat(own.getFirst().publicAddress()).isEqualTo(InetAddress.ofLiteral("203.0.113.8"));
    assertThat(own.getLast().provenance())
        .isEqualTo(new Provenance("GlobalService web/gs", "GlobalService web/gs"));
  }

  @Test
  void aliasesAreNamesThatCanBeServed() {
    assertThat(merged(null, "{'aliases':['B.example.com.','a_b','*.x','a.example.com']}"))
        .singleElement()
        .extracting(ImportedService::aliases)
        .isEqualTo(List.of("b.example.com"));
  }
}
