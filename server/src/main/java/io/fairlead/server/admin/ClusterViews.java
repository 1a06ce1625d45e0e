package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.wire.Name;
import io.fairlead.server.control.Model;
import io.fairlead.server.control.Plan;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.Why;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.SyncSpec;
import java.util.List;

/** Clusters as JSON. */
final class ClusterViews {
  private ClusterViews() {}

  /** Of the accepted configuration, in its order. */
  static List<String> contexts(Model model) {
    return specs(model).stream().map(ClusterSpec::context).toList();
  }

  static List<ClusterSpec> specs(Model model) {
    FairleadConfig config = model.config();
    SyncSpec sync = config == null ? null : config.sync();
    return sync == null ? List.of() : sync.clusters();
  }

  static ObjectNode clusters(Model model) {
    ObjectNode root = Views.object();
    ArrayNode clusters = root.putArray("clusters");
    contexts(model).forEach(context -> clusters.add(cluster(context, model, false)));
    return root;
  }

  /**
   * One cluster.
   *
   * @param whole with each object that was left out; else their number only
   */
  static ObjectNode cluster(String context, Model model, boolean whole) {
    ObjectNode node = Views.object().put("context", context);
    specs(model).stream()
        .filter(spec -> spec.context().equals(context))
        .forEach(spec -> node.put("site", spec.site()).put("pushed", spec.pushed()));
    var status = model.clusters().get(context);
    ClusterMembers members = model.imports().get(context);
    node.put("connected", status != null && status.connected());
    if (status != null) {
      node.put("since", status.since().toString());
    }
    node.put("reason", status == null ? "connecting" : status.reason());
    node.put("members", members == null ? 0 : members.members().size());
    if (members != null) {
      node.put("membersAt", members.at().toString());
    }
    node.put("held", status == null ? 0 : status.held());
    node.put("skipped", status == null ? 0 : status.skipped().size());
    if (whole && status != null) {
      ArrayNode skipped = node.putArray("skippedObjects");
      status
          .skipped()
          .forEach(
              one -> {
                ObjectNode object = skipped.addObject();
                object(one.origin(), object);
                object.put("reason", one.reason());
              });
    }
    return node;
  }

  private static void object(ImportedMember.Origin origin, ObjectNode node) {
    node.put("namespace", origin.namespace()).put("kind", origin.kind()).put("name", origin.name());
  }

  static ObjectNode why(Why why, Plan plan) {
    ObjectNode node = Views.object().put("cluster", why.object().cluster());
    object(why.object(), node);
    node.put("known", why.known()).put("selected", why.selected());
    ArrayNode reasons = node.putArray("reasons");
    why.reasons().forEach(reasons::add);
    ArrayNode members = node.putArray("members");
    for (ImportedMember member : why.members()) {
      boolean served = plan.number(Name.parse(member.host())) >= 0;
      members
          .addObject()
          .put("host", member.host())
          .put("destination", member.destination().toString())
          .put("served", served);
      if (!served) {
        plan.notes().stream()
            .filter(note -> note.startsWith(member.host() + ":"))
            .filter(note -> why.reasons().stream().noneMatch(note::equals))
            .distinct()
            .forEach(reasons::add);
      }
    }
    return node;
  }
}
