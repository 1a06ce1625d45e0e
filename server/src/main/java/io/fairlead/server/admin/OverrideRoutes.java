package io.fairlead.server.admin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.config.file.key.Suggestion;
import io.fairlead.server.control.Operator;
import io.fairlead.server.control.Operator.Lookup;
import io.fairlead.server.control.Operator.Outcome;
import io.fairlead.server.state.OperatorOverride;
import io.fairlead.server.state.OperatorOverride.State;
import io.fairlead.server.state.OperatorOverride.Subject;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What operators may say: overrides of members and sites, and that a member shall resume. */
final class OverrideRoutes {
  private static final String OVERRIDES = "/api/v1/overrides";
  private static final String MEMBER = OVERRIDES + "/members/:service/:address";
  private static final String SITE = OVERRIDES + "/sites/:site";
  private static final String RESUME = "/api/v1/services/:service/members/:address/resume";

  /** A sentence; it is kept, logged and shown. */
  private static final int MAX_REASON = 200;

  private static final List<String> KEYS = List.of("state", "reason");
  private static final List<String> STATES =
      Arrays.stream(State.values()).map(State::word).toList();

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;

  private final Operator operator;

  private OverrideRoutes(Operator operator) {
    this.operator = operator;
  }

  /** Adds the routes; bodies have been read before. */
  static void mount(Router router, Operator operator) {
    var routes = new OverrideRoutes(operator);
    router.get(OVERRIDES).blockingHandler(routes::list, false);
    routes.mount(router, MEMBER, routes::member);
    routes.mount(router, SITE, routes::site);
    router.post(RESUME).blockingHandler(routes::resume, false);
  }

  private void mount(Router router, String path, Finder finder) {
    on(router.get(path), finder, this::show);
    on(router.put(path), finder, this::put);
    on(router.delete(path), finder, this::delete);
  }

  private static void on(Route route, Finder finder, Action action) {
    route.blockingHandler(
        context -> finder.find(context, subject -> action.run(context, subject)), false);
  }

  /** Finds whom a path is about and goes on, or says that there is nobody. */
  private interface Finder {
    void find(RoutingContext context, Consumer<Subject> found);
  }

  private interface Action {
    void run(RoutingContext context, Subject subject);
  }

  private void member(RoutingContext context, Consumer<Subject> found) {
    found(context, operator.member(part(context, "service"), part(context, "address")), found);
  }

  private void site(RoutingContext context, Consumer<Subject> found) {
    found(context, operator.site(part(context, "site")), found);
  }

  private static String part(RoutingContext context, String name) {
    return Objects.requireNonNullElse(context.pathParam(name), "");
  }

  private static void found(RoutingContext context, Lookup lookup, Consumer<Subject> found) {
    switch (lookup) {
      case Lookup.Found(var subject) -> found.accept(subject);
      case Lookup.Nobody(var reason) -> problem(context, NOT_FOUND, "Not Found", reason);
    }
  }

  private void list(RoutingContext context) {
    ObjectNode body = Views.object();
    var overrides = body.putArray("overrides");
    operator.overrides().forEach(each -> overrides.add(OverrideViews.of(each, operator)));
    send(context, OK, body);
  }

  private void show(RoutingContext context, Subject subject) {
    OperatorOverride override = operator.override(subject);
    if (override == null) {
      problem(context, NOT_FOUND, "Not Found", "there is no override of " + subject);
    } else if (OverrideViews.tag(override).equals(context.request().getHeader("If-None-Match"))) {
      context.response().setStatusCode(NOT_MODIFIED).end();
    } else {
      send(context, OK, override);
    }
  }

  private void put(RoutingContext context, Subject subject) {
    Word word;
    try {
      word = Word.read(Objects.requireNonNullElse(context.body().asString(), ""));
    } catch (IllegalArgumentException e) {
      problem(context, BAD_REQUEST, "Bad Request", String.valueOf(e.getMessage()));
      return;
    }
    answer(
        context,
        subject,
        operator.override(subject, word.state(), word.reason(), expectation(context)));
  }

  private void delete(RoutingContext context, Subject subject) {
    answer(context, subject, operator.clear(subject, expectation(context)));
  }

  private void resume(RoutingContext context) {
    member(
        context,
        subject -> {
          if (subject instanceof Subject.Member member) {
            answer(context, member, operator.resume(member));
          }
        });
  }

  private void answer(RoutingContext context, Subject subject, Outcome outcome) {
    switch (outcome) {
      case Outcome.Done(var override, var created) -> {
        if (override != null) {
          send(context, created ? CREATED : OK, override);
        } else if (context.request().method().equals(HttpMethod.DELETE)) {
          context.response().setStatusCode(NO_CONTENT).end();
        } else {
          send(context, OK, OverrideViews.of(subject, operator));
        }
      }
      case Outcome.Unknown(var reason) -> problem(context, NOT_FOUND, "Not Found", reason);
      case Outcome.Refused(var reason) -> problem(context, CONFLICT, "Conflict", reason);
      case Outcome.Overtaken(var override) -> overtaken(context, subject, override);
    }
  }

  private void overtaken(
      RoutingContext context, Subject subject, @Nullable OperatorOverride override) {
    String stands =
        override == null
            ? "no override of it any more"
            : override.state().word() + " since " + override.since() + ", " + override.reason();
    ObjectNode body =
        Views.problem(
            PRECONDITION_FAILED,
            "Precondition Failed",
            "another operator was faster: %s has %s; look at it, and say it again"
                .formatted(subject, stands));
    if (override != null) {
      body.set("override", OverrideViews.of(override, operator));
      context.response().putHeader("ETag", OverrideViews.tag(override));
    }
    send(context, PRECONDITION_FAILED, "application/problem+json", body);
  }

  /** RFC 9110 section 13.1: what must stand for the word to be taken; without a header, anything. */
  private static Predicate<@Nullable OperatorOverride> expectation(RoutingContext context) {
    String match = context.request().getHeader("If-Match");
    String noneMatch = context.request().getHeader("If-None-Match");
    return stands -> {
      boolean isOne = match == null || names(match, stands);
      return isOne && (noneMatch == null || !names(noneMatch, stands));
    };
  }

  private static boolean names(String tags, @Nullable OperatorOverride stands) {
    return stands != null
        && (tags.equals("*")
            || Arrays.stream(tags.split(",", -1))
                .map(String::strip)
                .anyMatch(OverrideViews.tag(stands)::equals));
  }

  /** The body of a PUT. */
  private record Word(State state, String reason) {
    /**
     * @throws IllegalArgumentException with what is wrong and what is allowed
     */
    static Word read(String body) {
      JsonNode json = parse(body);
      for (var entry : json.properties()) {
        if (!KEYS.contains(entry.getKey())) {
          throw new IllegalArgumentException(
              "unknown key \"%s\"%s; allowed: %s"
                  .formatted(
                      entry.getKey(),
                      Suggestion.of(entry.getKey(), KEYS),
                      String.join(", ", KEYS)));
        }
      }
      JsonNode state = json.path("state");
      if (!STATES.contains(state.asText())) {
        throw new IllegalArgumentException(
            "\"state\" %s%s; allowed: %s"
                .formatted(
                    state.isMissingNode() ? "is missing" : "cannot be " + state,
                    Suggestion.of(state.asText(), STATES),
                    String.join(", ", STATES)));
      }
      return new Word(State.values()[STATES.indexOf(state.asText())], reason(json.path("reason")));
    }

    private static JsonNode parse(String body) {
      JsonNode json;
      try {
        json = JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("the body is no JSON: " + e.getOriginalMessage(), e);
      }
      if (!json.isObject()) {
        throw new IllegalArgumentException(
            "the body must be an object such as {\"state\": \"disable\", \"reason\": \"why\"};"
                + " states: "
                + String.join(", ", STATES));
      }
      return json;
    }

    private static String reason(JsonNode reason) {
      if (reason.isMissingNode()) {
        return "";
      }
      String text = reason.asText();
      if (!reason.isTextual()
          || text.length() > MAX_REASON
          || text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "\"reason\" must be one line of at most " + MAX_REASON + " characters");
      }
      return text;
    }
  }

  private void send(RoutingContext context, int status, OperatorOverride override) {
    context.response().putHeader("ETag", OverrideViews.tag(override));
    send(context, status, OverrideViews.of(override, operator));
  }

  private static void send(RoutingContext context, int status, ObjectNode body) {
    send(context, status, "application/json", body);
  }

  private static void problem(RoutingContext context, int status, String title, String detail) {
    send(context, status, "application/problem+json", Views.problem(status, title, detail));
  }

  private static void send(RoutingContext context, int status, String type, ObjectNode body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", type)
        .putHeader("Cache-Control", "no-store")
        .end(body.toPrettyString() + "\n");
  }
}
