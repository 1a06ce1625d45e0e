package io.fairlead.sync.cluster;

import static java.util.stream.Collectors.toCollection;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.amko.HostRules;
import io.fairlead.sync.cluster.ClusterStatus.Skipped;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.merge.Check;
import io.fairlead.sync.merge.Destination;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedMember.Backend;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.merge.Why;
import io.fairlead.sync.object.Identity;
import io.fairlead.sync.object.Reading;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.ShrinkGuard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
  private ShrinkGuard shrink;

  private final Map<Origin, Reading> readings = new TreeMap<>();
  private final Map<Origin, Identity> identities = new HashMap<>();
  private final Selection selection;
  private final HostRules hostRules = new HostRules();

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

  ClusterView(ClusterSpec cluster, ImportPolicy policy, ShrinkGuard shrink) {
    this.cluster = cluster;
    this.policy = policy;
    this.shrink = shrink;
    this.selection = new Selection(policy);
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
    identities.clear();
    selection.clear();
    hostRules.clear();
    offered.clear();
    synced = false;
  }

  void synced() {
    synced = true;
  }

  boolean isSynced() {
    return synced;
  }

  /** An object as it is now. */
  void put(Reading reading, Identity identity, boolean listed) {
    identities.put(reading.origin(), identity);
    put(reading, listed);
  }

  /** The same object, read again. */
  void put(Reading reading, boolean listed) {
    readings.put(reading.origin(), reading);
    offer(reading.origin(), reading, listed);
  }

  void remove(Origin origin, boolean listed) {
    readings.remove(origin);
    identities.remove(origin);
    offer(origin, null, listed);
  }

  /** Labels of a namespace; null when it is gone. */
  void namespace(String name, @Nullable Map<String, String> labels, boolean listed) {
    selection.namespace(name, labels);
    offerAgain(reading -> reading.origin().namespace().equals(name), listed);
  }

  /** A HostRule of AKO's as it is now. */
  void hostRule(GenericKubernetesResource object, boolean listed) {
    offerHosts(hostRules.put(object), listed);
  }

  void hostRuleGone(GenericKubernetesResource object, boolean listed) {
    offerHosts(hostRules.remove(object), listed);
  }

  private void offerHosts(List<String> hosts, boolean listed) {
    if (!hosts.isEmpty()) {
      offerAgain(
          reading -> reading.vips().stream().anyMatch(vip -> hosts.contains(vip.host())), listed);
    }
  }

  private void offerAgain(Predicate<Reading> concerned, boolean listed) {
    List.copyOf(readings.values()).stream()
        .filter(concerned)
        .forEach(reading -> offer(reading.origin(), reading, listed));
  }

  /** The operator's own change: nothing that it takes away is in doubt. */
  void reconfigure(ImportPolicy policy, ShrinkGuard shrink) {
    this.policy = policy;
    this.shrink = shrink;
    selection.follow(policy);
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
    boolean refused = !synced && reading != null && now.isEmpty() && selection.refuses(reading);
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
    boolean tooMuch = shrink.holds(kept, lost, before);
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
        .flatMap(r -> problems(r).map(problem -> new Skipped(r.origin(), problem)))
        .limit(ClusterStatus.MAX_SKIPPED)
        .toList();
  }

  Identity identity(Origin object) {
    return identities.getOrDefault(object, Identity.UNKNOWN);
  }

  /**
   * What there is to say at objects.
   *
   * @param skipped as {@link #skipped()} has it
   * @param notes by host, why a name or an alias of it is not served
   */
  List<Complaint> complaints(List<Skipped> skipped, Map<String, List<String>> notes) {
    Stream<Complaint> ofObjects =
        skipped.stream().map(s -> new Complaint(s.origin(), Complaint.SKIPPED, s.reason()));
    Stream<Complaint> ofNames =
        notes.isEmpty()
            ? Stream.of()
            : offered.values().stream()
                .flatMap(List::stream)
                .flatMap(
                    member ->
                        notes.getOrDefault(HostNames.normal(member.host()), List.of()).stream()
                            .map(n -> new Complaint(member.origin(), Complaint.NOT_SERVED, n)));
    return Stream.concat(ofObjects, ofNames).distinct().limit(ClusterStatus.MAX_SKIPPED).toList();
  }

  /** Why an object offers what it does; the letter case of its kind does not matter. */
  Why why(Origin asked) {
    Reading reading =
        readings.values().stream()
            .filter(r -> r.origin().kind().equalsIgnoreCase(asked.kind()))
            .filter(r -> r.origin().namespace().equals(asked.namespace()))
            .filter(r -> r.origin().name().equals(asked.name()))
            .findFirst()
            .orElse(null);
    if (reading == null) {
      boolean held = doubted.containsKey(asked);
      String reason =
          held
              ? "the last list lacks it; it is served until that is accepted"
              : "the cluster has no such object, or none of its kind is followed";
      return new Why(asked, held, held, List.of(reason), doubted.getOrDefault(asked, List.of()));
    }
    boolean selected = selects(reading);
    List<String> reasons = new ArrayList<>(selected ? List.of() : selection.lacking(reading));
    problems(reading).forEach(reasons::add);
    return new Why(reading.origin(), true, selected, reasons, members(reading));
  }

  /** The hosts of an object, as it writes them, lower case; null when there is none such. */
  @Nullable Set<String> hosts(String namespace, String kind, String name) {
    Reading reading = readings.get(new Origin(cluster.context(), namespace, kind, name));
    return reading == null
        ? null
        : reading.vips().stream()
            .map(vip -> globalHost(vip.host(), hostRules.of(vip.host())))
            .filter(Objects::nonNull)
            .collect(toCollection(TreeSet::new));
  }

  private Stream<String> problems(Reading reading) {
    Stream<String> unmapped =
        reading.vips().stream()
            .map(Reading.Vip::host)
            .distinct()
            .filter(host -> globalHost(host, hostRules.of(host)) == null)
            .map(host -> "no accepted HostRule gives " + host + " a gslb.fqdn");
    return Stream.concat(reading.problems().stream(), unmapped);
  }

  private List<ImportedMember> members(Reading reading) {
    boolean all = selection.selects(reading);
    return reading.vips().stream()
        .filter(vip -> all || isNamed(reading, vip))
        .flatMap(vip -> member(reading, vip))
        .distinct()
        .toList();
  }

  /** By the selectors, or because a GlobalService names a host of it. */
  private boolean selects(Reading reading) {
    return selection.selects(reading)
        || reading.vips().stream().anyMatch(vip -> isNamed(reading, vip));
  }

  private boolean isNamed(Reading reading, Reading.Vip vip) {
    String host = globalHost(vip.host(), hostRules.of(vip.host()));
    return host != null && selection.names(host, reading);
  }

  private Stream<ImportedMember> member(Reading reading, Reading.Vip vip) {
    HostRules.Rule rule = hostRules.of(vip.host());
    String global = globalHost(vip.host(), rule);
    if (global == null) {
      return Stream.empty();
    }
    boolean named = !policy.customGlobalFqdn() || (rule != null && rule.includeAliases());
    var backend =
        new Backend(
            vip.host(),
            rule != null && named ? rule.aliases() : List.of(),
            check(vip.check(), rule, reading.origin()),
            identity(reading.origin()).created());
    return Stream.of(
        new ImportedMember(
            global,
            cluster.context(),
            cluster.site(),
            vip.destination(),
            reading.origin(),
            backend));
  }

  private @Nullable String globalHost(String host, HostRules.@Nullable Rule rule) {
    if (!policy.customGlobalFqdn()) {
      return host;
    }
    return rule == null ? null : rule.globalHost();
  }

  /** A certificate that a HostRule of the object's own namespace gives is TLS too. */
  private static Check check(Check check, HostRules.@Nullable Rule rule, Origin origin) {
    return check instanceof Check.Http http
            && rule != null
            && rule.tls()
            && rule.namespace().equals(origin.namespace())
        ? http.secured()
        : check;
  }

  private static int count(Collection<List<ImportedMember>> lists) {
    return lists.stream().mapToInt(List::size).sum();
  }

  /** By host and address: a member that is probed another way is the same member. */
  private static List<ImportedMember> minus(List<ImportedMember> a, List<ImportedMember> b) {
    Set<Served> gone = new HashSet<>();
    b.forEach(member -> gone.add(Served.of(member)));
    return a.stream().filter(member -> !gone.contains(Served.of(member))).toList();
  }

  private record Served(String host, Destination destination) {
    static Served of(ImportedMember member) {
      return new Served(member.host(), member.destination());
    }
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
