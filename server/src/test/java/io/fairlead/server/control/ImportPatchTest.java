package io.fairlead.server.control;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.NodeSpec;
import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.wire.Name;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.sync.merge.Check;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.Destination;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.SyncSpec;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change of some services gives what planning all of them anew would give. */
final class ImportPatchTest {
  private static final List<String> CLUSTERS = List.of("c1", "c2", "c3");
  private static final int HOSTS = 6;
  private static final int STEPS = 60;

  private final ControlFold fold = new ControlFold();
  private final Map<String, Map<String, ImportedMember>> offered = new LinkedHashMap<>();
  private Published now = started(fold);

  private static FairleadConfig config() {
    ServiceSpec ofFile = Fruit.service(Fruit.FRUIT, Fruit.HOME);
    FairleadConfig plain = Fruit.config(List.of(ofFile), NodeSpec.AnswerWhenUnknown.UP);
    var policy =
        new ImportPolicy(
            Map.of("app", "gslb"),
            Map.of(),
            List.of(),
            Duration.ofSeconds(2),
            "round-robin",
            false,
            List.of(),
            true);
    var clusters =
        CLUSTERS.stream().map(cluster -> new ClusterSpec(cluster, "site-" + cluster)).toList();
    return new FairleadConfig(
        plain.node(),
        plain.listen(),
        plain.admin(),
        plain.zones(),
        plain.sites(),
        plain.monitors(),
        plain.services(),
        new SyncSpec(Path.of("gslb-members"), clusters, policy));
  }

  private static Published started(ControlFold fold) {
    return fold.apply(
        Published.NOTHING,
        List.of(
            new ControlEvent.ConfigLoaded(config(), "", List.of(), Instant.EPOCH),
            new ControlEvent.ReadyTimeoutPassed()));
  }

  private static ImportedMember member(
      String cluster, String object, String host, String address, List<String> aliases) {
    return new ImportedMember(
        host,
        cluster,
        "site-" + cluster,
        Destination.of(InetAddress.ofLiteral(address)),
        new ImportedMember.Origin(cluster, "web", "Ingress", object),
        new ImportedMember.Backend(host, aliases, Check.PLAIN));
  }

  private static ControlEvent changed(String cluster, Map<String, ImportedMember> members) {
    return new ControlEvent.ImportChanged(
        new ClusterMembers(cluster, List.copyOf(members.values()), Instant.EPOCH));
  }

  private Map<String, ImportedMember> offeredBy(String cluster) {
    return offered.computeIfAbsent(cluster, _ -> new LinkedHashMap<>());
  }

  private void put(String cluster, String object, String host, String address) {
    offeredBy(cluster).put(object, member(cluster, object, host, address, List.of()));
    now = fold.apply(now, List.of(changed(cluster, offeredBy(cluster))));
  }

  private Published fromScratch() {
    var fresh = new ControlFold();
    List<ControlEvent> events = new ArrayList<>();
    CLUSTERS.forEach(cluster -> events.add(changed(cluster, offeredBy(cluster))));
    now.model()
        .health()
        .forEach(
            (target, status) -> events.add(new ControlEvent.HealthChanged(target, "", status)));
    Published planned = fresh.apply(started(fresh), events.subList(0, CLUSTERS.size()));
    return fresh.apply(planned, events.subList(CLUSTERS.size(), events.size()));
  }

  private static Map<Name, ServiceSpec> services(Published published) {
    return published.plan().services().stream().collect(toMap(ServiceSpec::name, s -> s));
  }

  private static Map<String, Set<Availability>> states(Published published) {
    return published
        .plan()
        .allMembers()
        .collect(
            groupingBy(
                member -> Plan.key(member.service().name()) + " " + member.member().target(),
                mapping(published::availability, toSet())));
  }

  private static Map<Target, Set<String>> targets(Published published) {
    return published.plan().targets().stream()
        .collect(
            toMap(
                target -> target,
                target ->
                    published.plan().members(target).stream()
                        .map(member -> member.subject().toString())
                        .collect(toSet())));
  }

  private void isAsIfPlannedAnew(String afterWhat) {
    Published fresh = fromScratch();
    assertThat(services(now)).as("services after %s", afterWhat).isEqualTo(services(fresh));
    assertThat(targets(now)).as("targets after %s", afterWhat).isEqualTo(targets(fresh));
    assertThat(now.plan().monitored())
        .as("monitored after %s", afterWhat)
        .isEqualTo(fresh.plan().monitored());
    assertThat(now.plan().notes())
        .as("notes after %s", afterWhat)
        .hasSameElementsAs(fresh.plan().notes());
    assertThat(states(now)).as("states after %s", afterWhat).isEqualTo(states(fresh));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyChangesInAnyOrderAreAsIfAllWerePlannedAnew(long seed) {
    var random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      String said = anything(random);
      isAsIfPlannedAnew("seed " + seed + ", step " + step + ", " + said);
    }
  }

  private String anything(Random random) {
    String cluster = CLUSTERS.get(random.nextInt(CLUSTERS.size()));
    String object = "o" + random.nextInt(4);
    Map<String, ImportedMember> members = offeredBy(cluster);
    int what = random.nextInt(10);
    if (what == 0) {
      members.remove(object);
    } else if (what == 1 && !now.plan().targets().isEmpty()) {
      List<Target> targets = List.copyOf(now.plan().targets());
      Target target = targets.get(random.nextInt(targets.size()));
      Verdict verdict = random.nextBoolean() ? Verdict.UP : Verdict.DOWN;
      var status = new TargetStatus(verdict, Instant.EPOCH, "seen");
      now =
          fold.apply(
              now,
              List.of(
                  new ControlEvent.HealthChanged(target, "", status), changed(cluster, members)));
      return verdict + " " + target;
    } else {
      String host =
          switch (random.nextInt(12)) {
            case 0 -> "app.elsewhere.example"; // in none of the zones
            case 1 -> "fruit.gslb.guzware.net"; // the file's
            case 2 -> "*.gslb.guzware.net"; // no host
            default -> "app-" + random.nextInt(HOSTS) + ".gslb.guzware.net";
          };
      List<String> aliases =
          random.nextInt(8) == 0 ? List.of("also-" + host, "app-1.gslb.guzware.net") : List.of();
      members.put(object, member(cluster, object, host, "127.0.30." + random.nextInt(9), aliases));
    }
    now = fold.apply(now, List.of(changed(cluster, members)));
    return cluster + " offers " + members.values();
  }

  @Test
  void anotherAddressLeavesEverythingElseAsItIs() {
    for (int i = 0; i < HOSTS; i++) {
      put("c1", "o" + i, "app-" + i + ".gslb.guzware.net", "127.0.30." + i);
    }
    Published before = now;
    put("c1", "o3", "app-3.gslb.guzware.net", "127.0.31.3");
    assertThat(now.snapshot().zones()).as("zones").isSameAs(before.snapshot().zones());
    for (ServiceSpec service : now.plan().services()) {
      int number = now.plan().number(service.name());
      boolean same =
          now.snapshot().services().get(number) == before.snapshot().services().get(number);
      assertThat(same)
          .as("%s is what it was", service.name())
          .isEqualTo(!service.name().toString().startsWith("app-3."));
    }
    isAsIfPlannedAnew("another address");
  }

  @Test
  void theSameSetAgainChangesNothing() {
    put("c1", "o1", "app-1.gslb.guzware.net", "127.0.30.1");
    Published before = now;
    put("c1", "o1", "app-1.gslb.guzware.net", "127.0.30.1");
    assertThat(now.plan()).isSameAs(before.plan());
    assertThat(now.snapshot()).isSameAs(before.snapshot());
  }
}
