package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.fairlead.config.Problem;
import io.fairlead.dns.wire.Name;
import io.fairlead.server.control.Published;
import io.fairlead.server.replay.Moves;
import io.fairlead.server.version.Difference;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

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

  static void clusters(Published published, ArrayNode into) {
    ClusterViews.contexts(published.model())
        .forEach(context -> into.add(ClusterViews.cluster(context, published.model(), false)));
  }

  /** A record's components. */
  static JsonNode facts(Object record) {
    return JSON.valueToTree(record);
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

  /** What lies between two configurations. */
  public static void changes(List<Difference.Change> changes, ArrayNode into) {
    for (Difference.Change change : changes) {
      into.addObject()
          .put("kind", change.kind().name().toLowerCase(Locale.ROOT))
          .put("place", change.place())
          .put("key", change.key())
          .put("before", change.before())
          .put("after", change.after());
    }
  }

  /** What a change would do to clients; of long lists the beginning. */
  public static ObjectNode moves(Moves moves) {
    ObjectNode node =
        object()
            .put("questions", moves.questions())
            .put("asked", moves.asked())
            .put("moved", rounded(moves.share()))
            .put("flowCount", moves.flows().size())
            .put("brokenCount", moves.broken().size());
    ArrayNode flows = node.putArray("flows");
    for (Moves.Flow flow : moves.flows().stream().limit(MAX_LISTED).toList()) {
      flows
          .addObject()
          .put("name", flow.name())
          .put("from", flow.from())
          .put("to", flow.to())
          .put("share", rounded(flow.share()));
    }
    ArrayNode broken = node.putArray("broken");
    for (Moves.Broken gone : moves.broken().stream().limit(MAX_LISTED).toList()) {
      broken
          .addObject()
          .put("name", gone.name())
          .put("type", gone.type())
          .put("becomes", gone.becomes())
          .put("share", rounded(gone.share()));
    }
    return node;
  }

  /** More than one reads; the counts tell of the rest. */
  private static final int MAX_LISTED = 1_000;

  /** To a hundredth of a percent, more than asking can see. */
  private static double rounded(double share) {
    return Math.round(share * 10_000) / 10_000.0;
  }

  static void problems(List<Problem> problems, ArrayNode into) {
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
