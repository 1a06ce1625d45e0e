package io.fairlead.sync.cluster;

import io.fairlead.sync.cluster.ClusterStatus.Skipped;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.object.Reading;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.ImportPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster is known to offer, from one word after another. Knows nothing of connections; not
 * thread-safe.
 *
 * <p>Every word is either <em>witnessed</em> (a watch event: it happened) or <em>listed</em> (a new
 * list differs from what we knew: it may be that the list is wrong, of an empty or another
 * cluster). What a list takes away is in doubt, and goes on being served, until {@link #judge} lets
 * it go or holds it.
 */
final class ClusterView {
  private final ClusterSpec cluster;
  private ImportPolicy policy;
  private double maxShrink;

  private final Map<Origin, Reading> readings = new TreeMap<>();
  private final Map<String, Map<String, String>> namespaces = new HashMap<>();

  /** By the policy, from the readings. */
  private final Map<Origin, List<ImportedMember>> offered = new TreeMap<>();

  /** Served before, missing from the last list. */
  private final Map<Origin, List<ImportedMember>> doubted = new TreeMap<>();

  /** Members that lists brought since the last judgement: they do not make a loss smaller. */
  private int gained;

  /** Members before the loss that is being held; 0 when nothing is held. */
  private int heldFrom;

  /** False until the first list of this connection is whole. */
  private boolean synced;

  ClusterView(ClusterSpec cluster, ImportPolicy policy, double maxShrink) {
    this.cluster = cluster;
    this.policy = policy;
    this.maxShrink = maxShrink;
  }

  /** What was served before this process began, if anything: the first list is measured by it. */
  void restore(List<ImportedMember> lastKnown) {
    for (ImportedMember member : lastKnown) {
      doubted.computeIfAbsent(member.origin(), _ -> new ArrayList<>()).add(member);
    }
  }

  /** Another connection begins: whatever it does not list is in doubt. */
  void startOver() {
    offered.forEach((origin, members) -> doubted.merge(origin, members, ClusterView::union));
    readings.clear();
    namespaces.clear();
    offered.clear();
    synced = false;
  }

  void synced() {
    synced = true;
  }

  boolean isSynced() {
    return synced;
  }

  void put(Reading reading, boolean listed) {
    readings.put(reading.origin(), reading);
    offer(reading.origin(), reading, listed);
  }

  void remove(Origin origin, boolean listed) {
    readings.remove(origin);
    offer(origin, null, listed);
  }

  /** Labels of a namespace; null when it is gone. */
  void namespace(String name, @Nullable Map<String, String> labels, boolean listed) {
    if (labels == null) {
      namespaces.remove(name);
    } else {
      namespaces.put(name, Map.copyOf(labels));
    }
    for (Reading reading : List.copyOf(readings.values())) {
      if (reading.origin().namespace().equals(name)) {
        offer(reading.origin(), reading, listed);
      }
    }
  }

  /** The operator's own change: nothing that it takes away is in doubt. */
  void reconfigure(ImportPolicy policy, double maxShrink) {
    this.policy = policy;
    this.maxShrink = maxShrink;
    offered.clear();
    readings.values().forEach(this::offer);
  }

  private void offer(Reading reading) {
    List<ImportedMember> members = members(reading);
    if (!members.isEmpty()) {
      offered.put(reading.origin(), members);
    }
  }

  private void offer(Origin origin, @Nullable Reading reading, boolean listed) {
    List<ImportedMember> before =
        union(offered.getOrDefault(origin, List.of()), doubted.getOrDefault(origin, List.of()));
    List<ImportedMember> now = reading == null ? List.of() : members(reading);
    if (now.isEmpty()) {
      offered.remove(origin);
    } else {
      offered.put(origin, now);
    }
    // After a restart the policy may be another: an object that is there and not selected is no
    // loss.
    boolean refused = !synced && reading != null && refuses(reading);
    List<ImportedMember> lost = listed && !refused ? minus(before, now) : List.of();
    if (lost.isEmpty()) {
      doubted.remove(origin);
    } else {
      doubted.put(origin, lost);
    }
    gained += listed ? minus(now, before).size() : 0;
  }

  /**
   * After a list is whole: lets go of what it lost, or holds it if it lost too much. Harmless at
   * any other time.
   */
  void judge() {
    int lost = count(doubted.values());
    int kept = count(offered.values());
    int before = Math.max(heldFrom, kept + lost - gained);
    gained = 0;
    boolean tooMuch = lost > 0 && (kept == 0 || lost > maxShrink * before);
    if (!tooMuch) {
      doubted.clear();
    }
    heldFrom = tooMuch ? before : 0;
  }

  void acceptShrink() {
    doubted.clear();
    heldFrom = 0;
  }

  boolean inDoubt() {
    return !doubted.isEmpty();
  }

  /** Members that are served though the last list lost them; 0 while nothing has been judged. */
  int held() {
    return heldFrom == 0 ? 0 : count(doubted.values());
  }

  int objects() {
    return readings.size();
  }

  /** Sorted by origin. */
  List<ImportedMember> members() {
    Map<Origin, List<ImportedMember>> served = new TreeMap<>(offered);
    doubted.forEach((origin, members) -> served.merge(origin, members, ClusterView::union));
    return served.values().stream().flatMap(List::stream).toList();
  }

  /** Selected objects with a problem. */
  List<Skipped> skipped() {
    return readings.values().stream()
        .filter(this::selects)
        .flatMap(r -> r.problems().stream().map(problem -> new Skipped(r.origin(), problem)))
        .limit(ClusterStatus.MAX_SKIPPED)
        .toList();
  }

  private List<ImportedMember> members(Reading reading) {
    return selects(reading)
        ? reading.vips().stream()
            .map(
                vip ->
                    new ImportedMember(
                        vip.host(),
                        cluster.context(),
                        cluster.site(),
                        vip.address(),
                        reading.origin()))
            .toList()
        : List.of();
  }

  private boolean selects(Reading reading) {
    boolean asked = !policy.appSelector().isEmpty() || !policy.namespaceSelector().isEmpty();
    Map<String, String> labels = namespaces.getOrDefault(reading.origin().namespace(), Map.of());
    return asked
        && has(reading.labels(), policy.appSelector())
        && has(labels, policy.namespaceSelector());
  }

  /** Not selected, and nothing that is still to come (its namespace) can change that. */
  private boolean refuses(Reading reading) {
    return !selects(reading)
        && (policy.namespaceSelector().isEmpty()
            || !has(reading.labels(), policy.appSelector())
            || namespaces.containsKey(reading.origin().namespace()));
  }

  private static boolean has(Map<String, String> labels, Map<String, String> asked) {
    return labels.entrySet().containsAll(asked.entrySet());
  }

  private static int count(Collection<List<ImportedMember>> lists) {
    return lists.stream().mapToInt(List::size).sum();
  }

  private static List<ImportedMember> minus(List<ImportedMember> a, List<ImportedMember> b) {
    Set<ImportedMember> gone = new HashSet<>(b);
    return a.stream().filter(member -> !gone.contains(member)).toList();
  }

  private static List<ImportedMember> union(List<ImportedMember> a, List<ImportedMember> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    List<ImportedMember> both = new ArrayList<>(a);
    both.addAll(minus(b, a));
    return List.copyOf(both);
  }
}
