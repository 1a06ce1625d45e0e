package io.fairlead.server.admin.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request, as those who answer it see it. */
public final class Call {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String BEARER = "Bearer ";

  private final RoutingContext context;
  private String token = "";

  Call(RoutingContext context) {
    this.context = context;
  }

  private HttpServerRequest request() {
    return context.request();
  }

  /** A part of the path, such as {@code name} of {@code /api/v1/services/:name}. */
  public String path(String name) {
    String value = context.pathParam(name);
    return value == null ? "" : value;
  }

  /** A parameter of the query; null where it is absent. */
  public @Nullable String query(String name) {
    return request().getParam(name);
  }

  public String query(String name, String fallback) {
    return request().getParam(name, fallback);
  }

  /** All values of a parameter that may come several times. */
  public List<String> all(String name) {
    return request().params().getAll(name);
  }

  /**
   * A parameter that is a whole number.
   *
   * @throws Refusal where it is no number, or not within
   */
  public int query(String name, int fallback, int least, int most) {
    String text = query(name);
    if (text == null) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // is refused below, like a number that is too large
    }
    throw Refusal.badRequest(
        "the parameter \"%s\" is \"%s\"; allowed: %d to %d".formatted(name, text, least, most));
  }

  public @Nullable String header(String name) {
    return request().getHeader(name);
  }

  /** The token that it shows (RFC 6750 section 2.1); null where it shows none. */
  public @Nullable String bearer() {
    String header = header("Authorization");
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).strip()
        : null;
  }

  /**
   * The body as a JSON object; an empty one where there is no body.
   *
   * @throws Refusal where it is something else
   */
  public ObjectNode json() {
    String body = context.body().asString();
    if (body == null || body.isBlank()) {
      return JSON.createObjectNode();
    }
    String type = header("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?")) {
      throw new Refusal(Status.UNSUPPORTED_TYPE, "the body must be application/json, not " + type);
    }
    try {
      if (JSON.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      var where = e.getLocation();
      throw Refusal.badRequest(
          "the body is no JSON: %s%s"
              .formatted(
                  e.getOriginalMessage(),
                  where == null
                      ? ""
                      : " (line %d, column %d)".formatted(where.getLineNr(), where.getColumnNr())));
    }
    throw Refusal.badRequest("the body must be a JSON object");
  }

  /**
   * Reads a text that may be wrong.
   *
   * @throws Refusal with what the parser says
   */
  public static <T> T parse(Function<String, T> parser, String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }

  boolean reads() {
    return Gate.reads(request());
  }

  /** Who asks, for the audit. */
  public String who() {
    String address = request().remoteAddress().hostAddress();
    return token.isEmpty() ? address : token + " at " + address;
  }

  /** The token that was shown has this name. */
  void admitted(String name) {
    token = name;
  }
}
