package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.dns.choice.Reason;
import io.fairlead.dns.query.QueryReason;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.explain.PolicyReason;
import io.fairlead.server.control.GuardStanding;
import io.fairlead.server.control.MemberNews;
import io.fairlead.server.control.PlannedMember;
import io.fairlead.server.control.Published;
import io.fairlead.server.explain.Explanation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An explanation as JSON; one shape for the API and for {@code explain --output json}. */
public final class ExplanationViews {
  private final Explanation explanation;
  private final @Nullable Published published;

  /** The service that the steps are about, from where they name it. */
  private @Nullable Name service;

  private ExplanationViews(Explanation explanation, @Nullable Published published) {
    this.explanation = explanation;
    this.published = published;
  }

  /** Of a file: its members are what they were said to be, without a history. */
  public static ObjectNode of(Explanation explanation) {
    return new ExplanationViews(explanation, null).view();
  }

  /** Of a running server, with what it knows of each member. */
  public static ObjectNode of(Explanation explanation, Published published) {
    return new ExplanationViews(explanation, published).view();
  }

  private ObjectNode view() {
    ObjectNode node = Views.object();
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
    if (published != null) {
      node.put("since", published.since().toString());
      node.put("blind", published.model().blind());
      node.put("guard", GuardStanding.of(published).text());
    }
    node.put("served", explanation.served());
    ArrayNode steps = node.putArray("steps");
    explanation.reasons().forEach(reason -> addStep(reason, steps.addObject()));
    return node;
  }

  private void addStep(Reason reason, ObjectNode step) {
    step.put("step", Words.kebab(reason.getClass().getSimpleName()));
    step.put("text", reason.text());
    step.set("facts", Views.facts(reason));
    switch (reason) {
      case QueryReason.ServiceFound found -> service = found.service();
      case PolicyReason.MemberConsidered member when published != null ->
          addNews(member, published, step);
      default -> {}
    }
  }

  private void addNews(PolicyReason.MemberConsidered told, Published now, ObjectNode step) {
    find(told, now)
        .map(member -> MemberNews.of(member, now))
        .ifPresent(
            news -> {
              if (news.since() != null) {
                step.put("since", news.since().toString());
              }
              if (!news.reason().isEmpty()) {
                step.put("reason", news.reason());
              }
            });
  }

  private Optional<PlannedMember> find(PolicyReason.MemberConsidered told, Published now) {
    return service == null
        ? Optional.empty()
        : now.plan().members(now.plan().number(service)).stream()
            .filter(
                member ->
                    member.pool().name().equals(told.pool())
                        && member.member().target().equals(told.address()))
            .findFirst();
  }
}
