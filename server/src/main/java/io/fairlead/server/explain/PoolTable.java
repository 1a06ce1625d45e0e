package io.fairlead.server.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The pools that were looked at, each with its members in columns, in the order of looking. */
final class PoolTable {
  private static final Set<String> POOLS_TAKEN =
      Set.of("TAKEN", "JOINED", "BY_DISTANCE", "LAST_RESORT");

  /** A pool and its members; the facts of their steps. */
  private record Pool(JsonNode step, List<JsonNode> members) {}

  private final String title;
  private final Map<String, Pool> pools = new LinkedHashMap<>();

  PoolTable(String title) {
    this.title = title;
  }

  /** Takes a step that is about a pool or a member; false where it is about something else. */
  boolean add(JsonNode step) {
    JsonNode facts = step.path("facts");
    switch (step.path("step").asText()) {
      case "pool-considered" ->
          pools.put(facts.path("pool").asText(), new Pool(step, new ArrayList<>()));
      case "member-considered" -> {
        Pool pool = pools.get(facts.path("pool").asText());
        if (pool == null) {
          return false;
        }
        pool.members().add(step);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  String text(Ink ink) {
    var text = new StringBuilder();
    if (!pools.isEmpty()) {
      text.append(ink.bold(title)).append('\n');
    }
    int site = width(facts -> facts.path("site").asText());
    int address = width(facts -> facts.path("address").asText());
    int weight = width(PoolTable::weight);
    for (Pool pool : pools.values()) {
      boolean taken = POOLS_TAKEN.contains(pool.step().path("facts").path("fate").asText());
      String head = pool.step().path("text").asText().replaceFirst("^pool ", "");
      text.append("  ").append(taken ? head : ink.faint(head)).append('\n');
      String row = "    %s %-" + site + "s  %-" + address + "s  %-" + weight + "s  %s%n";
      for (JsonNode member : pool.members()) {
        JsonNode facts = member.path("facts");
        text.append(
            row.formatted(
                mark(facts, ink),
                facts.path("site").asText(),
                facts.path("address").asText(),
                weight(facts),
                verdict(member, ink)));
        String news = news(member);
        if (!news.isEmpty()) {
          text.append(ink.faint("      " + news)).append('\n');
        }
      }
    }
    return text.toString();
  }

  /** Why it is so and since when: "since 2026-11-25T09:00:01Z, 127.0.10.1:80 tcp: refused". */
  private static String news(JsonNode member) {
    String since = member.path("since").asText();
    String reason = member.path("reason").asText();
    return (since.isEmpty() ? "" : "since " + whole(since))
        + (since.isEmpty() || reason.isEmpty() ? "" : ", ")
        + reason;
  }

  /** A time without the fraction of its second. */
  static String whole(String time) {
    return time.replaceFirst("\\.[0-9]+Z$", "Z");
  }

  private int width(Function<JsonNode, String> column) {
    return pools.values().stream()
        .flatMap(pool -> pool.members().stream())
        .mapToInt(member -> column.apply(member.path("facts")).length())
        .max()
        .orElse(1);
  }

  /** What one sees at a glance: taken, cannot answer, or neither. */
  private static String mark(JsonNode facts, Ink ink) {
    return switch (facts.path("fate").asText()) {
      case "TAKEN" -> ink.good(">");
      case "NOT_ELIGIBLE" -> ink.bad("x");
      default -> " ";
    };
  }

  private static String weight(JsonNode facts) {
    int share = facts.path("share").asInt(16);
    return "weight " + facts.path("weight").asText() + (share < 16 ? " x " + share + "/16" : "");
  }

  /** What the step's sentence says behind the columns: "is up; taken as number 1". */
  private static String verdict(JsonNode member, Ink ink) {
    String sentence = member.path("text").asText();
    String said = sentence.substring(sentence.indexOf(") is ") + 2);
    return switch (member.path("facts").path("fate").asText()) {
      case "TAKEN" -> ink.good(said);
      case "NOT_ELIGIBLE" -> ink.warn(said);
      default -> ink.faint(said);
    };
  }
}
