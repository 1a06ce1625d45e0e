package io.fairlead.sync.global;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fairlead.sync.TextReader;
import io.fairlead.sync.global.GlobalObjects.Kind;
import io.fairlead.sync.global.GlobalObjects.Ref;
import io.fairlead.sync.global.GlobalObjects.Seen;
import io.fairlead.sync.spec.GlobalServiceSpec.Target;
import io.fairlead.sync.spec.GlobalSpec;
import io.fairlead.sync.spec.ShrinkGuard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which GlobalServices and HealthMonitors count, and what is said of each. */
class GlobalObjectsTest {
  private static final String EARLY = "2026-01-01T00:00:00Z";
  private static final String LATE = "2026-02-02T00:00:00Z";
  private static final GlobalSpec SPEC =
      new GlobalSpec("east", true, Set.of("of-file"), new TextReader());

  /** Hosts by {@code namespace/Kind/name}. */
  private final Map<String, Set<String>> targets = new HashMap<>();

  private GlobalObjects objects = begun(null);

  private static GlobalObjects begun(@Nullable GlobalPolicy restored) {
    return new GlobalObjects(restored, SPEC, ShrinkGuard.DEFAULT, Set.of("east", "west"));
  }

  private void service(String path, String created, String spec) {
    put(Kind.SERVICE, path, created, spec);
  }

  private void monitor(String path, String spec) {
    put(Kind.MONITOR, path, EARLY, spec);
  }

  private void put(Kind kind, String path, String created, String spec) {
    objects.put(ref(kind, path), new Seen(created, 1, spec.replace('\'', '"'), Map.of()));
  }

  private static Ref ref(Kind kind, String path) {
    String[] parts = path.split("/", -1);
    return new Ref(kind, parts[0], parts[1]);
  }

  private GlobalPolicy judged() {
    return judged(Set.of());
  }

  private GlobalPolicy judged(Set<String> referred) {
    objects.judge(
        (namespace, target) -> targets.get(namespace + "/" + target.kind() + "/" + target.name()),
        referred);
    return Objects.requireNonNull(objects.policy());
  }

  /** By host, who speaks for it. */
  private Map<String, String> owners() {
    Map<String, String> owners = new TreeMap<>();
    judged()
        .services()
        .forEach((host, service) -> owners.put(host, service.namespace() + "/" + service.name()));
    return owners;
  }

  private Verdict verdict(String service) {
    return Objects.requireNonNull(objects.verdicts().get(ref(Kind.SERVICE, service)));
  }

  private String said(String service) {
    Verdict.Judged judged = verdict(service).judged();
    return "%s %s: %s".formatted(judged.accepted(), judged.reason(), judged.message());
  }

  @Test
  void theOldestOfAHostSpeaksForItAndTheNextWhenItGoes() {
    service("b/late", LATE, "{'host':'x.example.com'}");
    service("z/early", EARLY, "{'host':'X.example.com.'}");
    service("a/unknown", "", "{'host':'x.example.com'}");
    assertThat(owners()).isEqualTo(Map.of("x.example.com", "z/early"));
    assertThat(said("z/early")).isEqualTo("true Accepted: it counts");
    assertThat(said("b/late"))
        .isEqualTo(
            "false Conflicted: x.example.com belongs to GlobalService z/early, which is older");

    objects.remove(ref(Kind.SERVICE, "z/early"), false);
    assertThat(owners()).isEqualTo(Map.of("x.example.com", "b/late"));
    objects.remove(ref(Kind.SERVICE, "b/late"), false);
    assertThat(owners()).as("whose age nobody knows").containsValue("a/unknown");
  }

  @Test
  void aBadChangeLeavesTheLastAcceptedOneInForceAndANewBadOneNothing() {
    service("a/one", EARLY, "{'host':'x.example.com','ttl':5}");
    judged();
    service("a/one", EARLY, "{'host':'y.example.com','bad':'no such key'}");
    service("a/two", EARLY, "{'bad':'no such key'}");
    assertThat(owners()).isEqualTo(Map.of("x.example.com", "a/one"));
    assertThat(said("a/one"))
        .isEqualTo("false Invalid: no such key; the last accepted version goes on");
    assertThat(said("a/two")).isEqualTo("false Invalid: no such key");
    assertThat(verdict("a/one").inForce()).isTrue();
    assertThat(verdict("a/two").inForce()).isFalse();

    service("a/one", EARLY, "{'host':'y.example.com'}");
    assertThat(owners()).isEqualTo(Map.of("y.example.com", "a/one"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'monitors':['of-file']               | true Accepted: it counts
          'monitors':['own']                   | true Accepted: it counts
          'monitors':['other']                 | false RefNotFound: monitors: neither the file nor a HealthMonitor of namespace a is called other
          'monitors':['own','broken']          | false RefNotFound: monitors: neither the file nor a HealthMonitor of namespace a is called broken
          'trafficSplit':[{'cluster':'west'}]  | true Accepted: it counts
          'trafficSplit':[{'cluster':'south'}] | false RefNotFound: trafficSplit: no cluster is called south; there are: east, west
          """)
  void whatItRefersToMustBeThere(String keys, String said) {
    monitor("a/own", "{'type':'tcp'}");
    monitor("b/other", "{'type':'tcp'}");
    monitor("a/broken", "{'bad':'no type'}");
    service("a/one", EARLY, "{'host':'x.example.com',%s}".formatted(keys));
    judged();
    assertThat(said("a/one")).isEqualTo(said);
  }

  @Test
  void aMonitorThatIsGoneIsProbedWithForAsLongAsItIsReferredTo() {
    monitor("a/used", "{'type':'http'}");
    monitor("a/idle", "{'type':'tcp'}");
    monitor("avi-system/hm", "{'type':'http'}");
    service("a/one", EARLY, "{'host':'x.example.com','monitors':['used']}");
    assertThat(judged().monitors()).containsOnlyKeys("a/used", "a/idle", "avi-system/hm");
    assertThat(objects.httpMonitors()).containsExactlyInAnyOrder("a/used", "avi-system/hm");

    List.of("a/used", "a/idle", "avi-system/hm")
        .forEach(path -> objects.remove(ref(Kind.MONITOR, path), false));
    Set<String> amkos = Set.of("avi-system/hm");
    assertThat(judged(amkos).monitors()).containsOnlyKeys("a/used", "avi-system/hm");
    assertThat(said("a/one"))
        .startsWith("false RefNotFound")
        .endsWith("; the last accepted version goes on");
    assertThat(judged(amkos).monitors()).as("each time").hasSize(2);
    assertThat(judged().monitors()).containsOnlyKeys("a/used");

    objects.remove(ref(Kind.SERVICE, "a/one"), false);
    assertThat(judged().monitors()).isEmpty();
  }

  @Test
  void theMostSpecificSpeaksForAHostHoweverOld() {
    targets.put("a/Gateway/gw", Set.of("x.example.com", "y.example.com", "z.example.com"));
    targets.put("a/HTTPRoute/y", Set.of("y.example.com"));
    service("a/gateway", EARLY, "{'targetRefs':[{'kind':'Gateway','name':'gw'}]}");
    service("a/route", LATE, "{'targetRefs':[{'kind':'HTTPRoute','name':'y'}]}");
    service("b/host", LATE, "{'host':'x.example.com'}");
    assertThat(owners())
        .isEqualTo(
            Map.of(
                "x.example.com", "b/host",
                "y.example.com", "a/route",
                "z.example.com", "a/gateway"));
    assertThat(verdict("a/gateway").hosts()).containsExactly("z.example.com");
    assertThat(said("a/gateway")).startsWith("true Accepted: 2 of its 3 hosts are another's");

    service("c/more", LATE, "{'host':'z.example.com'}");
    judged();
    assertThat(said("a/gateway"))
        .as("overruled is no conflict")
        .startsWith("true Accepted: 3 of its 3 hosts are another's");
  }

  @Test
  void ofTwoOfOneTargetTheOlderCountsAndATargetThatIsNotThereIsSaid() {
    targets.put("a/HTTPRoute/x", Set.of("x.example.com"));
    service("a/two", LATE, "{'targetRefs':[{'kind':'HTTPRoute','name':'x'}]}");
    service("a/one", EARLY, "{'targetRefs':[{'kind':'HTTPRoute','name':'x'}]}");
    service(
        "b/away",
        EARLY,
        "{'targetRefs':[{'kind':'HTTPRoute','name':'x'},{'kind':'Gateway','name':'g'}]}");
    assertThat(owners()).isEqualTo(Map.of("x.example.com", "a/one"));
    assertThat(said("a/two"))
        .isEqualTo(
            "false Conflicted: x.example.com belongs to GlobalService a/one, which is older");
    assertThat(said("b/away"))
        .isEqualTo(
            "false TargetNotFound: there is no HTTPRoute x in namespace b of the leader, or its"
                + " kind is not followed");

    targets.put("b/HTTPRoute/x", Set.of());
    targets.put("b/Gateway/g", Set.of("g.example.com"));
    assertThat(owners()).containsEntry("g.example.com", "b/away");
    assertThat(verdict("b/away").attached())
        .extracting(Verdict.Attachment::target, attached -> attached.judged().message())
        .containsExactly(
            tuple(new Target("", "HTTPRoute", "x"), "HTTPRoute x has no host yet"),
            tuple(new Target("", "Gateway", "g"), "it counts"));
  }

  @Test
  void aListThatLosesTooMuchIsHeldUntilItIsAccepted() {
    List<String> all = List.of("x.example.com", "y.example.com", "z.example.com");
    all.forEach(host -> service("a/" + host, EARLY, "{'host':'%s'}".formatted(host)));
    judged();
    objects.startOver();
    service("a/x.example.com", EARLY, "{'host':'x.example.com'}");
    assertThat(objects.isHeld()).isTrue();
    assertThat(owners()).hasSize(3);
    service("a/y.example.com", EARLY, "{'host':'y.example.com'}");
    assertThat(objects.isHeld()).as("one of three is no wrong list").isFalse();
    assertThat(owners()).containsOnlyKeys("x.example.com", "y.example.com");

    objects.remove(ref(Kind.SERVICE, "a/x.example.com"), true);
    objects.remove(ref(Kind.SERVICE, "a/y.example.com"), true);
    assertThat(owners()).hasSize(2);
    objects.acceptLoss();
    assertThat(owners()).isEmpty();
  }

  @Test
  void whatWasAcceptedBeforeARestartCountsUntilItIsSeen() {
    monitor("a/hm", "{'type':'http'}");
    service("a/one", EARLY, "{'host':'x.example.com','monitors':['hm'],'selector':{'a':'b'}}");
    GlobalPolicy before = judged();
    assertThat(before.named()).isEqualTo(Map.of("x.example.com", Map.of("a", "b")));

    objects = begun(before);
    assertThat(objects.policy()).isEqualTo(before);
    assertThat(objects.isHeld()).as("nothing was listed").isTrue();
    assertThat(judged()).isEqualTo(before);
    monitor("a/hm", "{'type':'http'}");
    service("a/one", EARLY, "{'host':'x.example.com','bad':'broken meanwhile'}");
    assertThat(judged()).isEqualTo(before);
    assertThat(said("a/one"))
        .isEqualTo("false Invalid: broken meanwhile; the last accepted version goes on");
  }
}
