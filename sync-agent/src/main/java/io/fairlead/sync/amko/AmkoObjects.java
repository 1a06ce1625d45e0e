package io.fairlead.sync.amko;

import io.fairlead.sync.amko.AmkoPolicy.HostRule;
import io.fairlead.sync.amko.Specs.Config;
import io.fairlead.sync.amko.Specs.Deployment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The GSLBConfigs, GlobalDeploymentPolicies and GSLBHostRules of the leader cluster: which of them
 * count, what follows from them, and what their status should say. Computed anew from all of them
 * at each change, so that nothing of an object outlives it. Not thread-safe.
 *
 * <p>Of several that claim one place (the config, the policy, the rule of a name) one that was
 * accepted before comes first, then the oldest; the others are rejected, and neither their changes
 * nor their deletion mean anything to the one that counts.
 */
public final class AmkoObjects {
  /**
   * Where GSLBConfig and GlobalDeploymentPolicy count; elsewhere they are ignored, as AMKO does.
   */
  public static final String NAMESPACE = "avi-system";

  private static final String CONFIG_ACCEPTED = "success: gslb config accepted";
  private static final String POLICY_ACCEPTED = "success";
  private static final String RULE_ACCEPTED = "Accepted";

  /** The kinds, in the order in which they depend on one another. */
  public enum Kind {
    CONFIG,
    POLICY,
    RULE
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
      return namespace + "/" + name;
    }
  }

  /**
   * An object as it is now.
   *
   * @param status {@code state}, {@code errorStatus} or {@code status}, and {@code error}, as they
   *     stand
   */
  public record Seen(String created, Object spec, Map<String, String> status) {
    public Seen {
      status = Map.copyOf(status);
    }
  }

  private final Map<Ref, Seen> objects = new TreeMap<>();

  /** What an object said when it last was accepted, for as long as it is there. */
  private final Map<Ref, Object> lastGood = new HashMap<>();

  private final Map<Ref, Map<String, String>> statuses = new LinkedHashMap<>();

  /** Lost by a list, not by a witnessed deletion. */
  private final Set<Ref> doubted = new TreeSet<>();

  private Set<String> monitors = Set.of();
  private Set<String> templates = Set.of();
  private @Nullable AmkoPolicy policy;

  /** Begins with what followed from the objects before a restart; null when nothing is known. */
  public AmkoObjects(@Nullable AmkoPolicy restored) {
    policy = restored;
  }

  /**
   * What objects may refer to from now on.
   *
   * @param monitors names of monitors
   * @param templates those of them that can be a template
   */
  public void know(Set<String> monitors, Set<String> templates) {
    this.monitors = monitors;
    this.templates = templates;
  }

  /** Takes an object as it is now. */
  public void put(Ref ref, Seen seen) {
    if (ref.kind() == Kind.RULE || ref.namespace().equals(NAMESPACE)) {
      objects.put(ref, seen);
      doubted.remove(ref);
    }
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

  /** True when the last list lacks the policy or the config, and they count all the same. */
  public boolean isHeld() {
    return doubted.stream().anyMatch(ref -> ref.kind() != Kind.RULE);
  }

  /** What each object's status should say. */
  public Map<Ref, Map<String, String>> statuses() {
    return statuses;
  }

  /** The object's status as it was last seen. */
  public Map<String, String> statusOf(Ref ref) {
    Seen seen = objects.get(ref);
    return seen == null ? Map.of() : seen.status();
  }

  /** What follows from all objects; null while nothing is known. */
  public @Nullable AmkoPolicy policy() {
    return policy;
  }

  /** Judges all objects again, once every kind was listed. */
  public void judge() {
    if (!isHeld()) { // a list that has the policy is of the right cluster: what else it lacks is
      // gone
      List.copyOf(doubted).forEach(this::forget);
    }
    boolean neverSeen = objects.keySet().stream().allMatch(ref -> ref.kind() == Kind.RULE);
    if (neverSeen && lastGood.isEmpty() && policy != null && statuses.isEmpty()) {
      return; // restored, and the first list has none: perhaps of an empty cluster
    }
    statuses.clear();
    Config config = config();
    Deployment deployment = config == null ? null : deployment(config);
    if (config == null || deployment == null) {
      policy = AmkoPolicy.NOTHING;
    } else {
      policy =
          new AmkoPolicy(
              config.customGlobalFqdn(),
              deployment.appSelector(),
              deployment.namespaceSelector(),
              deployment.matchClusters(),
              deployment.settings(),
              rules(config));
    }
  }

  private void forget(Ref ref) {
    objects.remove(ref);
    lastGood.remove(ref);
    doubted.remove(ref);
  }

  private @Nullable Config config() {
    List<Ref> claims = claims(Kind.CONFIG, "state", CONFIG_ACCEPTED);
    Config config = null;
    for (Ref ref : claims) {
      if (!ref.equals(claims.getFirst())) {
        say(ref, "state", "error: can't add another gslbconfig");
        continue;
      }
      try {
        config = Specs.config(specOf(ref));
        lastGood.put(ref, config);
        say(ref, "state", CONFIG_ACCEPTED);
      } catch (Rejected e) {
        config = lastGood.get(ref) instanceof Config last ? last : null;
        say(ref, "state", "error: " + e.text());
      }
    }
    return config;
  }

  private @Nullable Deployment deployment(Config config) {
    List<Ref> claims = claims(Kind.POLICY, "errorStatus", POLICY_ACCEPTED);
    Deployment deployment = null;
    for (Ref ref : claims) {
      if (!ref.equals(claims.getFirst())) {
        say(
            ref,
            "errorStatus",
            "can't add another GlobalDeploymentPolicy, %s is in force"
                .formatted(claims.getFirst().name()));
        continue;
      }
      try {
        deployment = Specs.deployment(ref.toString(), specOf(ref), known(config));
        lastGood.put(ref, deployment);
        say(ref, "errorStatus", POLICY_ACCEPTED);
      } catch (Rejected e) { // the last accepted one goes on
        deployment = lastGood.get(ref) instanceof Deployment last ? last : null;
        say(ref, "errorStatus", e.text());
      }
    }
    return deployment;
  }

  /** A rule that becomes invalid is withdrawn: its service falls back to the policy. */
  private Map<String, HostRule> rules(Config config) {
    Map<String, HostRule> rules = new HashMap<>();
    for (Ref ref : claims(Kind.RULE, "status", RULE_ACCEPTED)) {
      try {
        Specs.Rule rule = Specs.rule(ref.toString(), specOf(ref), known(config));
        if (rules.putIfAbsent(rule.fqdn(), rule.rule()) != null) {
          throw new Rejected("there's an existing GSLBHostRule for the same FQDN");
        }
        say(ref, "status", RULE_ACCEPTED, "error", "");
      } catch (Rejected e) {
        say(ref, "status", "Rejected", "error", e.text());
      }
    }
    return rules;
  }

  private Specs.Known known(Config config) {
    return new Specs.Known(config.memberClusters(), monitors, templates);
  }

  private List<Ref> claims(Kind kind, String field, String accepted) {
    List<Ref> claims = new ArrayList<>();
    objects.keySet().stream().filter(ref -> ref.kind() == kind).forEach(claims::add);
    claims.sort(
        Comparator.comparing(
                (Ref ref) ->
                    !lastGood.containsKey(ref) && !accepted.equals(statusOf(ref).get(field)))
            .thenComparing(ref -> created(ref))
            .thenComparing(Comparator.naturalOrder()));
    return claims;
  }

  private String created(Ref ref) {
    Seen seen = objects.get(ref);
    return seen == null ? "" : seen.created();
  }

  private Object specOf(Ref ref) {
    Seen seen = objects.get(ref);
    return seen == null ? Map.of() : seen.spec();
  }

  private void say(Ref ref, String field, String text) {
    statuses.put(ref, Map.of(field, text));
  }

  private void say(Ref ref, String field, String text, String other, String otherText) {
    statuses.put(ref, Map.of(field, text, other, otherText));
  }
}
