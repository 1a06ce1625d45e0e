package io.fairlead.sync.federation;

import static java.util.stream.Collectors.joining;

import io.fairlead.sync.federation.AmkoCluster.Condition;
import io.fairlead.sync.federation.Copies.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The conditions of an AMKOCluster, with the types and words that AMKO's users know. */
final class Conditions {
  private static final String OBJECT = "current AMKOCluster Validation";
  private static final String CLIENTS = "member cluster initialisation";
  private static final String MEMBERS = "member cluster validation";

  private Conditions() {}

  static List<Condition> invalid(String reason) {
    return List.of(new Condition(OBJECT, "invalid AMKOCluster object", reason));
  }

  static List<Condition> notLeader(String reason) {
    return List.of(new Condition(OBJECT, "won't federate objects", reason));
  }

  /**
   * Of a leader.
   *
   * @param unreached why, by cluster
   * @param odd what is strange about others, by cluster; it hinders nobody
   * @param waiting why nothing is written now; empty when it is
   * @param outcomes by cluster
   */
  static List<Condition> leader(
      Map<String, String> unreached,
      Map<String, String> odd,
      String waiting,
      Map<String, Follower.Outcome> outcomes) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(new Condition(OBJECT, "valid AMKOCluster object", ""));
    conditions.add(
        unreached.isEmpty()
            ? new Condition(CLIENTS, "all cluster clients fetched", "")
            : new Condition(CLIENTS, "some cluster clients could not be fetched", text(unreached)));
    conditions.add(
        new Condition(
            MEMBERS,
            odd.isEmpty() ? "validated all member clusters" : "validated some member clusters",
            text(odd)));
    for (Part part : Part.values()) {
      conditions.add(part(part, waiting, outcomes));
    }
    return conditions;
  }

  private static Condition part(Part part, String waiting, Map<String, Follower.Outcome> outcomes) {
    if (!waiting.isEmpty()) {
      return new Condition(part.condition(), "won't federate objects", waiting);
    }
    Map<String, String> failed = new TreeMap<>();
    outcomes.forEach(
        (cluster, outcome) -> {
          if (!outcome.isWhole(part)) {
            failed.put(
                cluster, String.join(", ", outcome.problems().getOrDefault(part, List.of())));
          }
        });
    return failed.isEmpty()
        ? new Condition(part.condition(), "federated to all valid clusters successfully", "")
        : new Condition(part.condition(), "federated to some clusters successfully", text(failed));
  }

  private static String text(Map<String, String> byCluster) {
    return byCluster.entrySet().stream()
        .map(e -> e.getKey() + ": " + e.getValue())
        .sorted()
        .collect(joining("; "));
  }
}
