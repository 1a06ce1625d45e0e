package io.fairlead.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fairlead.server.explain.Ink;
import io.fairlead.server.state.OperatorOverride.State;
import java.io.PrintWriter;
import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands of an operator have in common: whom they tell, why, and what they print. */
final class OverrideOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = AdminClient.DEFAULT_SERVER,
      description = "The server's admin address (default: ${DEFAULT-VALUE}).")
  private URI server;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why; kept, logged and shown.")
  private String reason;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How to print.")
  private Output output;

  /**
   * Says a word about a member or a site, and prints how they stand now, and whose word it took the
   * place of.
   */
  int override(String subjectPath, State state) {
    var body = JsonNodeFactory.instance.objectNode();
    body.put("state", state.word()).put("reason", reason);
    var done = new AdminClient(server).replace("/api/v1/overrides/" + subjectPath, body.toString());
    if (done.before() != null && output == Output.TEXT) {
      spec.commandLine().getOut().print(OverrideText.instead(done.before()));
    }
    return print(done.after());
  }

  /** Sends it, and prints how whom it is about stands now. */
  int tell(String method, String path, String body) {
    return print(new AdminClient(server).tell(method, path, body));
  }

  private int print(JsonNode reply) {
    PrintWriter out = spec.commandLine().getOut();
    if (output == Output.JSON) {
      out.println(reply.toPrettyString());
    } else {
      out.print(OverrideText.of(reply, Ink.forStandardOutput()));
      out.flush();
    }
    return ExitCode.OK;
  }
}
