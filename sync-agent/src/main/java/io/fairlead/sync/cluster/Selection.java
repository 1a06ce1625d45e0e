package io.fairlead.sync.cluster;

import io.fairlead.sync.object.Reading;
import io.fairlead.sync.spec.ImportPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which objects of a cluster a policy takes, by their labels and those of their namespaces. */
final class Selection {
  private final Map<String, Map<String, String>> namespaces = new HashMap<>();
  private ImportPolicy policy;

  Selection(ImportPolicy policy) {
    this.policy = policy;
  }

  void follow(ImportPolicy other) {
    policy = other;
  }

  /** Labels of a namespace; null when it is gone. */
  void namespace(String name, @Nullable Map<String, String> labels) {
    if (labels == null) {
      namespaces.remove(name);
    } else {
      namespaces.put(name, Map.copyOf(labels));
    }
  }

  void clear() {
    namespaces.clear();
  }

  boolean selects(Reading reading) {
    return asks() && has(reading.labels(), policy.appSelector()) && namespaceIsMeant(reading);
  }

  /** Whether a GlobalService names this host and takes such an object. */
  boolean names(String host, Reading reading) {
    Map<String, String> labels = policy.named().get(host);
    return labels != null && has(reading.labels(), labels);
  }

  /** Not selected, and nothing that is still to come (its namespace) can change that. */
  boolean refuses(Reading reading) {
    return !selects(reading)
        && (policy.namespaceSelector().isEmpty()
            || !has(reading.labels(), policy.appSelector())
            || namespaces.containsKey(reading.origin().namespace()));
  }

  /** What a selected object would have to have; empty when it has it all. */
  List<String> lacking(Reading reading) {
    List<String> lacking = new ArrayList<>();
    if (!asks()) {
      lacking.add(
          policy.named().isEmpty()
              ? "the policy selects nothing in this cluster: it has no selector for it"
              : "no GlobalService names a host of it and has a selector that takes it");
    }
    missing(reading.labels(), policy.appSelector())
        .forEach(
            (name, value) -> lacking.add("it has not the label %s: %s".formatted(name, value)));
    missing(labels(reading), policy.namespaceSelector())
        .forEach(
            (name, value) ->
                lacking.add(
                    "its namespace %s has not the label %s: %s"
                        .formatted(reading.origin().namespace(), name, value)));
    return lacking;
  }

  private boolean asks() {
    return !policy.appSelector().isEmpty() || !policy.namespaceSelector().isEmpty();
  }

  private boolean namespaceIsMeant(Reading reading) {
    return has(labels(reading), policy.namespaceSelector());
  }

  private Map<String, String> labels(Reading reading) {
    return namespaces.getOrDefault(reading.origin().namespace(), Map.of());
  }

  private static boolean has(Map<String, String> labels, Map<String, String> asked) {
    return labels.entrySet().containsAll(asked.entrySet());
  }

  private static Map<String, String> missing(
      Map<String, String> labels, Map<String, String> asked) {
    Map<String, String> missing = new TreeMap<>(asked);
    missing.entrySet().removeAll(labels.entrySet());
    return missing;
  }
}
