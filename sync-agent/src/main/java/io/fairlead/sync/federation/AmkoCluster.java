package io.fairlead.sync.federation;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.field.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster's AMKOCluster object says.
 *
 * @param leader whether the cluster's objects are copied to the others
 * @param context what the cluster is called; empty when it does not say
 * @param version of whoever works there; empty when it does not say
 * @param clusters the contexts that take part, its own among them or not
 * @param conditions as its status has them
 */
record AmkoCluster(
    String name,
    boolean leader,
    String context,
    String version,
    List<String> clusters,
    List<Condition> conditions) {
  /** One line of its status; an empty reason is left out. */
  record Condition(String type, String status, String reason) {}

  AmkoCluster {
    clusters = List.copyOf(clusters);
    conditions = List.copyOf(conditions);
  }

  static AmkoCluster of(GenericKubernetesResource object) {
    Object tree = object.getAdditionalProperties();
    return new AmkoCluster(
        object.getMetadata().getName(),
        Boolean.TRUE.equals(Fields.flag(tree, "spec", "isLeader")),
        orEmpty(Fields.text(tree, "spec", "clusterContext")),
        orEmpty(Fields.text(tree, "spec", "version")),
        Fields.texts(tree, "spec", "clusters"),
        Fields.list(tree, "status", "conditions").stream()
            .map(
                condition ->
                    new Condition(
                        orEmpty(Fields.text(condition, "type")),
                        orEmpty(Fields.text(condition, "status")),
                        orEmpty(Fields.text(condition, "reason"))))
            .toList());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
