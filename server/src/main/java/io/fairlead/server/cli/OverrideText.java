package io.fairlead.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.server.explain.Ink;

/** What an operator's word has done, for people, from its JSON. */
public final class OverrideText {
  private OverrideText() {}

  /** The word that stood before, which is an operator's and may have had a reason. */
  static String instead(JsonNode before) {
    String reason = before.path("reason").asText();
    return "instead of: %s since %s%s%n"
        .formatted(
            before.path("state").asText(),
            before.path("since").asText(),
            reason.isEmpty() ? "" : ", \"" + reason + "\"");
  }

  public static String of(JsonNode reply, Ink ink) {
    var text = new StringBuilder();
    if (reply.path("members").isEmpty()) {
      text.append("no member is concerned now\n");
    }
    for (JsonNode member : reply.path("members")) {
      String state = member.path("state").asText();
      String standing = member.path("standing").asText();
      text.append(
          "%s of %s at %s is %s%s%n"
              .formatted(
                  ink.bold(member.path("address").asText()),
                  member.path("service").asText(),
                  member.path("site").asText(),
                  state.equals("up") ? ink.good(state) : ink.warn(state),
                  standing.isEmpty() ? "" : ": " + standing));
    }
    int more = reply.path("count").asInt() - reply.path("members").size();
    if (more > 0) {
      text.append(ink.faint("and %d more members%n".formatted(more)));
    }
    for (JsonNode service : reply.path("servicesWithoutMember")) {
      text.append(ink.bad("%s has no member left that can answer%n".formatted(service.asText())));
    }
    return text.toString();
  }
}
