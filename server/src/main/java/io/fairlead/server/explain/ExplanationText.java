package io.fairlead.server.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;

/**
 * An explanation for people, from its JSON: the answer first, then the steps that led to it, then
 * every pool and member with what became of it.
 */
public final class ExplanationText {
  private ExplanationText() {}

  public static String of(JsonNode explanation, Ink ink) {
    var text = new StringBuilder();
    text.append(
            ink.bold(explanation.path("name").asText() + " " + explanation.path("type").asText()))
        .append('\n');
    line(text, "client", explanation.path("client").asText());
    answer(text, explanation, ink);
    if (explanation.has("scope")) {
      int scope = explanation.path("scope").asInt();
      line(
          text,
          "scope",
          "/"
              + scope
              + (scope == 0 ? ", the same for every client" : ", for clients of that prefix"));
    }
    if (explanation.has("extendedError")) {
      line(text, "error", ink.warn(explanation.path("extendedError").asText()));
    }
    line(text, "snapshot", "generation " + explanation.path("generation").asLong());
    var pools = new PoolTable();
    text.append(ink.bold("why")).append('\n');
    int step = 1;
    for (JsonNode reason : explanation.path("steps")) {
      if (!pools.add(reason)) {
        text.append("%3d. %s%n".formatted(step++, reason.path("text").asText()));
      }
    }
    return text.append(pools.text(ink)).toString();
  }

  private static void answer(StringBuilder text, JsonNode explanation, Ink ink) {
    String rcode = explanation.path("rcode").asText();
    var records = new ArrayList<String>();
    explanation.path("answer").forEach(record -> records.add(ink.good(record.asText())));
    if (records.isEmpty()) {
      line(text, "answer", ink.warn(rcode.equals("no reply") ? rcode : rcode + ", no records"));
      return;
    }
    line(text, "answer", String.join("\n" + " ".repeat(12), records));
    if (!rcode.equals("NOERROR")) {
      line(text, "rcode", ink.warn(rcode));
    }
    line(text, "TTL", explanation.path("ttl").asLong() + " s");
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append("  %-10s%s%n".formatted(label, value));
  }
}
