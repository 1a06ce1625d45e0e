package io.fairlead.sync.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fairlead.sync.cluster.ClusterStatus.Skipped;
import io.fairlead.sync.cluster.Connection.Kind;
import io.fairlead.sync.cluster.Connection.ObjectHandler;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.global.GlobalObjects;
import io.fairlead.sync.global.GlobalObjects.Ref;
import io.fairlead.sync.global.GlobalObjects.Seen;
import io.fairlead.sync.global.GlobalObjects.Targets;
import io.fairlead.sync.global.GlobalPolicy;
import io.fairlead.sync.global.Verdict;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.object.Identity;
import io.fairlead.sync.spec.SyncSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a cluster is more than others when it has the GlobalServices and HealthMonitors: they are
 * every cluster's policy, and their status says what became of them. Lives on the agent's thread.
 */
final class GlobalLeader {
  private static final Logger log = LoggerFactory.getLogger(GlobalLeader.class);

  /** A status that could not be written is tried again after so many first waits. */
  private static final int RETRY_STEPS = 32;

  private final String context;
  private final GlobalObjects objects;
  private final Loop loop;
  private final Duration retry;
  private final Map<Ref, Identity> identities = new HashMap<>();
  private final Map<Ref, Map<String, Object>> written = new HashMap<>();
  private final Set<Ref> complained = new HashSet<>();
  private boolean writeStatus;
  private boolean acceptLoss;

  private GlobalLeader(String context, GlobalObjects objects, Loop loop, Pace pace) {
    this.context = context;
    this.objects = objects;
    this.loop = loop;
    this.retry = pace.reconnect().multipliedBy(RETRY_STEPS);
  }

  /**
   * Of the cluster with this context.
   *
   * @return null where it has no objects that count
   */
  static @Nullable GlobalLeader of(
      String context, SyncSpec sync, @Nullable GlobalPolicy restored, Loop loop, Pace pace) {
    var global = sync.global();
    if (global == null || !global.leader().equals(context)) {
      return null;
    }
    var objects = new GlobalObjects(restored, global, sync.shrink(), contexts(sync));
    var leader = new GlobalLeader(context, objects, loop, pace);
    leader.follow(sync);
    return leader;
  }

  /** Works as told from now on. */
  void follow(SyncSpec sync) {
    var global = sync.global();
    if (global != null) {
      writeStatus = global.writeStatus();
      acceptLoss = sync.shrink().accept();
      objects.follow(global, sync.shrink(), contexts(sync));
    }
  }

  private static Set<String> contexts(SyncSpec sync) {
    return sync.clusters().stream().map(cluster -> cluster.context()).collect(Collectors.toSet());
  }

  /** The kinds to follow; {@code hear} brings a word to the agent's thread. */
  List<Kind> kinds(Consumer<Runnable> hear) {
    return Stream.of(GlobalObjects.Kind.values())
        .map(kind -> new Kind(definition(kind), true, handler(kind, hear)))
        .toList();
  }

  void startOver() {
    objects.startOver();
    identities.clear();
    written.clear();
  }

  void acceptLoss() {
    objects.acceptLoss();
  }

  boolean isHeld() {
    return objects.isHeld();
  }

  /** Null while nothing is known. */
  @Nullable GlobalPolicy policy() {
    return objects.policy();
  }

  /** Names of HealthMonitors that can be referred to. */
  Set<String> monitors() {
    GlobalPolicy policy = objects.policy();
    return policy == null ? Set.of() : policy.monitors().keySet();
  }

  /** Those of them that can be a template. */
  Set<String> templates() {
    return objects.httpMonitors();
  }

  /** After the lists are whole. */
  void judge(Targets targets, Set<String> referred) {
    if (acceptLoss) {
      objects.acceptLoss();
    }
    objects.judge(targets, referred);
    Predicate<Ref> gone = ref -> objects.seen(ref) == null;
    identities.keySet().removeIf(gone);
    written.keySet().removeIf(gone);
    complained.removeIf(gone);
  }

  /** Objects that do not count as they are written. */
  List<Skipped> skipped() {
    return objects.verdicts().entrySet().stream()
        .filter(entry -> !entry.getValue().judged().accepted())
        .map(entry -> new Skipped(origin(entry.getKey()), entry.getValue().judged().message()))
        .toList();
  }

  /** Null when the object is none of ours. */
  @Nullable Identity identity(Origin object) {
    Ref ref = ref(object);
    return ref == null ? null : identities.get(ref);
  }

  /** What became of an object; null when there is none such. */
  @Nullable Verdict verdict(Origin object) {
    Ref ref = ref(object);
    return ref == null ? null : objects.verdicts().get(ref);
  }

  private @Nullable Ref ref(Origin object) {
    return Stream.of(GlobalObjects.Kind.values())
        .filter(kind -> kind.word().equalsIgnoreCase(object.kind()))
        .findFirst()
        .map(kind -> new Ref(kind, object.namespace(), object.name()))
        .orElse(null);
  }

  private Origin origin(Ref ref) {
    return new Origin(context, ref.namespace(), ref.kind().word(), ref.name());
  }

  /**
   * Writes what became of the objects, where it does not stand there already.
   *
   * @param served how a host is served
   */
  void write(Connection connection, Instant now, Function<String, Served> served) {
    if (writeStatus) {
      objects
          .verdicts()
          .forEach(
              (ref, verdict) -> {
                Seen seen = objects.seen(ref);
                if (seen != null) {
                  write(
                      connection,
                      ref,
                      seen,
                      GlobalStatus.of(ref.kind(), seen, verdict, served, now));
                }
              });
    }
  }

  private void write(Connection connection, Ref ref, Seen seen, Map<String, Object> status) {
    if (status.equals(seen.status())) {
      written.remove(ref);
      complained.remove(ref);
    } else if (!GlobalStatus.isSame(
        status, written.get(ref))) { // said once: no fight with another writer
      written.put(ref, status);
      connection.patchStatusOf(
          definition(ref.kind()),
          ref.namespace(),
          ref.name(),
          status,
          reason -> loop.execute(() -> failed(ref, reason)));
    }
  }

  private void failed(Ref ref, String reason) {
    if (complained.add(ref)) {
      log.warn("the status of {} could not be written, trying again: {}", ref, reason);
    }
    loop.after(retry, () -> written.remove(ref));
  }

  private static List<ResourceDefinitionContext> definition(GlobalObjects.Kind kind) {
    return switch (kind) {
      case MONITOR -> Kinds.HEALTH_MONITOR;
      case SERVICE -> Kinds.GLOBAL_SERVICE;
    };
  }

  private ObjectHandler handler(GlobalObjects.Kind kind, Consumer<Runnable> hear) {
    return new ObjectHandler() {
      @Override
      public void present(GenericKubernetesResource object, boolean listed) {
        Ref ref = ref(kind, object);
        Seen seen = seen(object);
        Identity identity = Identity.of(object);
        hear.accept(
            () -> {
              objects.put(ref, seen);
              identities.put(ref, identity);
            });
      }

      @Override
      public void gone(GenericKubernetesResource stub, boolean listed) {
        Ref ref = ref(kind, stub);
        hear.accept(() -> objects.remove(ref, listed));
      }
    };
  }

  private static Ref ref(GlobalObjects.Kind kind, GenericKubernetesResource object) {
    return new Ref(
        kind, String.valueOf(object.getMetadata().getNamespace()), object.getMetadata().getName());
  }

  private static Seen seen(GenericKubernetesResource object) {
    Object tree = object.getAdditionalProperties();
    Object spec = Fields.at(tree, "spec");
    Object status = Fields.at(tree, "status");
    Long generation = object.getMetadata().getGeneration();
    return new Seen(
        Objects.requireNonNullElse(object.getMetadata().getCreationTimestamp(), ""),
        generation == null ? 0 : generation,
        Serialization.asJson(spec == null ? Map.of() : spec),
        status == null ? Map.of() : status);
  }

  /**
   * How a host is served.
   *
   * @param members that all clusters and its GlobalService give it
   * @param clusters that offer any
   * @param notes what of it is not served, in words
   */
  record Served(int members, int clusters, List<String> notes) {
    static final Served NOT = new Served(0, 0, List.of());

    Served {
      notes = List.copyOf(notes);
    }
  }
}
