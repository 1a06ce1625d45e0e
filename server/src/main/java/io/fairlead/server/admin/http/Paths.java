package io.fairlead.server.admin.http;

import io.fairlead.config.AdminSpec.Role;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where groups of paths are added; what all of them have in common is done here. */
public final class Paths {
  /** Who changed what. */
  private static final Logger AUDIT = LoggerFactory.getLogger("fairlead.audit");

  private static final Logger LOG = LoggerFactory.getLogger(Paths.class);

  private final Router router;
  private final Tokens tokens;
  private final SortedSet<String> operations = new TreeSet<>();
  private final SortedMap<String, SortedSet<String>> methods = new TreeMap<>();
  private final EventStreams streams = new EventStreams();

  Paths(Router router, Tokens tokens) {
    this.router = router;
    this.tokens = tokens;
  }

  /**
   * A path that only tells.
   *
   * @param parameters of the query that are allowed
   */
  public void get(String path, Set<String> parameters, Answerer answerer) {
    read(path, parameters, Role.READ, answerer);
  }

  private void read(String path, Set<String> parameters, @Nullable Role role, Answerer answerer) {
    for (HttpMethod method : Set.of(HttpMethod.GET, HttpMethod.HEAD)) {
      add(method, path, parameters, role, answerer);
    }
  }

  /** A path that tells anybody, with a token or without. */
  public void open(String path, Answerer answerer) {
    read(path, Set.of(), null, answerer);
  }

  /**
   * A path that changes something. Its answerer says what by {@link Reply#changed}; the audit gets
   * a line for it, and for each refusal.
   *
   * @param method PUT, POST or DELETE
   */
  public void change(String method, String path, Set<String> parameters, Answerer answerer) {
    add(HttpMethod.valueOf(method), path, parameters, Role.OPERATE, answerer);
  }

  /** A path by which an agent pushes; no operator's act, so the audit hears of refusals alone. */
  public void push(String path, Answerer answerer) {
    add(HttpMethod.POST, path, Set.of(), Role.PUSH, answerer);
  }

  /**
   * A path whose answerer knows itself whom it admits, by a token that is none of ours. Changes and
   * refusals are audited as those of {@link #change}.
   */
  public void report(String method, String path, Answerer answerer) {
    add(HttpMethod.valueOf(method), path, Set.of(), null, answerer);
  }

  /**
   * A path that streams server-sent events.
   *
   * @param feed where they come from
   */
  public void stream(String path, Feed feed) {
    know(HttpMethod.GET, path);
    router
        .get(path)
        .handler(
            context -> {
              try {
                var call = new Call(context);
                tokens.admit(call, Role.READ);
                refuseStrangers(context, Set.of(EventStreams.SINCE));
                streams.open(context, call, feed);
              } catch (Refusal e) {
                send(context, e.reply());
              }
            });
  }

  /**
   * Adds one method of a path.
   *
   * @param role what the caller needs; null = nothing
   */
  private void add(
      HttpMethod method,
      String path,
      Set<String> parameters,
      @Nullable Role role,
      Answerer answerer) {
    know(method, path);
    router
        .route(method, path)
        .blockingHandler(context -> answer(context, parameters, role, answerer), false);
  }

  private void answer(
      RoutingContext context, Set<String> parameters, @Nullable Role role, Answerer answerer) {
    var call = new Call(context);
    Reply reply;
    try {
      if (role != null) {
        tokens.admit(call, role);
      }
      refuseStrangers(context, parameters);
      reply = Etag.conditional(call, answerer.answer(call));
    } catch (Refusal e) {
      reply = e.reply();
    }
    audit(context, call, reply);
    send(context, reply);
  }

  private static void refuseStrangers(RoutingContext context, Set<String> parameters) {
    var strangers = new TreeSet<>(context.queryParams().names());
    strangers.removeAll(parameters);
    if (!strangers.isEmpty()) {
      throw Refusal.badRequest(
          "unknown parameter \"%s\"; allowed: %s"
              .formatted(
                  strangers.first(),
                  parameters.isEmpty()
                      ? "none"
                      : parameters.stream().sorted().collect(Collectors.joining(", "))));
    }
  }

  private static void audit(RoutingContext context, Call call, Reply reply) {
    Reply.Change change = reply.change();
    if (change != null) {
      AUDIT.info("{}: {}: {} -> {}", call.who(), change.what(), change.before(), change.after());
    } else if (!Gate.reads(context.request()) && reply.status() >= Status.BAD_REQUEST) {
      AUDIT.warn(
          "{}: refused with {}: {} {}",
          call.who(),
          reply.status(),
          context.request().method(),
          context.request().path());
    }
  }

  /** RFC 9110 section 15.5.6: whoever is refused is told what would do. */
  void refuseMethod(RoutingContext context) {
    String path = context.normalizedPath();
    String allowed =
        methods.entrySet().stream()
            .filter(entry -> path.matches(entry.getKey().replaceAll(":\\w+", "[^/]+")))
            .map(entry -> String.join(", ", entry.getValue()))
            .findFirst()
            .orElse("");
    String detail = context.request().method() + " is not allowed here; allowed: " + allowed;
    send(context, new Refusal(Status.NOT_ALLOWED, detail).reply().with("Allow", allowed));
  }

  /** What was added, such as {@code PUT /api/v1/overrides/sites/{site}}; HEAD goes with GET. */
  SortedSet<String> operations() {
    return Collections.unmodifiableSortedSet(operations);
  }

  private void know(HttpMethod method, String path) {
    methods.computeIfAbsent(path, _ -> new TreeSet<>()).add(method.name());
    if (!method.equals(HttpMethod.HEAD)) {
      operations.add(method + " " + path.replaceAll(":(\\w+)", "{$1}"));
    }
  }

  static void send(RoutingContext context, Reply reply) {
    var _ = sent(context, reply);
  }

  /** The same, for whom it is the last reply of a connection. */
  static void sendAndClose(RoutingContext context, Reply reply) {
    var _ = sent(context, reply).eventually(() -> context.request().connection().close());
  }

  private static Future<Void> sent(RoutingContext context, Reply reply) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return Future.succeededFuture();
    }
    response
        .setStatusCode(reply.status())
        .putHeader("Content-Type", reply.type())
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff");
    reply.headers().forEach(response::putHeader);
    return response.end(reply.body());
  }

  /** What failed in our own code, said once and without a trace for who asked. */
  static void failed(RoutingContext context) {
    if (context.response().closed() || context.failure() instanceof RejectedExecutionException) {
      return; // who asked is gone, or we are: the few threads take nothing more
    }
    LOG.error(
        "{} {} failed", context.request().method(), context.request().path(), context.failure());
    send(
        context,
        new Refusal(Status.FAILED, "this failed in our own code; the log says more").reply());
  }
}
