package io.fairlead.sync.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.object.Reading;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.ShrinkGuard;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterViewTest {
  private static final boolean LISTED = true;
  private static final boolean WATCHED = false;
  private static final Map<String, String> GSLB = Map.of("app", "gslb");

  private final ClusterView view =
      new ClusterView(new ClusterSpec("east", "site"), policy(GSLB, Map.of()), ShrinkGuard.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    "4, 0, 0",
    "4, 1, 0",
    "4, 2, 0",
    "4, 3, 3",
    "4, 4, 4",
    "1, 1, 1",
    "3, 2, 2",
    "10, 5, 0",
    "10, 6, 6"
  })
  void aListMayLoseHalf(int members, int lost, int held) {
    watch(members);
    for (int i = 0; i < lost; i++) {
      view.remove(origin(i), LISTED);
      assertThat(view.members()).as("nothing goes before it is judged").hasSize(members);
    }
    view.judge();
    assertThat(view.held()).isEqualTo(held);
    assertThat(view.members()).hasSize(members - lost + held);
  }

  @Test
  void whatAListBringsMakesALossNoSmaller() {
    watch(4);
    for (int i = 10; i < 20; i++) {
      view.put(reading(i), LISTED);
    }
    for (int i = 0; i < 4; i++) {
      view.remove(origin(i), LISTED);
    }
    view.judge();
    assertThat(view.held()).isEqualTo(4);
    assertThat(view.members()).hasSize(14);
  }

  @Test
  void aListThatEmptiesTheObjectsIsALossAsOneThatLacksThem() {
    watch(3);
    for (int i = 0; i < 3; i++) {
      view.put(empty(i), LISTED);
    }
    view.judge();
    assertThat(view.held()).isEqualTo(3);
  }

  @Test
  void whatWasWitnessedAppliesAtOnce() {
    watch(3);
    view.remove(origin(0), WATCHED);
    view.put(empty(1), WATCHED);
    view.put(new Reading(origin(2), Map.of(), reading(2).vips(), List.of()), WATCHED);
    assertThat(view.members()).isEmpty();
    view.judge();
    assertThat(view.held()).isZero();
  }

  @Test
  void aLaterListIsMeasuredByWhatWasThereBeforeTheLossThatIsHeld() {
    watch(10);
    for (int i = 0; i < 9; i++) {
      view.remove(origin(i), LISTED);
    }
    view.judge();
    assertThat(view.held()).isEqualTo(9);
    for (int i = 0; i < 3; i++) {
      view.put(reading(i), LISTED);
    }
    view.judge();
    assertThat(view.held()).as("6 of 10 are still missing").isEqualTo(6);
    view.put(reading(3), LISTED);
    view.judge();
    assertThat(view.held()).as("5 of 10 may go").isZero();
    assertThat(view.members()).hasSize(5);
  }

  @Test
  void anotherConnectionIsMeasuredByTheOneBefore() {
    watch(4);
    view.startOver();
    assertThat(view.isSynced()).isFalse();
    view.put(reading(0), LISTED);
    view.synced();
    view.judge();
    assertThat(view.held()).isEqualTo(3);
    view.acceptShrink();
    assertThat(view.members()).extracting(ImportedMember::origin).containsExactly(origin(0));
  }

  @Test
  void afterARestartAnObjectThatTheNewPolicyRefusesIsNoLoss() {
    view.restore(List.of(member(0), member(1), member(2)));
    view.put(reading(0), LISTED);
    view.put(new Reading(origin(1), Map.of(), reading(1).vips(), List.of()), LISTED);
    view.put(new Reading(origin(2), Map.of(), reading(2).vips(), List.of()), LISTED);
    view.synced();
    view.judge();
    assertThat(view.held()).isZero();
    assertThat(view.members()).extracting(ImportedMember::origin).containsExactly(origin(0));
  }

  @Test
  void theOperatorsOwnPolicyIsNoLoss() {
    watch(3);
    view.reconfigure(policy(Map.of("app", "other"), Map.of()), ShrinkGuard.DEFAULT);
    view.judge();
    assertThat(view.members()).isEmpty();
    assertThat(view.held()).isZero();
  }

  @Test
  void objectsThatAreListedBeforeTheirNamespaceAreNoLossOnceItIsThere() {
    view.reconfigure(policy(GSLB, Map.of("ns", "yes")), ShrinkGuard.DEFAULT);
    view.namespace("web", Map.of("ns", "yes"), WATCHED);
    watch(2);
    view.startOver();
    view.put(reading(0), LISTED);
    view.put(reading(1), LISTED);
    assertThat(view.members()).as("served meanwhile").hasSize(2);
    view.namespace("web", Map.of("ns", "yes"), LISTED);
    view.synced();
    view.judge();
    assertThat(view.inDoubt()).isFalse();
    assertThat(view.members()).hasSize(2);
  }

  @Test
  void bothSelectorsMustMatchWithAllTheirLabels() {
    view.reconfigure(
        policy(Map.of("app", "gslb", "tier", "front"), Map.of("ns", "yes")), ShrinkGuard.DEFAULT);
    Map<String, String> both = Map.of("app", "gslb", "tier", "front", "more", "x");
    view.put(new Reading(origin(0), both, reading(0).vips(), List.of()), WATCHED);
    assertThat(view.members()).as("namespace unknown").isEmpty();
    view.namespace("web", Map.of("ns", "yes", "more", "x"), WATCHED);
    assertThat(view.members()).hasSize(1);
    view.put(reading(0), WATCHED);
    assertThat(view.members()).as("one of two labels").isEmpty();
    view.put(new Reading(origin(0), both, reading(0).vips(), List.of()), WATCHED);
    view.namespace("web", null, WATCHED);
    assertThat(view.members()).as("namespace gone").isEmpty();
  }

  private void watch(int members) {
    for (int i = 0; i < members; i++) {
      view.put(reading(i), WATCHED);
    }
    view.synced();
    view.judge();
    assertThat(view.members()).hasSize(members);
  }

  private static Origin origin(int i) {
    return new Origin("east", "web", "Ingress", "i" + i);
  }

  private static Reading reading(int i) {
    var vip =
        new Reading.Vip("h" + i + ".example.com", InetAddress.ofLiteral("192.0.2." + (i + 1)));
    return new Reading(origin(i), GSLB, List.of(vip), List.of());
  }

  private static Reading empty(int i) {
    return new Reading(origin(i), GSLB, List.of(), List.of("no address"));
  }

  private static ImportedMember member(int i) {
    var vip = reading(i).vips().getFirst();
    var address = InetAddress.ofLiteral(vip.destination().toString());
    return new ImportedMember(vip.host(), "east", "site", address, origin(i));
  }

  private static ImportPolicy policy(Map<String, String> app, Map<String, String> namespace) {
    return new ImportPolicy(app, namespace, List.of(), Duration.ofSeconds(2), "round-robin");
  }
}
