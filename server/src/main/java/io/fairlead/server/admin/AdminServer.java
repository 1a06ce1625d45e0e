package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.server.control.Published;
import io.fairlead.server.explain.Explainer;
import io.fairlead.server.explain.Question;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The admin API over HTTP. Its threads are its own: nothing here can slow a query. */
public final class AdminServer implements AutoCloseable {
  /** Larger than any change that one asks for in one request. */
  private static final long BODY_LIMIT = 1 << 20;

  private static final int IDLE_SECONDS = 60;

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final int UNPROCESSABLE = 422;
  private static final int UNAVAILABLE = 503;

  private final AdminBackend backend;
  private final Vertx vertx;
  private final HttpServer http;

  /**
   * Binds and serves.
   *
   * @throws CompletionException with the reason where the address cannot be bound
   */
  public AdminServer(InetSocketAddress address, AdminBackend backend) {
    this.backend = backend;
    this.vertx = Vertx.vertx(options());
    this.http =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(address.getAddress().getHostAddress())
                .setPort(address.getPort())
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setCompressionSupported(true));
    http.requestHandler(routes());
    try {
      await(http.listen());
    } catch (CompletionException e) {
      await(vertx.close());
      throw e;
    }
  }

  private static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(2)
        .setInternalBlockingPoolSize(2)
        .setUseDaemonThread(true)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }

  /** The port that was bound: the one of the address, or the system's choice for 0. */
  public int port() {
    return http.actualPort();
  }

  private Router routes() {
    Router router = Router.router(vertx);
    router.route().handler(AdminServer::refuseForeignPages);
    router.route().handler(AdminServer::refuseBadEscapes);
    router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
    router.get("/livez").handler(context -> send(context, OK, Views.object().put("live", true)));
    router.get("/readyz").handler(this::ready);
    router.get("/metrics").blockingHandler(this::metrics, false);
    router.get("/api/v1/services").blockingHandler(this::services, false);
    router.get("/api/v1/services/:name").blockingHandler(this::service, false);
    router.get("/api/v1/explain").blockingHandler(this::explain, false);
    router.post("/api/v1/reload").blockingHandler(this::reload, false);
    OverrideRoutes.mount(router, backend.operator());
    router.errorHandler(
        NOT_FOUND,
        context -> problem(context, NOT_FOUND, "no such path: " + context.request().path()));
    router.errorHandler(
        NOT_ALLOWED,
        context ->
            problem(context, NOT_ALLOWED, context.request().method() + " is not allowed here"));
    router.errorHandler(
        TOO_LARGE,
        context -> problem(context, TOO_LARGE, "at most " + BODY_LIMIT + " octets are allowed"));
    return router;
  }

  /**
   * A browser that shows somebody's page must not steer us: no request that changes anything from
   * another origin, and no name but an address or localhost, so that no name can be rebound to our
   * address.
   */
  private static void refuseForeignPages(RoutingContext context) {
    HostAndPort authority = context.request().authority();
    String origin = context.request().getHeader("Origin");
    HttpMethod method = context.request().method();
    boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    boolean foreign =
        (origin != null && !origin.equals("http://" + authority))
            || "cross-site".equals(context.request().getHeader("Sec-Fetch-Site"));
    if (authority == null || !isLiteral(authority.host())) {
      problem(context, FORBIDDEN, "the Host header must be an address or localhost");
    } else if (!reads && foreign) {
      problem(
          context, FORBIDDEN, "requests that change anything are not taken from another origin");
    } else {
      context.next();
    }
  }

  /**
   * An IPv6 address has a colon, which no name has: "abc.de" is hexadecimal, and somebody's name.
   */
  private static boolean isLiteral(String host) {
    return host.equals("localhost")
        || host.matches("[0-9]+(\\.[0-9]+){3}|\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*]?");
  }

  /** A path that says %zz fails only when a route looks at it, and then with a trace in the log. */
  private static void refuseBadEscapes(RoutingContext context) {
    if (parse(context, _ -> context.normalizedPath(), "") != null) {
      context.next();
    }
  }

  private void ready(RoutingContext context) {
    Published now = backend.published();
    List<String> troubles = backend.troubles();
    boolean ready = now.snapshot().ready();
    ObjectNode body =
        Views.object().put("ready", ready).put("generation", now.snapshot().generation());
    if (!ready) {
      body.put("reason", "no verdicts yet: waiting for the first round of probes and clusters");
    }
    var details = body.putArray("details");
    troubles.forEach(details::add);
    send(context, ready ? OK : UNAVAILABLE, body);
  }

  private void metrics(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        .end(backend.metrics());
  }

  private void services(RoutingContext context) {
    send(context, OK, Views.services(backend.published(), backend.counters()));
  }

  private void service(RoutingContext context) {
    Published now = backend.published();
    String text = Objects.requireNonNullElse(context.pathParam("name"), "");
    Name name = parse(context, Name::parse, text);
    if (name == null) {
      return;
    }
    int number = now.plan().number(name);
    if (number < 0) {
      problem(context, NOT_FOUND, "no service of the name " + text);
    } else {
      send(context, OK, Views.service(number, now, backend.counters()));
    }
  }

  private void explain(RoutingContext context) {
    String text = context.request().getParam("name");
    if (text == null) {
      problem(
          context,
          BAD_REQUEST,
          "the parameter \"name\" is missing; allowed are name, type and client");
      return;
    }
    String type = context.request().getParam("type", "A");
    String client = context.request().getParam("client", "127.0.0.1");
    Question question = parse(context, name -> question(name, type, client), text);
    if (question != null) {
      send(
          context,
          OK,
          Views.explanation(
              Explainer.explain(backend.published().snapshot(), question, backend.edns())));
    }
  }

  private static Question question(String name, String type, String client) {
    int number =
        RrType.parse(type)
            .orElseThrow(() -> new IllegalArgumentException("\"" + type + "\" is no record type"));
    return Question.of(Name.parse(name), number, client);
  }

  private void reload(RoutingContext context) {
    var problems = backend.reload();
    send(context, problems.isEmpty() ? OK : UNPROCESSABLE, Views.problems(problems));
  }

  private static <T> @Nullable T parse(
      RoutingContext context, Function<String, T> parser, String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      problem(context, BAD_REQUEST, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static void problem(RoutingContext context, int status, String detail) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(Views.problem(status, title(status), detail).toPrettyString() + "\n");
  }

  private static String title(int status) {
    return switch (status) {
      case BAD_REQUEST -> "Bad Request";
      case FORBIDDEN -> "Forbidden";
      case NOT_FOUND -> "Not Found";
      case NOT_ALLOWED -> "Method Not Allowed";
      case TOO_LARGE -> "Content Too Large";
      default -> "Error";
    };
  }

  private static void send(RoutingContext context, int status, ObjectNode body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body.toPrettyString() + "\n");
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
