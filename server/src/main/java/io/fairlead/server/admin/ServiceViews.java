package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.health.probe.ProbeResult;
import io.fairlead.health.schedule.PastProbe;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.control.Plan;
import io.fairlead.server.control.PlannedMember;
import io.fairlead.server.control.Probing;
import io.fairlead.server.control.Published;
import io.fairlead.server.control.Standing;
import io.fairlead.server.control.TargetKey;
import io.fairlead.server.state.Absence;
import io.fairlead.server.state.OperatorOverride;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Services as JSON: what they were told, what is known of them, what was handed out. */
final class ServiceViews {
  private final Published published;
  private final Shares shares;
  private final Function<Target, List<PastProbe>> history;

  /**
   * @param history the last probes of a target, oldest first; empty lists leave them out
   */
  ServiceViews(Published published, Shares shares, Function<Target, List<PastProbe>> history) {
    this.published = published;
    this.shares = shares;
    this.history = history;
  }

  ObjectNode service(int number) {
    ServiceSpec spec = published.plan().services().get(number);
    List<PlannedMember> members = published.plan().members(number);
    long ever = members.stream().mapToLong(member -> shares.ever(member.endpoint())).sum();
    long lately = members.stream().mapToLong(member -> shares.lately(member.endpoint())).sum();
    ObjectNode node = Views.object();
    node.put("name", Plan.key(spec.name()));
    ArrayNode aliases = node.putArray("aliases");
    spec.aliases().forEach(alias -> aliases.add(Plan.key(alias)));
    node.put("state", ServiceState.of(members, published).word());
    node.put("ttl", spec.ttlSeconds());
    node.put("answers", spec.answers());
    node.put("downResponse", Words.of(spec.downResponse()));
    node.put("handedOut", ever);
    node.put("perSecond", rounded(lately / shares.latelySeconds()));
    ArrayNode pools = node.putArray("pools");
    for (PoolSpec pool : spec.pools()) {
      ObjectNode poolNode = pools.addObject();
      poolNode.put("name", pool.name());
      poolNode.put("priority", pool.priority());
      poolNode.put("algorithm", Words.of(pool.algorithm()));
      poolNode.put("enabled", pool.enabled());
      ArrayNode memberNodes = poolNode.putArray("members");
      members.stream()
          .filter(member -> member.pool() == pool)
          .forEach(member -> memberNodes.add(member(member, ever, lately)));
    }
    return node;
  }

  private ObjectNode member(PlannedMember planned, long ever, long lately) {
    var member = planned.member();
    ObjectNode node = Views.object();
    node.put("site", member.site());
    node.put("address", member.target());
    node.put("weight", member.weight());
    node.put("state", Words.of(published.availability(planned)));
    node.put("eligible", published.availability(planned).eligible());
    node.put("weightNow", member.weight() * published.share(planned) / (double) Liveness.WHOLE);
    Standing standing = Standing.of(planned, published);
    node.put("standing", standing.reason());
    standing(standing, node);
    node.put("origin", member.origin());
    node.put("handedOut", shares.ever(planned.endpoint()));
    node.put("share", share(shares.ever(planned.endpoint()), ever));
    node.put("shareLately", share(shares.lately(planned.endpoint()), lately));
    ArrayNode checks = node.putArray("checks");
    planned.site().targets().forEach(target -> checks.add(check("site", target)));
    planned.targets().forEach(target -> checks.add(check("member", target)));
    return node;
  }

  /** What holds a member back beside its checks, for programs. */
  private static void standing(Standing standing, ObjectNode member) {
    OperatorOverride override = standing.override();
    if (override != null) {
      member
          .putObject("override")
          .put("subject", override.subject().toString())
          .put("state", override.state().word())
          .put("reason", override.reason())
          .put("since", override.since().toString());
    }
    Absence absence = standing.absence();
    if (absence != null && absence.isHeld() && absence.wellSince() != null) {
      ObjectNode hold = member.putObject("hold");
      hold.put("wellSince", absence.wellSince().toString());
      hold.put("failures", absence.flaps());
      hold.put("manual", standing.due().equals(Instant.MAX));
      if (!standing.due().equals(Instant.MAX)) {
        hold.put("until", standing.due().toString());
      }
    }
  }

  private String unknown(Target target) {
    return !Probing.isProbed(target, published)
        ? "not probed: it is disabled"
        : target.isTold() ? "it has not reported yet" : "no probe has finished yet";
  }

  /**
   * What is known of a target.
   *
   * @param of what it is a check of: the member, or its site
   */
  private ObjectNode check(String of, Target target) {
    TargetStatus status = published.model().health().get(target);
    ObjectNode check = Views.object().put("of", of).put("target", TargetKey.words(target));
    if (status == null || !Probing.isProbed(target, published)) {
      check.put("verdict", "unknown").put("reason", unknown(target));
    } else {
      check
          .put("verdict", Words.of(status.verdict()))
          .put("since", status.since().toString())
          .put("reason", status.reason());
      if (!status.warning().isEmpty()) {
        check.put("warning", status.warning());
      }
    }
    List<PastProbe> past = history.apply(target);
    if (!past.isEmpty()) {
      ArrayNode probes = check.putArray("probes");
      for (PastProbe probe : past) {
        probes
            .addObject()
            .put("at", probe.at().toString())
            .put("passed", probe.result() instanceof ProbeResult.Passed)
            .put("millis", rounded(probe.took().toNanos() / 1e6))
            .put("reason", probe.result().reason());
      }
    }
    return check;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0.0 : (double) part / whole;
  }

  /** To three digits behind the point: more of them is noise. */
  private static double rounded(double value) {
    return Math.round(value * 1e3) / 1e3;
  }
}
