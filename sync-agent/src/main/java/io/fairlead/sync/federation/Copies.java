package io.fairlead.sync.federation;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fairlead.sync.amko.AmkoObjects;
import io.fairlead.sync.cluster.Kinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What has to be written so that a follower has the leader's objects of one kind. */
record Copies(
    List<GenericKubernetesResource> missing,
    List<GenericKubernetesResource> different,
    List<GenericKubernetesResource> superfluous,
    List<String> foreign) {
  /** A copy of ours has it, and only what has it is ever deleted. */
  static final String MARK = "fairlead.io/federated";

  /** The context that a copy came from. */
  static final String ORIGIN = "fairlead.io/federated-from";

  /**
   * What belongs to an object beside its spec: AMKO's key of ownership, and what people wrote of
   * it, from which the defaults of its CRD are told apart.
   */
  private static final List<String> ANNOTATIONS =
      List.of("amko.vmware.com/amko-uuid", "kubectl.kubernetes.io/last-applied-configuration");

  /** A kind that is copied. */
  enum Part {
    CONFIG("GSLBConfig Federation", true),
    POLICY("GDP Federation", true),
    RULE("GSLBHostRule Federation", false);

    private final String condition;
    private final boolean single;

    /**
     * @param condition its type among the AMKOCluster's
     * @param single whether one counts, in AMKO's namespace
     */
    Part(String condition, boolean single) {
      this.condition = condition;
      this.single = single;
    }

    String condition() {
      return condition;
    }

    ResourceDefinitionContext kind() {
      return switch (this) {
        case CONFIG -> Kinds.GSLB_CONFIG.getFirst();
        case POLICY -> Kinds.GLOBAL_DEPLOYMENT_POLICY.getFirst();
        case RULE -> Kinds.GSLB_HOST_RULE.getFirst();
      };
    }

    boolean counts(GenericKubernetesResource object) {
      return !single || AmkoObjects.NAMESPACE.equals(object.getMetadata().getNamespace());
    }
  }

  /**
   * Compares the leader's objects with a follower's. Where the leader has no config or no policy
   * nothing is taken from the followers: a cluster that came back empty says nothing of others.
   */
  static Copies of(
      Part part,
      List<GenericKubernetesResource> leaders,
      List<GenericKubernetesResource> followers,
      String origin) {
    Map<String, GenericKubernetesResource> wanted = byName(part, leaders);
    Map<String, GenericKubernetesResource> there = byName(part, followers);
    var copies =
        new Copies(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    wanted.forEach(
        (name, object) -> {
          GenericKubernetesResource old = there.get(name);
          GenericKubernetesResource copy = copy(object, old, origin);
          if (old == null) {
            copies.missing.add(copy);
          } else if (!isSame(copy, old)) {
            copies.different.add(copy);
          }
        });
    there.forEach(
        (name, object) -> {
          if (!wanted.containsKey(name)) {
            if (isOurs(object)) {
              copies.superfluous.add(object);
            } else if (part.single) {
              copies.foreign.add(name);
            }
          }
        });
    return copies;
  }

  private static Map<String, GenericKubernetesResource> byName(
      Part part, List<GenericKubernetesResource> objects) {
    Map<String, GenericKubernetesResource> byName = new TreeMap<>();
    objects.stream()
        .filter(part::counts)
        .forEach(
            object ->
                byName.put(
                    object.getMetadata().getNamespace() + "/" + object.getMetadata().getName(),
                    object));
    return byName;
  }

  /** With everything that the follower's has of its own, such as its status and its version. */
  private static GenericKubernetesResource copy(
      GenericKubernetesResource object, @Nullable GenericKubernetesResource old, String origin) {
    ObjectMeta from = object.getMetadata();
    var meta = new ObjectMeta();
    meta.setName(from.getName());
    meta.setNamespace(from.getNamespace());
    Map<String, String> labels = new HashMap<>();
    Map<String, String> annotations = new HashMap<>();
    if (old != null) {
      meta.setResourceVersion(old.getMetadata().getResourceVersion());
      labels.putAll(orEmpty(old.getMetadata().getLabels()));
      annotations.putAll(orEmpty(old.getMetadata().getAnnotations()));
    }
    labels.put(MARK, "true");
    annotations.put(ORIGIN, origin);
    for (String key : ANNOTATIONS) {
      String text = orEmpty(from.getAnnotations()).get(key);
      if (text == null) {
        annotations.remove(key);
      } else {
        annotations.put(key, text);
      }
    }
    meta.setLabels(labels);
    meta.setAnnotations(annotations);
    var copy = new GenericKubernetesResource();
    copy.setApiVersion(object.getApiVersion());
    copy.setKind(object.getKind());
    copy.setMetadata(meta);
    Map<String, Object> fields = new LinkedHashMap<>();
    if (old != null) {
      fields.putAll(old.getAdditionalProperties());
    }
    fields.put("spec", object.getAdditionalProperties().get("spec"));
    copy.setAdditionalProperties(fields);
    return copy;
  }

  private static boolean isSame(GenericKubernetesResource copy, GenericKubernetesResource old) {
    ObjectMeta meta = old.getMetadata();
    return copy.getMetadata().getLabels().equals(orEmpty(meta.getLabels()))
        && copy.getMetadata().getAnnotations().equals(orEmpty(meta.getAnnotations()))
        && Objects.equals(
            copy.getAdditionalProperties().get("spec"), old.getAdditionalProperties().get("spec"));
  }

  private static boolean isOurs(GenericKubernetesResource object) {
    return orEmpty(object.getMetadata().getLabels()).containsKey(MARK);
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
