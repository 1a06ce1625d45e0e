package io.fairlead.server.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An explanation for people, from its JSON: the answer first, then the steps that led to it, then
 * every pool and member with what became of it.
 */
public final class ExplanationText {
  private final JsonNode explanation;
  private final Ink ink;
  private final StringBuilder text = new StringBuilder();

  private ExplanationText(JsonNode explanation, Ink ink) {
    this.explanation = explanation;
    this.ink = ink;
  }

  public static String of(JsonNode explanation, Ink ink) {
    return new ExplanationText(explanation, ink).write();
  }

  private String write() {
    text.append(ink.bold(told("name") + " " + told("type"))).append('\n');
    line("client", told("client"));
    answer();
    if (explanation.has("scope")) {
      int scope = explanation.path("scope").asInt();
      String whom = scope == 0 ? ", the same for every client" : ", for clients of that prefix";
      line("scope", "/" + scope + whom);
    }
    if (explanation.has("extendedError")) {
      line("error", ink.warn(told("extendedError")));
    }
    line("zone", fact("zone-found", "apex"));
    line("service", fact("service-found", "service"));
    String since = told("since");
    line(
        "snapshot",
        "generation "
            + explanation.path("generation").asLong()
            + (since.isEmpty() ? "" : ", since " + PoolTable.whole(since)));
    if (explanation.path("blind").asBoolean()) {
      line("blind", ink.bad("none of this node's references answers, so verdicts stand still"));
    }
    line("guard", ink.bad(told("guard")));
    steps();
    return text.toString();
  }

  private String told(String key) {
    return explanation.path(key).asText();
  }

  /** A fact of the first such step; empty where there is none. */
  private String fact(String step, String key) {
    for (JsonNode each : explanation.path("steps")) {
      if (each.path("step").asText().equals(step)) {
        return each.path("facts").path(key).asText();
      }
    }
    return "";
  }

  private void answer() {
    String rcode = told("rcode");
    var records = new ArrayList<String>();
    explanation.path("answer").forEach(record -> records.add(ink.good(record.asText())));
    if (records.isEmpty()) {
      line("answer", ink.warn(rcode.equals("no reply") ? rcode : rcode + ", no records"));
      return;
    }
    line("answer", String.join("\n" + " ".repeat(12), records));
    if (!rcode.equals("NOERROR")) {
      line("rcode", ink.warn(rcode));
    }
    line("TTL", explanation.path("ttl").asLong() + " s");
  }

  private void line(String label, String value) {
    if (!value.isEmpty()) {
      text.append("  %-10s%s%n".formatted(label, value));
    }
  }

  /** The steps in their order; pools and members, of which there are many, in tables behind. */
  private void steps() {
    List<PoolTable> tables = new ArrayList<>();
    var table = new PoolTable("pools");
    tables.add(table);
    text.append(ink.bold("why")).append('\n');
    int number = 1;
    for (JsonNode step : explanation.path("steps")) {
      if (table.add(step)) {
        continue;
      }
      text.append("%3d. %s%n".formatted(number++, step.path("text").asText()));
      String title = title(step);
      if (!title.isEmpty()) {
        table = new PoolTable(title);
        tables.add(table);
      }
    }
    tables.forEach(each -> text.append(each.text(ink)));
  }

  /** What the pools are for that follow such a step; empty for a step that changes nothing. */
  private static String title(JsonNode step) {
    JsonNode facts = step.path("facts");
    return switch (step.path("step").asText()) {
      case "hints-chosen" ->
          facts.path("family").asInt() == 1 ? "pools, for ipv4hint" : "pools, for ipv6hint";
      case "cname-followed" -> "pools, behind " + facts.path("target").asText();
      default -> "";
    };
  }
}
