package io.fairlead.sync.object;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.merge.Check;
import io.fairlead.sync.merge.Destination;
import io.fairlead.sync.merge.ImportedMember.Origin;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * What one object says, before any policy is asked.
 *
 * @param labels the object's own
 * @param vips each host with each of its destinations, in the object's order, none twice
 * @param problems what could not be taken from it, in words; the rest of it counts all the same
 */
public record Reading(
    Origin origin, Map<String, String> labels, List<Vip> vips, List<String> problems) {
  /** The first few tell the mistake; an object can have thousands. */
  private static final int MAX_PROBLEMS = 8;

  public Reading {
    labels = Map.copyOf(labels);
    vips = List.copyOf(vips);
    problems = problems.stream().distinct().limit(MAX_PROBLEMS).toList();
  }

  static Reading of(
      Origin origin, GenericKubernetesResource object, List<Vip> vips, List<String> problems) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return new Reading(origin, labels == null ? Map.of() : labels, vips, problems);
  }

  /** A host, where its clients are sent, and how that can be probed. */
  public record Vip(String host, Destination destination, Check check) {
    public Vip(String host, InetAddress address) {
      this(host, Destination.of(address), Check.PLAIN);
    }
  }
}
