package io.fairlead.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.server.explain.Ink;

/** The status of a server for people, from its JSON. */
public final class StatusText {
  private StatusText() {}

  public static String of(JsonNode status, Ink ink) {
    var text = new StringBuilder();
    text.append(status.path("ready").asBoolean() ? ink.good("ready") : ink.bad("not ready"))
        .append(ink.faint("  generation " + status.path("generation").asLong()))
        .append('\n');
    if (status.path("blind").asBoolean()) {
      text.append(ink.bad("blind  ")).append("no reference answers; verdicts stand still\n");
    }
    for (JsonNode problem : status.path("problems")) {
      text.append(ink.bad("refused  ")).append(problem.path("reason").asText()).append('\n');
    }
    if (status.path("guard").path("on").asBoolean()) {
      text.append(ink.bad(status.path("guard").path("text").asText())).append('\n');
    }
    for (JsonNode cluster : status.path("clusters")) {
      boolean connected = cluster.path("connected").asBoolean();
      text.append(
          "cluster %s  %s  %s%n"
              .formatted(
                  cluster.path("context").asText(),
                  connected ? ink.good("connected") : ink.bad("not connected"),
                  ink.faint(cluster.path("reason").asText())));
    }
    for (JsonNode service : status.path("services")) {
      service(text, service, ink);
    }
    return text.toString();
  }

  private static void service(StringBuilder text, JsonNode service, Ink ink) {
    text.append('\n').append(ink.bold(service.path("name").asText()));
    text.append(
        ink.faint(
            "  ttl %d s, all down: %s"
                .formatted(service.path("ttl").asLong(), service.path("downResponse").asText())));
    text.append('\n');
    for (JsonNode pool : service.path("pools")) {
      text.append(
          "  pool %s  priority %d, %s%s%n"
              .formatted(
                  pool.path("name").asText(),
                  pool.path("priority").asInt(),
                  pool.path("algorithm").asText(),
                  pool.path("enabled").asBoolean() ? "" : ", disabled"));
      for (JsonNode member : pool.path("members")) {
        member(text, member, ink);
      }
    }
  }

  private static void member(StringBuilder text, JsonNode member, Ink ink) {
    String state = member.path("state").asText();
    text.append(
        "    %-22s %-14s weight %-4d %s %5.1f %% of answers%n"
            .formatted(
                member.path("address").asText(),
                member.path("site").asText(),
                member.path("weight").asInt(),
                paint(state, ink),
                100 * member.path("share").asDouble()));
    String standing = member.path("standing").asText();
    if (!standing.isEmpty()) {
      text.append("      ").append(ink.warn(standing)).append('\n');
    }
    for (JsonNode check : member.path("checks")) {
      text.append(
              ink.faint(
                  "      %s%s since %s: %s"
                      .formatted(
                          check.path("of").asText().equals("site") ? "site " : "",
                          check.path("verdict").asText(),
                          check.path("since").asText("the start"),
                          check.path("reason").asText())))
          .append('\n');
      if (check.has("warning")) {
        text.append("      ").append(ink.warn(check.path("warning").asText())).append('\n');
      }
    }
  }

  private static String paint(String state, Ink ink) {
    String padded = "%-13s".formatted(state);
    return switch (state) {
      case "up" -> ink.good(padded);
      case "down", "assumed-down" -> ink.bad(padded);
      default -> ink.warn(padded);
    };
  }
}
