package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.Problem;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.server.calm.Calm;
import io.fairlead.server.control.ControlEvent.BlindChanged;
import io.fairlead.server.control.ControlEvent.ClusterChanged;
import io.fairlead.server.control.ControlEvent.ConfigLoaded;
import io.fairlead.server.control.ControlEvent.ConfigRefused;
import io.fairlead.server.control.ControlEvent.FirstRoundDone;
import io.fairlead.server.control.ControlEvent.GeoLoaded;
import io.fairlead.server.control.ControlEvent.GuardReleased;
import io.fairlead.server.control.ControlEvent.HealthChanged;
import io.fairlead.server.control.ControlEvent.ImportChanged;
import io.fairlead.server.control.ControlEvent.Overridden;
import io.fairlead.server.control.ControlEvent.OverrideCleared;
import io.fairlead.server.control.ControlEvent.ReadyTimeoutPassed;
import io.fairlead.server.control.ControlEvent.Restored;
import io.fairlead.server.control.ControlEvent.Resumed;
import io.fairlead.server.control.ControlEvent.TimePassed;
import io.fairlead.server.state.KeptState;
import io.fairlead.server.state.OperatorOverride;
import io.fairlead.sync.cluster.ClusterStatus;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.SyncSpec;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that control holds: a value, folded over events without looking at clock, disk or
 * network.
 *
 * @param config the last accepted one; null before the first
 * @param configText its file, to keep
 * @param acceptedAt when it was accepted
 * @param warnings of the accepted one
 * @param refused why the newest file was refused; empty while the newest file is the accepted one
 * @param geo where clients are
 * @param health the newest status of each target
 * @param imports the newest set of each cluster, by context
 * @param clusters how each cluster's connection stands, by context
 * @param overrides by whom they are about
 * @param calm who failed, and the way back
 * @param restored what the last process kept
 * @param firstRoundDone whether every target has had its first verdict
 * @param answering whether queries are answered: from the first round of verdicts on, or restored
 *     ones, or after the bounded wait; never taken back
 * @param blind whether this node sees nothing of its surroundings, so that verdicts stand still
 */
public record Model(
    @Nullable FairleadConfig config,
    String configText,
    Instant acceptedAt,
    List<Problem> warnings,
    List<Problem> refused,
    GeoData geo,
    PagedMap<Target, TargetStatus> health,
    Map<String, ClusterMembers> imports,
    Map<String, ClusterStatus> clusters,
    Map<OperatorOverride.Subject, OperatorOverride> overrides,
    Calm calm,
    KeptState restored,
    boolean firstRoundDone,
    boolean answering,
    boolean blind) {
  public static final Model EMPTY =
      new Model(
          null,
          "",
          Instant.EPOCH,
          List.of(),
          List.of(),
          GeoData.NONE,
          PagedMap.empty(),
          Map.of(),
          Map.of(),
          Map.of(),
          Calm.NONE,
          KeptState.EMPTY,
          false,
          false,
          false);

  /** The model after these events, in their order; maps are copied once for all of them. */
  public Model apply(List<ControlEvent> events) {
    var next = new Draft(this);
    events.forEach(next::apply);
    return next.model();
  }

  Model with(Calm calmer) {
    return new Model(
        config,
        configText,
        acceptedAt,
        warnings,
        refused,
        geo,
        health,
        imports,
        clusters,
        overrides,
        calmer,
        restored,
        firstRoundDone,
        answering,
        blind);
  }

  /** The members that an operator has enabled against the file. */
  Set<OperatorOverride.Subject> enabled() {
    return overrides.values().stream()
        .filter(override -> override.state() == OperatorOverride.State.ENABLE)
        .map(OperatorOverride::subject)
        .collect(Collectors.toSet());
  }

  /** The last verdict about a target, be it the last process's. */
  Verdict lastVerdict(Target target) {
    TargetStatus status = health.get(target);
    if (status != null && status.verdict() != Verdict.UNKNOWN) {
      return status.verdict();
    }
    Boolean up = restored.verdicts().get(TargetKey.of(target));
    return up == null ? Verdict.UNKNOWN : up ? Verdict.UP : Verdict.DOWN;
  }

  /**
   * The model for a new plan: targets that are gone are forgotten; one whose check is the same but
   * for interval or thresholds keeps its last verdict until its first probe.
   */
  Model carriedTo(Plan plan) {
    var kept = new HashMap<>(health);
    kept.keySet().retainAll(plan.targets());
    var last = new HashMap<>(restored.verdicts());
    health.forEach(
        (target, status) -> {
          if (status.verdict() != Verdict.UNKNOWN) {
            boolean stays = plan.targets().contains(target);
            String key = stays ? plan.key(target) : TargetKey.of(target);
            last.put(key, status.verdict() == Verdict.UP);
          }
        });
    var keys = plan.targets().stream().map(plan::key).collect(Collectors.toSet());
    last.keySet().retainAll(keys);
    return new Model(
        config,
        configText,
        acceptedAt,
        warnings,
        refused,
        geo,
        PagedMap.of(kept),
        imports,
        clusters,
        overrides,
        calm,
        restored.withVerdicts(last),
        firstRoundDone,
        answering,
        blind);
  }

  /** A model that is being changed; lives for one batch of events. */
  private static final class Draft {
    private final Model before;
    private @Nullable FairleadConfig config;
    private String configText;
    private Instant acceptedAt;
    private List<Problem> warnings;
    private List<Problem> refused;
    private GeoData geo;
    private final PagedMap<Target, TargetStatus>.Change health;
    private Map<String, ClusterMembers> imports;
    private Map<String, ClusterStatus> clusters;
    private Map<OperatorOverride.Subject, OperatorOverride> overrides;
    private KeptState restored;
    private boolean firstRoundDone;
    private boolean answering;
    private boolean blind;

    Draft(Model before) {
      this.before = before;
      config = before.config;
      configText = before.configText;
      acceptedAt = before.acceptedAt;
      warnings = before.warnings;
      refused = before.refused;
      geo = before.geo;
      health = before.health.change();
      imports = before.imports;
      clusters = before.clusters;
      overrides = before.overrides;
      restored = before.restored;
      firstRoundDone = before.firstRoundDone;
      answering = before.answering;
      blind = before.blind;
    }

    void apply(ControlEvent event) {
      switch (event) {
        case Restored(var state) -> restore(state);
        case ConfigLoaded(var loaded, var text, var warned, var at) -> {
          config = loaded;
          configText = text;
          acceptedAt = at;
          warnings = List.copyOf(warned);
          refused = List.of();
        }
        case ConfigRefused(var problems, _) -> refused = List.copyOf(problems);
        case HealthChanged(var target, _, var status) -> health.put(target, status);
        case BlindChanged(var now) -> blind = now;
        case GeoLoaded(var loaded) -> geo = loaded;
        case FirstRoundDone() -> firstRoundDone = true;
        case ReadyTimeoutPassed() -> answering = true;
        case ImportChanged(var members) -> {
          imports = own(imports, before.imports);
          imports.put(members.cluster(), members);
        }
        case ClusterChanged(var status) -> {
          clusters = own(clusters, before.clusters);
          clusters.put(status.cluster(), status);
        }
        case Overridden(var override) -> {
          overrides = own(overrides, before.overrides);
          overrides.put(override.subject(), override);
        }
        case OverrideCleared(var subject) -> {
          overrides = own(overrides, before.overrides);
          overrides.remove(subject);
        }
        case Resumed _, GuardReleased _, TimePassed _ -> {} // of the calm alone
      }
    }

    private void restore(KeptState state) {
      restored = state;
      imports = byKey(state.imports(), ClusterMembers::cluster);
      overrides = byKey(state.overrides(), OperatorOverride::subject);
    }

    private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
      return values.stream()
          .collect(Collectors.toMap(key, Function.identity(), (a, _) -> a, LinkedHashMap::new));
    }

    /**
     * A map that this draft may write to: the one that it has already, or a copy of the model's.
     */
    private static <K, V> Map<K, V> own(Map<K, V> current, Map<K, V> models) {
      return current == models ? new HashMap<>(models) : current;
    }

    Model model() {
      return new Model(
          config,
          configText,
          acceptedAt,
          warnings,
          refused,
          geo,
          health.apply(),
          Collections.unmodifiableMap(imports),
          Collections.unmodifiableMap(clusters),
          Collections.unmodifiableMap(overrides),
          before.calm,
          restored,
          firstRoundDone,
          answering || nothingToWaitFor(),
          blind);
    }

    /**
     * Verdicts of the last process are verdicts; a cluster that cannot be reached is not waited
     * for.
     */
    private boolean nothingToWaitFor() {
      return config != null
          && (firstRoundDone || !restored.verdicts().isEmpty())
          && clustersSettled(config);
    }

    private boolean clustersSettled(FairleadConfig config) {
      SyncSpec sync = config.sync();
      return sync == null
          || sync.clusters().stream()
              .map(ClusterSpec::context)
              .allMatch(context -> imports.containsKey(context) || clusters.containsKey(context));
    }
  }
}
