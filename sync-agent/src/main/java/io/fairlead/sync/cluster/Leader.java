package io.fairlead.sync.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fairlead.sync.amko.AmkoObjects;
import io.fairlead.sync.amko.AmkoObjects.Ref;
import io.fairlead.sync.amko.AmkoObjects.Seen;
import io.fairlead.sync.amko.AmkoPolicy;
import io.fairlead.sync.amko.Written;
import io.fairlead.sync.cluster.Connection.Kind;
import io.fairlead.sync.cluster.Connection.ObjectHandler;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.spec.AmkoSpec;
import io.fairlead.sync.spec.ShrinkGuard;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a cluster is more than others when it leads: AMKO's objects in it are every cluster's
 * policy, and their status says what became of them. Lives on the agent's thread.
 */
final class Leader {
  private static final Logger log = LoggerFactory.getLogger(Leader.class);

  /** A status that could not be written is tried again after so many first waits. */
  private static final int RETRY_STEPS = 32;

  private static final Map<AmkoObjects.Kind, List<String>> STATUS_FIELDS =
      Map.of(
          AmkoObjects.Kind.CONFIG, List.of("state"),
          AmkoObjects.Kind.POLICY, List.of("errorStatus"),
          AmkoObjects.Kind.RULE, List.of("status", "error"));

  private final AmkoObjects objects;
  private final Loop loop;
  private final Duration retry;
  private final Map<Ref, Map<String, String>> written = new HashMap<>();
  private final Set<Ref> complained = new HashSet<>();
  private Set<String> monitors = Set.of();
  private Set<String> templates = Set.of();
  private boolean writeStatus;
  private boolean acceptLoss;

  Leader(@Nullable AmkoPolicy restored, Loop loop, Pace pace) {
    this.objects = new AmkoObjects(restored);
    this.loop = loop;
    this.retry = pace.reconnect().multipliedBy(RETRY_STEPS);
  }

  /** Works as told from now on. */
  void follow(AmkoSpec spec, ShrinkGuard shrink) {
    writeStatus = spec.writeStatus();
    acceptLoss = shrink.accept();
    monitors = spec.monitors();
    templates = spec.templates();
    objects.know(monitors, templates);
  }

  /**
   * Objects may refer to these HealthMonitors too from now on.
   *
   * @param more by namespace/name
   * @param moreTemplates those of them that can be a template
   */
  void know(Set<String> more, Set<String> moreTemplates) {
    objects.know(union(monitors, more), union(templates, moreTemplates));
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> both = new HashSet<>(a);
    both.addAll(b);
    return both;
  }

  /** Names that the objects in force refer to. */
  Set<String> references() {
    AmkoPolicy policy = objects.policy();
    return policy == null ? Set.of() : policy.references();
  }

  /** The kinds to follow; {@code hear} brings a word to the agent's thread. */
  List<Kind> kinds(Consumer<Runnable> hear) {
    return List.of(
        new Kind(Kinds.GSLB_CONFIG, true, handler(AmkoObjects.Kind.CONFIG, hear)),
        new Kind(Kinds.GLOBAL_DEPLOYMENT_POLICY, true, handler(AmkoObjects.Kind.POLICY, hear)),
        new Kind(Kinds.GSLB_HOST_RULE, true, handler(AmkoObjects.Kind.RULE, hear)));
  }

  void startOver() {
    objects.startOver();
    written.clear();
  }

  void acceptLoss() {
    objects.acceptLoss();
  }

  boolean isHeld() {
    return objects.isHeld();
  }

  /** Null while nothing is known. */
  @Nullable AmkoPolicy policy() {
    return objects.policy();
  }

  /** After the lists are whole. */
  void judge(Connection connection) {
    if (acceptLoss) {
      objects.acceptLoss();
    }
    objects.judge();
    if (writeStatus) {
      objects.statuses().forEach((ref, status) -> write(connection, ref, status));
    }
  }

  private void write(Connection connection, Ref ref, Map<String, String> status) {
    Map<String, String> seen = objects.statusOf(ref);
    boolean stands =
        status.entrySet().stream()
            .allMatch(e -> seen.getOrDefault(e.getKey(), "").equals(e.getValue()));
    if (stands) {
      written.remove(ref);
      complained.remove(ref);
    } else if (!status.equals(
        written.put(ref, status))) { // said once: no fight with another writer
      connection.patchStatus(
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

  private static List<ResourceDefinitionContext> definition(AmkoObjects.Kind kind) {
    return switch (kind) {
      case CONFIG -> Kinds.GSLB_CONFIG;
      case POLICY -> Kinds.GLOBAL_DEPLOYMENT_POLICY;
      case RULE -> Kinds.GSLB_HOST_RULE;
    };
  }

  private ObjectHandler handler(AmkoObjects.Kind kind, Consumer<Runnable> hear) {
    return new ObjectHandler() {
      @Override
      public void present(GenericKubernetesResource object, boolean listed) {
        Ref ref = ref(kind, object);
        Seen seen = seen(kind, object);
        hear.accept(() -> objects.put(ref, seen));
      }

      @Override
      public void gone(GenericKubernetesResource stub, boolean listed) {
        Ref ref = ref(kind, stub);
        hear.accept(() -> objects.remove(ref, listed));
      }
    };
  }

  private static Ref ref(AmkoObjects.Kind kind, GenericKubernetesResource object) {
    return new Ref(
        kind, String.valueOf(object.getMetadata().getNamespace()), object.getMetadata().getName());
  }

  private static Seen seen(AmkoObjects.Kind kind, GenericKubernetesResource object) {
    Object tree = object.getAdditionalProperties();
    Map<String, String> status = new HashMap<>();
    for (String field : STATUS_FIELDS.getOrDefault(kind, List.of())) {
      String text = Fields.text(tree, "status", field);
      if (text != null) {
        status.put(field, text);
      }
    }
    String created = object.getMetadata().getCreationTimestamp();
    return new Seen(created == null ? "" : created, Written.spec(object), status);
  }
}
