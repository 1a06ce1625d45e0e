package io.fairlead.sync.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.sync.federation.Fence.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of several that say that they lead, one at most writes; whoever was away steps back. */
class FenceTest {
  private static final int PATIENCE = 4 * Fence.LOOKS;

  /** The clusters' Leases, and the nodes that reach them or not. */
  private static final class World {
    private final Map<String, LeaseView> leases = new TreeMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private int version;

    World(String... clusters) {
      for (String cluster : clusters) {
        leases.put(cluster, LeaseView.NONE);
      }
    }

    Node node(String context, String name) {
      var node = new Node(new Claimant(context, name), this);
      nodes.add(node);
      return node;
    }

    boolean write(String cluster, LeaseView seen, Claimant holder, int term) {
      if (!seen.equals(leases.get(cluster))) {
        return false;
      }
      leases.put(cluster, new LeaseView(holder, term, "v" + ++version));
      return true;
    }

    void looks(int count) {
      for (int i = 0; i < count; i++) {
        nodes.forEach(Node::look);
      }
    }

    List<Node> writing() {
      return nodes.stream().filter(node -> node.writes).toList();
    }
  }

  /** What a node does with the decisions, as {@link Federator} does. */
  private static final class Node {
    private final Claimant self;
    private final World world;
    private final Fence fence;
    private final Set<String> cutOff = new HashSet<>();
    private boolean leads;
    private boolean writes;
    private Set<String> held = Set.of();

    Node(Claimant self, World world) {
      this.self = self;
      this.world = world;
      this.fence = new Fence(self);
    }

    void look() {
      writes = false;
      held = Set.of();
      Map<String, LeaseView> seen = new HashMap<>(world.leases);
      seen.keySet().removeAll(cutOff);
      if (cutOff.contains(self.context()) || !leads) {
        fence.forget();
      }
      if (cutOff.contains(self.context())) {
        return; // what its own cluster wants cannot be read
      }
      if (!leads) {
        giveBack(seen);
        return;
      }
      switch (fence.look(seen)) {
        case Decision.Claim(int term, List<String> clusters) -> claim(term, clusters, seen);
        case Decision.StandBy _ -> giveBack(seen);
        case Decision.Yield _ -> {
          giveBack(seen);
          leads = false;
        }
      }
    }

    private void claim(int term, List<String> clusters, Map<String, LeaseView> seen) {
      var taken = new HashSet<String>();
      for (String cluster : clusters) {
        if (!world.write(cluster, seen.getOrDefault(cluster, LeaseView.NONE), self, term)) {
          break;
        }
        taken.add(cluster);
      }
      writes = taken.size() > world.leases.size() / 2;
      held = taken;
    }

    private void giveBack(Map<String, LeaseView> seen) {
      seen.forEach(
          (cluster, lease) -> {
            if (lease.holder().equals(self)) {
              world.write(cluster, lease, Claimant.NOBODY, lease.term());
            }
          });
    }

    @Override
    public String toString() {
      return self.toString();
    }
  }

  @Test
  void whoIsAloneLeadsAtOnce() {
    var world = new World("a", "b", "c");
    Node a = world.node("a", "n1");
    a.leads = true;
    world.looks(1);
    assertThat(a.writes).isTrue();
    assertThat(world.leases.values()).allMatch(lease -> lease.term() == 1);
  }

  @Test
  void ofTwoThatBeginTogetherOneLeadsAndTheOtherStepsBack() {
    var world = new World("a", "b");
    Node b = world.node("b", "n1");
    Node a = world.node("a", "n1");
    a.leads = b.leads = true;
    world.looks(1);
    assertThat(world.writing()).containsExactly(b);
    world.looks(PATIENCE);
    assertThat(world.writing()).containsExactly(b);
    assertThat(a.leads).isFalse();
  }

  @Test
  void aClusterThatIsPromotedWhileAnotherLeadsStepsBack() {
    var world = new World("a", "b", "c");
    Node a = world.node("a", "n1");
    Node b = world.node("b", "n1");
    a.leads = true;
    world.looks(3);
    b.leads = true;
    world.looks(PATIENCE);
    assertThat(b.leads).isFalse();
    assertThat(world.writing()).containsExactly(a);
  }

  @Test
  void anOrderlyChangeTakesTwoLooks() {
    var world = new World("a", "b", "c");
    Node a = world.node("a", "n1");
    Node b = world.node("b", "n1");
    a.leads = true;
    world.looks(5);
    a.leads = false;
    b.leads = true;
    world.looks(2);
    assertThat(world.writing()).containsExactly(b);
    assertThat(b.leads).isTrue();
  }

  /** The old leader renews once more before it hears: that does not make it live for ever. */
  @Test
  void aSlowDemotionDoesNotCostTheNewLeaderItsPlace() {
    var world = new World("a", "b", "c");
    Node a = world.node("a", "n1");
    Node b = world.node("b", "n1");
    a.leads = b.leads = true;
    a.look();
    for (int i = 0; i < Fence.LOOKS - 1; i++) {
      b.look();
      a.look();
    }
    a.leads = false;
    world.looks(2);
    assertThat(world.writing()).containsExactly(b);
  }

  /** Two clusters are what most have: the other is lost, promoted, and comes back. */
  @ParameterizedTest
  @ValueSource(strings = {"a b", "a b c", "a b c d e"})
  void anOldLeaderThatReturnsStepsBack(String clusters) {
    String[] names = clusters.split(" ");
    var world = new World(names);
    Node a = world.node("a", "n1");
    Node b = world.node("b", "n1");
    a.leads = true;
    world.looks(3);
    a.cutOff.addAll(List.of(names));
    b.cutOff.add("a");
    b.leads = true;
    world.looks(PATIENCE);
    assertThat(b.writes).as("most of the clusters are there").isEqualTo(names.length > 2);

    a.cutOff.clear();
    b.cutOff.clear();
    world.looks(PATIENCE);
    assertThat(a.leads).isFalse();
    assertThat(world.writing()).containsExactly(b);
  }

  @Test
  void nodesOfOneClusterTakeOverFromEachOther() {
    var world = new World("a", "b");
    Node one = world.node("a", "n1");
    Node two = world.node("a", "n2");
    one.leads = two.leads = true;
    world.looks(PATIENCE);
    assertThat(world.writing()).containsExactly(one);
    assertThat(two.leads).as("its cluster leads").isTrue();
    world.nodes.remove(one);
    world.looks(Fence.LOOKS + 2);
    assertThat(world.writing()).containsExactly(two);
  }

  /** Partitions and promotions at random: nobody ever writes beside another. */
  @Test
  void oneAtMostWritesWhateverHappens() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    int led = 0;
    for (int run = 0; run < 200; run++) {
      String[] names = {"a", "b", "c", "d", "e"};
      var world =
          new World(List.of(names).subList(0, 2 + random.nextInt(4)).toArray(String[]::new));
      for (String cluster : world.leases.keySet()) {
        world.node(cluster, "n1");
      }
      for (int step = 0; step < 200; step++) {
        Node one = world.nodes.get(random.nextInt(world.nodes.size()));
        if (random.nextInt(20) == 0) {
          one.leads = !one.leads;
        }
        if (random.nextInt(10) == 0) {
          one.cutOff.clear();
          world.leases.keySet().stream()
              .filter(_ -> random.nextInt(3) == 0)
              .forEach(one.cutOff::add);
        }
        one.look();
        if (one.writes) {
          led++;
          Map<String, LeaseView> now = world.leases;
          assertThat(one.held)
              .allMatch(c -> now.getOrDefault(c, LeaseView.NONE).holder().equals(one.self));
          assertThat(world.nodes)
              .as("seed %d, run %d, step %d", seed, run, step)
              .filteredOn(
                  node ->
                      node != one
                          && node.held.stream()
                                  .filter(
                                      c ->
                                          now.getOrDefault(c, LeaseView.NONE)
                                              .holder()
                                              .equals(node.self))
                                  .count()
                              > now.size() / 2)
              .isEmpty();
        }
      }
      world.nodes.forEach(node -> node.cutOff.clear());
      world.nodes.getFirst().leads = true;
      world.looks(2 * PATIENCE);
      assertThat(world.writing()).as("seed %d, run %d", seed, run).hasSize(1);
      assertThat(world.nodes)
          .as("seed %d, run %d", seed, run)
          .filteredOn(node -> node.leads)
          .hasSize(1);
    }
    assertThat(led).isPositive();
  }
}
