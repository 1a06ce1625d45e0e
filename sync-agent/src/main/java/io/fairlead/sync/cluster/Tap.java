package io.fairlead.sync.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Sees a client's lists and watches go by, by the plural of their kind. An informer does not say
 * whether it is told by a list or by a watch, and takes a plain HTTP watch for stopped until its
 * first event: here it can be seen. (It knows its web sockets well, and those cannot be seen here.)
 */
final class Tap implements Interceptor {
  /** A web socket is open. */
  private static final int SWITCHING_PROTOCOLS = 101;

  private final String server;
  private final Consumer<String> failed;

  /**
   * Kinds whose last list was followed by a watch; whatever is told of others comes from a list.
   */
  private final Set<String> followed = ConcurrentHashMap.newKeySet();

  /** The plain HTTP watch that runs for a kind, by its request. */
  private final Map<String, HttpRequest> running = new ConcurrentHashMap<>();

  /**
   * Of one client.
   *
   * @param failed told in words each time a watch or a connection cannot be had
   */
  Tap(String server, Consumer<String> failed) {
    this.server = server;
    this.failed = failed;
  }

  boolean isFollowed(String plural) {
    return followed.contains(plural);
  }

  boolean isRunning(String plural) {
    return running.containsKey(plural);
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (request.method().equals("GET") && !isWatch(request)) {
      followed.remove(plural(request));
    }
  }

  @Override
  public AsyncBody.Consumer<List<ByteBuffer>> consumer(
      AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
    if (!isWatch(request)) {
      return consumer;
    }
    var ascii = new AsciiJson();
    return (buffers, body) -> {
      followed.add(plural(request)); // the first event may be here before the response is
      consumer.consume(buffers.stream().map(ascii::escape).toList(), body);
    };
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    if (!isWatch(request)) {
      return; // a list that fails is told by its informer
    }
    if (response.isSuccessful() || response.code() == SWITCHING_PROTOCOLS) {
      String plural = plural(request);
      followed.add(plural);
      if (response.body() instanceof AsyncBody body) {
        running.put(plural, request);
        var _ = body.done().whenComplete((_, _) -> running.remove(plural, request));
      }
    } else if (response.code() != HttpURLConnection.HTTP_GONE) { // no fault: it lists again
      failed.accept(Reasons.ofCode(response.code(), server));
    }
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    failed.accept(Reasons.of(failure, server));
  }

  private static boolean isWatch(HttpRequest request) {
    String query = request.uri().getQuery();
    return query != null && query.contains("watch=true");
  }

  private static String plural(HttpRequest request) {
    String path = request.uri().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
