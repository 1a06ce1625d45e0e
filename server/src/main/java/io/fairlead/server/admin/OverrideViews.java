package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.server.control.Operator;
import io.fairlead.server.control.Plan;
import io.fairlead.server.control.PlannedMember;
import io.fairlead.server.control.Published;
import io.fairlead.server.control.Standing;
import io.fairlead.server.state.OperatorOverride;
import io.fairlead.server.state.OperatorOverride.Subject;
import java.util.List;
import java.util.Objects;

/** Overrides as JSON, with what they do. */
final class OverrideViews {
  /** Members, or services, named in one reply; the rest is counted. */
  private static final int NAMED = 20;

  private OverrideViews() {}

  /** An entity tag (RFC 9110 section 8.8.3): another word, reason or time is another tag. */
  static String tag(OperatorOverride override) {
    return "\"%x-%08x\""
        .formatted(
            override.since().toEpochMilli(),
            Objects.hash(override.state().word(), override.reason()));
  }

  static ObjectNode of(OperatorOverride override, Operator operator) {
    ObjectNode node = of(override.subject(), operator);
    node.put("state", override.state().word());
    node.put("reason", override.reason());
    node.put("since", override.since().toString());
    node.put("etag", tag(override));
    return node;
  }

  /** Whom it is about, and how that stands now. */
  static ObjectNode of(Subject subject, Operator operator) {
    ObjectNode node = Views.object();
    switch (subject) {
      case Subject.Member(var service, var address) -> {
        node.put("subject", "member");
        node.put("service", service);
        node.put("address", address);
      }
      case Subject.Site(var name) -> {
        node.put("subject", "site");
        node.put("site", name);
      }
    }
    Published now = operator.published();
    List<PlannedMember> members = now.plan().members(subject);
    node.put("count", members.size());
    var named = node.putArray("members");
    members.stream().limit(NAMED).forEach(member -> named.add(member(member, now)));
    var down = node.putArray("servicesWithoutMember");
    members.stream()
        .map(member -> now.plan().number(member.service().name()))
        .distinct()
        .filter(number -> isDown(number, now))
        .limit(NAMED)
        .forEach(number -> down.add(Plan.key(now.plan().services().get(number).name())));
    return node;
  }

  private static ObjectNode member(PlannedMember member, Published now) {
    return Views.object()
        .put("service", Plan.key(member.service().name()))
        .put("site", member.member().site())
        .put("address", member.member().target())
        .put("state", Words.of(now.availability(member)))
        .put("standing", Standing.of(member, now).reason());
  }

  private static boolean isDown(int service, Published now) {
    return now.plan().members(service).stream()
        .noneMatch(member -> now.availability(member).eligible());
  }
}
