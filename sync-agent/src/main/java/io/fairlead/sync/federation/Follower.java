package io.fairlead.sync.federation;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fairlead.sync.federation.Copies.Part;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** Brings one follower's objects to what the leader's are. */
final class Follower {
  /** What came of one cluster: objects that are as the leader's, and what is wrong by kind. */
  record Outcome(int copied, Map<Part, List<String>> problems) {
    boolean isWhole(Part part) {
      return problems.getOrDefault(part, List.of()).isEmpty();
    }

    /** Nothing could be done, for one reason. */
    static Outcome failed(String reason) {
      Map<Part, List<String>> all = new EnumMap<>(Part.class);
      for (Part part : Part.values()) {
        all.put(part, List.of(reason));
      }
      return new Outcome(0, all);
    }

    /** All problems in one line; empty where there are none. */
    String text() {
      return String.join(
          "; ", problems.values().stream().flatMap(List::stream).distinct().toList());
    }
  }

  /** What the leader has. */
  record Leaders(String context, Map<Part, List<GenericKubernetesResource>> objects) {
    /** Without a config and a policy the leader may be a cluster that came back empty. */
    boolean isWhole() {
      return List.of(Part.CONFIG, Part.POLICY).stream()
          .allMatch(part -> objects.getOrDefault(part, List.of()).stream().anyMatch(part::counts));
    }
  }

  private final ClusterApi api;
  private final Leaders leaders;
  private final BooleanSupplier mayWrite;
  private final Map<Part, List<String>> problems = new EnumMap<>(Part.class);
  private int copied;

  private Follower(ClusterApi api, Leaders leaders, BooleanSupplier mayWrite) {
    this.api = api;
    this.leaders = leaders;
    this.mayWrite = mayWrite;
  }

  /**
   * Blocks until all is written, or has failed and is said.
   *
   * @param mayWrite asked before each write: whether our Lease surely still counts
   */
  static Outcome bring(ClusterApi api, Leaders leaders, BooleanSupplier mayWrite) {
    var follower = new Follower(api, leaders, mayWrite);
    for (Part part : Part.values()) {
      follower.problems.put(part, new ArrayList<>());
      follower.bring(part);
    }
    return new Outcome(follower.copied, follower.problems);
  }

  private void bring(Part part) {
    List<GenericKubernetesResource> wanted = leaders.objects().getOrDefault(part, List.of());
    Copies copies;
    try {
      copies = Copies.of(part, wanted, api.objects(part), leaders.context());
    } catch (RuntimeException e) {
      problem(part, api.reason(e));
      return;
    }
    int failed = each(part, copies.missing(), api::create);
    failed += each(part, copies.different(), api::replace);
    copied += Math.toIntExact(wanted.stream().filter(part::counts).count()) - failed;
    if (leaders.isWhole()) {
      each(part, copies.superfluous(), api::delete);
    } else if (!copies.superfluous().isEmpty()) {
      problem(part, "kept, because the leader has no GSLBConfig or no GlobalDeploymentPolicy");
    }
    copies.foreign().forEach(name -> problem(part, name + " is somebody else's and stays"));
  }

  /** Returns how many could not be written. */
  private int each(
      Part part,
      List<GenericKubernetesResource> objects,
      BiConsumer<Part, GenericKubernetesResource> write) {
    int failed = 0;
    for (GenericKubernetesResource object : objects) {
      if (!mayWrite.getAsBoolean()) {
        problem(part, "the Lease may have run out; the rest follows at the next look");
        return objects.size();
      }
      try {
        write.accept(part, object);
      } catch (RuntimeException e) {
        failed++;
        problem(part, reason(object, e));
      }
    }
    return failed;
  }

  private String reason(GenericKubernetesResource object, RuntimeException e) {
    String name = object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    return switch (e instanceof KubernetesClientException answer ? answer.getCode() : 0) {
      case HttpURLConnection.HTTP_NOT_FOUND -> name + ": the namespace, or the kind, is not there";
      case HttpURLConnection.HTTP_CONFLICT -> name + ": it has just changed, trying again";
      default -> name + ": " + api.reason(e);
    };
  }

  private void problem(Part part, String text) {
    problems.computeIfAbsent(part, _ -> new ArrayList<>()).add(text);
  }
}
