package io.fairlead.server.admin.http;

import io.fairlead.config.AdminSpec;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The admin API over HTTP. Its threads are its own and few: nothing here can slow a query. */
public final class AdminServer implements AutoCloseable {
  /** Larger than any change that one asks for in one request. */
  private static final long BODY_LIMIT = 1 << 20;

  /** Holds the longest name (RFC 1035 section 2.3.4), escaped, in a path and in a parameter. */
  private static final int LINE_LIMIT = 4096;

  private static final int HEADER_LIMIT = 8192;

  private static final int IDLE_SECONDS = 60;

  /** Streams, a scraper, consoles with six connections each; the next one is closed at once. */
  static final int MAX_CONNECTIONS = 512;

  private final Vertx vertx;
  private final HttpServer http;
  private final @Nullable Certificates certificates;
  private SortedSet<String> operations = Collections.emptySortedSet();
  private int connections;

  /**
   * Binds and serves.
   *
   * @param clock says when a certificate ends
   * @param groups what can be asked
   * @throws CompletionException with the reason where the address cannot be bound, or the
   *     certificate cannot be used
   */
  public AdminServer(AdminSpec spec, InstantSource clock, List<Routes> groups) {
    this.vertx = Vertx.vertx(options());
    var options =
        new HttpServerOptions()
            .setHost(spec.listen().getAddress().getHostAddress())
            .setPort(spec.listen().getPort())
            .setMaxInitialLineLength(LINE_LIMIT)
            .setMaxHeaderSize(HEADER_LIMIT)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setCompressionSupported(true);
    try {
      this.certificates = spec.tls() == null ? null : Certificates.use(spec.tls(), clock, options);
    } catch (IOException e) {
      await(vertx.close());
      throw new CompletionException(e);
    }
    this.http = vertx.createHttpServer(options);
    Router router = router(groups, new Tokens(spec.tokens()));
    http.requestHandler(
        request -> {
          if (request.authority() == null) {
            refuse(
                request, Refusal.badRequest("the Host header is missing (RFC 9110 section 7.2)"));
          } else {
            router.handle(request);
          }
        });
    http.invalidRequestHandler(AdminServer::refuseUnreadable);
    http.connectionHandler(this::count);
    try {
      await(http.listen());
      if (certificates != null) {
        certificates.follow(vertx, http);
      }
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

  /** On the one event loop, so that a plain number will do. */
  private void count(HttpConnection connection) {
    connections++;
    connection.closeHandler(_ -> connections--);
    if (connections > MAX_CONNECTIONS) {
      var _ = connection.close();
    }
  }

  /** All that can be asked, such as {@code GET /api/v1/services/{name}}. */
  public SortedSet<String> operations() {
    return operations;
  }

  private Router router(List<Routes> groups, Tokens tokens) {
    Router router = Router.router(vertx);
    router.route().failureHandler(AdminServer::whileSomebodyListens);
    router.route().handler(new Gate(tokens)::refuseForeignPages);
    router.route().handler(Gate::refuseBadEscapes);
    router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
    var paths = new Paths(router, tokens);
    groups.forEach(group -> group.addTo(paths));
    operations = paths.operations();
    refuse(router, Status.NOT_FOUND, context -> "no such path: " + context.request().path());
    router.errorHandler(Status.NOT_ALLOWED, paths::refuseMethod);
    refuse(router, Status.TOO_LARGE, _ -> "at most " + BODY_LIMIT + " octets are allowed");
    router.errorHandler(Status.FAILED, Paths::failed);
    return router;
  }

  /** A caller that has gone away in the middle of his request is no failure of ours. */
  private static void whileSomebodyListens(RoutingContext context) {
    if (!context.response().closed()) {
      context.next();
    }
  }

  private interface Detail {
    String of(RoutingContext context);
  }

  private static void refuse(Router router, int status, Detail detail) {
    router.errorHandler(
        status, context -> Paths.send(context, new Refusal(status, detail.of(context)).reply()));
  }

  /** What is no HTTP, or more of it than is allowed. */
  private static void refuseUnreadable(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Refusal refusal =
        switch (cause) {
          case TooLongHttpLineException _ ->
              new Refusal(Status.URI_TOO_LONG, "at most " + LINE_LIMIT + " octets are allowed");
          case TooLongHttpHeaderException _ ->
              new Refusal(
                  Status.HEADERS_TOO_LARGE,
                  "at most " + HEADER_LIMIT + " octets of headers are allowed");
          default -> Refusal.badRequest("this is no HTTP request: " + cause.getMessage());
        };
    refuse(request, refusal);
  }

  private static void refuse(HttpServerRequest request, Refusal refusal) {
    Reply reply = refusal.reply();
    var _ =
        request
            .response()
            .setStatusCode(reply.status())
            .putHeader("Content-Type", reply.type())
            .putHeader("Connection", "close")
            .end(reply.body())
            .eventually(() -> request.connection().close());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
