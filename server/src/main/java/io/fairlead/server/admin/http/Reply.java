package io.fairlead.server.admin.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent back.
 *
 * @param headers beside the type's
 * @param change what the call has changed, for the audit; null = nothing
 */
public record Reply(
    int status, String type, String body, Map<String, String> headers, @Nullable Change change) {
  public Reply {
    headers = Map.copyOf(headers);
  }

  /**
   * A change that was made.
   *
   * @param what in words, such as {@code disable member 127.0.10.1 of fruit.example}
   * @param before how it was
   * @param after how it is now
   */
  public record Change(String what, String before, String after) {}

  public Reply(int status, String type, String body) {
    this(status, type, body, Map.of(), null);
  }

  public static Reply ok(JsonNode body) {
    return of(Status.OK, body);
  }

  public static Reply of(int status, JsonNode body) {
    return new Reply(status, "application/json", body.toPrettyString() + "\n");
  }

  public Reply with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, type, body, more, change);
  }

  /** The same, and the audit is told what has changed. */
  public Reply changed(String what, String before, String after) {
    return new Reply(status, type, body, headers, new Change(what, before, after));
  }
}
