package io.fairlead.sync.global;

import io.fairlead.sync.global.Verdict.Judged;
import io.fairlead.sync.spec.GlobalServiceSpec;
import io.fairlead.sync.spec.GlobalServiceSpec.Target;
import io.fairlead.sync.spec.GlobalSpec;
import io.fairlead.sync.spec.ShrinkGuard;
import io.fairlead.sync.spec.SpecReader;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The GlobalServices and HealthMonitors of the leader cluster: which of them count, what follows
 * from them, and what became of each. Computed anew from all of them at each change; what is kept
 * of an object beyond its present text is the last one that was accepted, for as long as the object
 * is there. Not thread-safe.
 */
public final class GlobalObjects {
  /** The kinds, in the order in which they depend on one another. */
  public enum Kind {
    MONITOR("HealthMonitor"),
    SERVICE("GlobalService");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** An object's name. */
  public record Ref(Kind kind, String namespace, String name) implements Comparable<Ref> {
    private static final Comparator<Ref> ORDER =
        Comparator.comparing(Ref::kind).thenComparing(Ref::namespace).thenComparing(Ref::name);

    @Override
    public int compareTo(Ref other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return kind.word() + " " + path();
    }

    String path() {
      return namespace + "/" + name;
    }
  }

  /**
   * An object as it is now.
   *
   * @param spec JSON
   * @param status as it stands, a tree
   */
  public record Seen(String created, long generation, String spec, Object status) {}

  /** Where objects are that a GlobalService can be attached to. */
  public interface Targets {
    /** The hosts of an object, lower case; null when there is none such. */
    @Nullable Set<String> hosts(String namespace, Target target);
  }

  /** A text and what it says. */
  private record Read(
      String spec, @Nullable GlobalServiceSpec service, boolean http, String problem) {}

  private final Map<Ref, Seen> objects = new TreeMap<>();
  private final Map<Ref, String> lastGood = new HashMap<>();

  /** What was read last of each object: most are as they were. */
  private final Map<Ref, Read> read = new HashMap<>();

  private final Map<Ref, Verdict> verdicts = new TreeMap<>();

  /** Lost by a list, not by a witnessed deletion. */
  private final Set<Ref> doubted = new TreeSet<>();

  private final Set<String> httpMonitors = new HashSet<>();
  private GlobalSpec spec;
  private ShrinkGuard shrink;
  private Set<String> clusters;
  private @Nullable GlobalPolicy policy;

  /**
   * Begins with what followed from the objects before a restart: they are there until a list lacks
   * them.
   */
  public GlobalObjects(
      @Nullable GlobalPolicy restored, GlobalSpec spec, ShrinkGuard shrink, Set<String> clusters) {
    this.spec = spec;
    this.shrink = shrink;
    this.clusters = clusters;
    this.policy = restored;
    if (restored != null) {
      restored.services().values().forEach(this::restore);
      restored.monitors().forEach(this::restore);
    }
  }

  private void restore(GlobalPolicy.Service service) {
    Ref ref = new Ref(Kind.SERVICE, service.namespace(), service.name());
    restore(ref, service.created(), service.spec());
  }

  private void restore(String path, String text) {
    int slash = path.indexOf('/');
    restore(new Ref(Kind.MONITOR, path.substring(0, slash), path.substring(slash + 1)), "", text);
  }

  private void restore(Ref ref, String created, String text) {
    objects.put(ref, new Seen(created, 0, text, Map.of()));
    lastGood.put(ref, text);
    doubted.add(ref);
  }

  /** What holds from now on. */
  public void follow(GlobalSpec spec, ShrinkGuard shrink, Set<String> clusters) {
    if (!spec.reader().equals(this.spec.reader())) {
      read.clear();
    }
    this.spec = spec;
    this.shrink = shrink;
    this.clusters = clusters;
  }

  /** Takes an object as it is now. */
  public void put(Ref ref, Seen seen) {
    objects.put(ref, seen);
    doubted.remove(ref);
  }

  /**
   * An object is gone.
   *
   * @param listed a list lacks it; false = its deletion was watched
   */
  public void remove(Ref ref, boolean listed) {
    if (listed && objects.containsKey(ref)) {
      doubted.add(ref);
    } else {
      forget(ref);
    }
  }

  /** Another connection begins: what it does not list is in doubt. */
  public void startOver() {
    doubted.addAll(objects.keySet());
  }

  /** The operator believes the last list. */
  public void acceptLoss() {
    List.copyOf(doubted).forEach(this::forget);
  }

  /** True when the last list lost too much, and what it lost counts all the same. */
  public boolean isHeld() {
    int lost = doubted.size();
    return shrink.holds(objects.size() - lost, lost, objects.size());
  }

  /** What became of each object. */
  public Map<Ref, Verdict> verdicts() {
    return verdicts;
  }

  public @Nullable Seen seen(Ref ref) {
    return objects.get(ref);
  }

  /** What follows from all objects; null while nothing is known. */
  public @Nullable GlobalPolicy policy() {
    return policy;
  }

  /** The names of those HealthMonitors that can be a template. */
  public Set<String> httpMonitors() {
    return httpMonitors;
  }

  /**
   * Judges all objects again, once every kind was listed.
   *
   * @param referred names of HealthMonitors that other objects refer to
   */
  public void judge(Targets targets, Set<String> referred) {
    if (!isHeld()) {
      acceptLoss();
    }
    verdicts.clear();
    Map<String, String> monitors = monitors();
    Map<Ref, Judged> judged = new TreeMap<>();
    Map<Ref, GlobalServiceSpec> inForce = servicesInForce(monitors.keySet(), judged);
    var claims = new Claims(inForce, targets, objects);
    Set<String> used = new HashSet<>(referred);
    judged.forEach(
        (ref, now) -> {
          GlobalServiceSpec service = inForce.get(ref);
          verdicts.put(ref, service == null ? nothing(now) : claims.verdict(ref, now));
        });
    Map<String, GlobalPolicy.Service> services = new HashMap<>();
    claims.owners().forEach((host, ref) -> services.put(host, service(ref, inForce)));
    inForce.forEach(
        (ref, service) ->
            service.monitors().forEach(name -> used.add(ref.namespace() + "/" + name)));
    if (policy != null) { // what is gone and still asked for goes on as it was
      policy.monitors().forEach((name, text) -> keepUsed(name, text, used, monitors));
    }
    policy = new GlobalPolicy(services, monitors);
  }

  private static void keepUsed(
      String name, String text, Set<String> used, Map<String, String> monitors) {
    if (used.contains(name)) {
      monitors.putIfAbsent(name, text);
    }
  }

  private static Verdict nothing(Judged judged) {
    return new Verdict(judged, false, List.of(), List.of());
  }

  private GlobalPolicy.Service service(Ref ref, Map<Ref, GlobalServiceSpec> inForce) {
    Seen seen = objects.get(ref);
    GlobalServiceSpec service = inForce.get(ref);
    String text = lastGood.get(ref);
    if (seen == null || service == null || text == null) {
      throw new IllegalStateException(ref + " owns a host and is not in force");
    }
    return new GlobalPolicy.Service(
        ref.namespace(),
        ref.name(),
        seen.created(),
        service.selector(),
        service.members().size(),
        text);
  }

  /** By namespace/name, of each the last that was accepted. */
  private Map<String, String> monitors() {
    Map<String, String> monitors = new TreeMap<>();
    httpMonitors.clear();
    for (Ref ref : refs(Kind.MONITOR).toList()) {
      Read now = read(ref, objects.get(ref));
      Judged judged = Judged.good("it can be referred to");
      if (now.problem().isEmpty()) {
        lastGood.put(ref, now.spec());
      } else {
        judged = refused(ref, Judged.INVALID, now.problem());
      }
      String good = lastGood.get(ref);
      if (good != null) {
        monitors.put(ref.path(), good);
        if (read(Kind.MONITOR, good).http()) {
          httpMonitors.add(ref.path());
        }
      }
      verdicts.put(ref, new Verdict(judged, good != null, List.of(), List.of()));
    }
    return monitors;
  }

  /** Each GlobalService as it was last accepted; {@code judged} says of each how it is now. */
  private Map<Ref, GlobalServiceSpec> servicesInForce(
      Set<String> monitors, Map<Ref, Judged> judged) {
    Map<Ref, GlobalServiceSpec> inForce = new TreeMap<>();
    for (Ref ref : refs(Kind.SERVICE).toList()) {
      Read now = read(ref, objects.get(ref));
      GlobalServiceSpec service = now.service();
      String missing = service == null ? "" : missing(ref, service, monitors);
      if (service == null) {
        judged.put(ref, refused(ref, Judged.INVALID, now.problem()));
      } else if (!missing.isEmpty()) {
        judged.put(ref, refused(ref, Judged.REF_NOT_FOUND, missing));
      } else {
        judged.put(ref, Judged.good("it counts"));
        lastGood.put(ref, now.spec());
      }
      String good = lastGood.get(ref);
      GlobalServiceSpec last = good == null ? null : read(Kind.SERVICE, good).service();
      if (last != null) {
        inForce.put(ref, last);
      }
    }
    return inForce;
  }

  /** What a GlobalService refers to and is not there; empty when all is. */
  private String missing(Ref ref, GlobalServiceSpec service, Set<String> monitors) {
    for (String name : service.monitors()) {
      if (!spec.monitors().contains(name) && !monitors.contains(ref.namespace() + "/" + name)) {
        return "monitors: neither the file nor a HealthMonitor of namespace %s is called %s"
            .formatted(ref.namespace(), name);
      }
    }
    for (GlobalServiceSpec.Share share : service.trafficSplit()) {
      if (!clusters.contains(share.cluster())) {
        return "trafficSplit: no cluster is called %s; there are: %s"
            .formatted(share.cluster(), String.join(", ", new TreeSet<>(clusters)));
      }
    }
    return "";
  }

  private Judged refused(Ref ref, String reason, String message) {
    String more = lastGood.containsKey(ref) ? "; the last accepted version goes on" : "";
    return Judged.bad(reason, message + more);
  }

  private Stream<Ref> refs(Kind kind) {
    return objects.keySet().stream().filter(ref -> ref.kind() == kind);
  }

  private Read read(Ref ref, @Nullable Seen seen) {
    String text = seen == null ? "{}" : seen.spec();
    Read before = read.get(ref);
    if (before != null && before.spec().equals(text)) {
      return before;
    }
    Read now = read(ref.kind(), text);
    read.put(ref, now);
    return now;
  }

  private Read read(Kind kind, String text) {
    SpecReader reader = spec.reader();
    try {
      return kind == Kind.SERVICE
          ? new Read(text, reader.service(text), false, "")
          : new Read(text, null, reader.isHttpMonitor(text), "");
    } catch (IllegalArgumentException e) {
      return new Read(text, null, false, String.valueOf(e.getMessage()));
    }
  }

  private void forget(Ref ref) {
    objects.remove(ref);
    lastGood.remove(ref);
    read.remove(ref);
    doubted.remove(ref);
  }
}
