package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.fairlead.config.Problem;
import io.fairlead.dns.choice.Reason;
import io.fairlead.dns.count.Counters;
import io.fairlead.dns.wire.Name;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.control.Plan;
import io.fairlead.server.control.PlannedMember;
import io.fairlead.server.control.Published;
import io.fairlead.server.control.Standing;
import io.fairlead.server.control.TargetKey;
import io.fairlead.server.explain.Explanation;
import io.fairlead.server.state.Absence;
import io.fairlead.server.state.OperatorOverride;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/** What is known, as JSON; one shape for the API and for {@code --output json}. */
public final class Views {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Name.class, ToStringSerializer.instance)
                  .addSerializer(InetAddress.class, new AddressSerializer()))
          .build();

  private Views() {}

  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** All services, or those that a filter leaves. */
  public static ObjectNode services(Published published, Counters counters) {
    ObjectNode root = object();
    root.put("generation", published.snapshot().generation());
    root.put("ready", published.snapshot().ready());
    ArrayNode services = root.putArray("services");
    for (int number = 0; number < published.plan().services().size(); number++) {
      services.add(service(number, published, counters));
    }
    ArrayNode clusters = root.putArray("clusters");
    published
        .model()
        .clusters()
        .forEach(
            (context, status) ->
                clusters
                    .addObject()
                    .put("context", context)
                    .put("connected", status.connected())
                    .put("since", status.since().toString())
                    .put("reason", status.reason()));
    problems(published.model().refused(), root.putArray("problems"));
    return root;
  }

  public static ObjectNode service(int number, Published published, Counters counters) {
    ServiceSpec spec = published.plan().services().get(number);
    List<PlannedMember> members = published.plan().members(number);
    long total = members.stream().mapToLong(member -> counters.handedOut(member.endpoint())).sum();
    ObjectNode node = object();
    node.put("name", Plan.key(spec.name()));
    ArrayNode aliases = node.putArray("aliases");
    spec.aliases().forEach(alias -> aliases.add(Plan.key(alias)));
    node.put("ttl", spec.ttlSeconds());
    node.put("answers", spec.answers());
    node.put("downResponse", Words.of(spec.downResponse()));
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
          .forEach(member -> memberNodes.add(member(member, published, counters, total)));
    }
    return node;
  }

  private static ObjectNode member(
      PlannedMember planned, Published published, Counters counters, long total) {
    var member = planned.member();
    long handedOut = counters.handedOut(planned.endpoint());
    ObjectNode node = object();
    node.put("site", member.site());
    node.put("address", member.target());
    node.put("weight", member.weight());
    node.put("state", Words.of(published.availability(planned)));
    Standing standing = Standing.of(planned, published);
    node.put("standing", standing.reason());
    standing(standing, node);
    node.put("origin", member.origin());
    node.put("handedOut", handedOut);
    node.put("share", total == 0 ? 0.0 : (double) handedOut / total);
    ArrayNode checks = node.putArray("checks");
    for (Target target : planned.targets()) {
      TargetStatus status = published.model().health().get(target);
      ObjectNode check = checks.addObject().put("target", TargetKey.of(target));
      if (status == null) {
        check.put("verdict", "unknown").put("reason", "no probe has finished yet");
      } else {
        check
            .put("verdict", Words.of(status.verdict()))
            .put("since", status.since().toString())
            .put("reason", status.reason());
      }
    }
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
    if (absence != null && absence.isOut() && absence.wellSince() != null) {
      ObjectNode hold = member.putObject("hold");
      hold.put("wellSince", absence.wellSince().toString());
      hold.put("failures", absence.flaps());
      hold.put("manual", standing.due().equals(Instant.MAX));
      if (!standing.due().equals(Instant.MAX)) {
        hold.put("until", standing.due().toString());
      }
    }
  }

  public static ObjectNode explanation(Explanation explanation) {
    ObjectNode node = object();
    node.put("name", explanation.name());
    node.put("type", explanation.type());
    node.put("client", explanation.client());
    node.put("rcode", explanation.rcode());
    ArrayNode answer = node.putArray("answer");
    explanation.answer().forEach(answer::add);
    node.put("ttl", explanation.ttlSeconds());
    if (explanation.scope() >= 0) {
      node.put("scope", explanation.scope());
    }
    if (!explanation.extendedError().isEmpty()) {
      node.put("extendedError", explanation.extendedError());
    }
    node.put("generation", explanation.generation());
    node.put("served", explanation.served());
    ArrayNode steps = node.putArray("steps");
    for (Reason reason : explanation.reasons()) {
      ObjectNode step = steps.addObject();
      step.put("step", Words.kebab(reason.getClass().getSimpleName()));
      step.put("text", reason.text());
      step.set("facts", JSON.valueToTree(reason));
    }
    return node;
  }

  public static ObjectNode problems(List<Problem> problems) {
    ObjectNode node = object();
    node.put("valid", problems.isEmpty());
    problems(problems, node.putArray("problems"));
    return node;
  }

  /** What {@code check --output json} prints. */
  public static ObjectNode check(List<Problem> problems, List<Problem> warnings) {
    ObjectNode node = problems(problems);
    problems(warnings, node.putArray("warnings"));
    return node;
  }

  private static void problems(List<Problem> problems, ArrayNode into) {
    for (Problem problem : problems) {
      into.addObject()
          .put("file", problem.file())
          .put("line", problem.line())
          .put("column", problem.column())
          .put("key", problem.key())
          .put("reason", problem.reason());
    }
  }
}
