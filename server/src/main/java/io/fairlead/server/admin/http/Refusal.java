package io.fairlead.server.admin.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serial;

/** A call is not answered as it is; becomes a problem in the sense of RFC 9457. */
public final class Refusal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int status;
  private final ObjectNode more;

  /**
   * A refusal in words.
   *
   * @param status from 400 on
   * @param detail what is wrong and what is allowed
   */
  public Refusal(int status, String detail) {
    this(status, detail, JsonNodeFactory.instance.objectNode());
  }

  private Refusal(int status, String detail, ObjectNode more) {
    super(detail, null, false, false);
    this.status = status;
    this.more = more;
  }

  /** The same with one more member (RFC 9457 section 3.2). */
  public Refusal with(String member, JsonNode value) {
    ObjectNode all = more.deepCopy();
    all.set(member, value);
    return new Refusal(status, String.valueOf(getMessage()), all);
  }

  public static Refusal badRequest(String detail) {
    return new Refusal(Status.BAD_REQUEST, detail);
  }

  public static Refusal notFound(String detail) {
    return new Refusal(Status.NOT_FOUND, detail);
  }

  Reply reply() {
    ObjectNode problem =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "about:blank")
            .put("status", status)
            .put("title", Status.title(status))
            .put("detail", String.valueOf(getMessage()));
    problem.setAll(more);
    var reply = new Reply(status, "application/problem+json", problem.toPrettyString() + "\n");
    return status == Status.UNAUTHORIZED ? reply.with("WWW-Authenticate", "Bearer") : reply;
  }
}
