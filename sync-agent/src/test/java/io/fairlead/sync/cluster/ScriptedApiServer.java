package io.fairlead.sync.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API server that does as a test says: lists, chunked watches that resume from a
 * version, 410 for versions that are forgotten, merge patches (recorded, not merged), and every way
 * to be away. Nothing but the JDK and JSpecify, so that any module's tests can have a copy.
 *
 * <p>A resource is named by group, version and plural: {@code networking.k8s.io/v1/ingresses},
 * {@code v1/namespaces}.
 */
public final class ScriptedApiServer implements AutoCloseable {
  public static final String INGRESSES = "networking.k8s.io/v1/ingresses";
  public static final String NAMESPACES = "v1/namespaces";

  private static final Map<String, String> KINDS =
      Map.of(INGRESSES, "Ingress", NAMESPACES, "Namespace");

  /** A change, as watches tell it. */
  private record Event(long version, String resource, String type, String object) {}

  /** A merge patch that somebody sent. */
  public record Patch(String path, String body) {}

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  // All below is guarded by this; watches wait on it.
  private final Map<String, String> kinds = new HashMap<>(KINDS);
  private final Map<String, Map<String, String>> objects = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Patch> patches = new ArrayList<>();
  private final List<Patch> created = new ArrayList<>();
  private final Set<String> forbidden = new HashSet<>();
  private long version = 100;
  private long forgottenUpTo;
  private int watchGeneration;
  private int failWith;
  private boolean stalled;
  private @Nullable String token;
  private boolean closed;
  private int lists;
  private int watches;

  private ScriptedApiServer(int port) {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(threads);
    http.createContext("/", this::serve);
    http.start();
  }

  public static ScriptedApiServer start() {
    return new ScriptedApiServer(0);
  }

  /** On a port that an earlier one had. */
  public static ScriptedApiServer start(int port) {
    return new ScriptedApiServer(port);
  }

  public int port() {
    return http.getAddress().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  // ---- objects

  /** Knows another resource from now on; others are answered 404. */
  public synchronized void know(String resource, String kind) {
    kinds.put(resource, kind);
  }

  /** Creates or changes an object; watches tell it. {@code rest} is JSON: {@code "spec": {...}}. */
  public void put(
      String resource, String namespace, String name, Map<String, String> labels, String rest) {
    put(resource, namespace, name, labels, "", rest);
  }

  /** The same with more of its metadata, JSON too: {@code "generation": 2}. */
  public synchronized void put(
      String resource,
      String namespace,
      String name,
      Map<String, String> labels,
      String more,
      String rest) {
    version++;
    String group = resource.substring(0, resource.lastIndexOf('/'));
    String meta =
        "\"name\":%s,%s\"resourceVersion\":\"%d\",\"uid\":\"%d\",\"labels\":{%s}%s"
            .formatted(
                quote(name),
                namespace.isEmpty() ? "" : "\"namespace\":" + quote(namespace) + ",",
                version,
                version,
                labels.entrySet().stream()
                    .map(e -> quote(e.getKey()) + ":" + quote(e.getValue()))
                    .collect(joining(",")),
                more.isEmpty() ? "" : "," + more);
    String object =
        "{\"apiVersion\":%s,\"kind\":%s,\"metadata\":{%s}%s}"
            .formatted(
                quote(group),
                quote(kinds.getOrDefault(resource, "Unknown")),
                meta,
                rest.isEmpty() ? "" : "," + rest.replace('\n', ' '));
    String before = of(resource).put(namespace + "/" + name, object);
    tell(resource, before == null ? "ADDED" : "MODIFIED", object);
  }

  public void putNamespace(String name, Map<String, String> labels) {
    put(NAMESPACES, "", name, labels, "");
  }

  /** As most controllers write it: the addresses are the whole object's. */
  public void putIngress(
      String namespace,
      String name,
      Map<String, String> labels,
      List<String> hosts,
      List<String> addresses) {
    String rules =
        hosts.stream().map(host -> "{\"host\":" + quote(host) + "}").collect(joining(","));
    String entries =
        addresses.stream().map(ip -> "{\"ip\":" + quote(ip) + "}").collect(joining(","));
    put(
        INGRESSES,
        namespace,
        name,
        labels,
        "\"spec\":{\"rules\":[%s]},\"status\":{\"loadBalancer\":{\"ingress\":[%s]}}"
            .formatted(rules, entries));
  }

  public synchronized void delete(String resource, String namespace, String name) {
    String object = of(resource).remove(namespace + "/" + name);
    if (object == null) {
      throw new IllegalArgumentException("no " + resource + " " + namespace + "/" + name);
    }
    version++;
    tell(resource, "DELETED", object);
  }

  public void deleteIngress(String namespace, String name) {
    delete(INGRESSES, namespace, name);
  }

  // ---- mischief

  /** Drops an object without telling any watch; only the next list shows it. */
  public synchronized void lose(String resource, String namespace, String name) {
    of(resource).remove(namespace + "/" + name);
    version++;
  }

  /** Drops all objects without telling any watch. */
  public synchronized void loseEverything() {
    objects.clear();
    version++;
  }

  /**
   * Forgets the past: running watches end with 410 Gone, also those that have heard all, and so do
   * those that resume from it.
   */
  public synchronized void expire() {
    forgottenUpTo = ++version;
    events.clear();
    endWatches();
  }

  /** Ends every watch in good order; they may resume. */
  public synchronized void endWatches() {
    watchGeneration++;
    notifyAll();
  }

  /** Answers every request with this status, until 0. Running watches go on. */
  public synchronized void failWith(int status) {
    failWith = status;
  }

  /** Answers 403 to whoever lists or watches this resource. */
  public synchronized void forbid(String resource) {
    forbidden.add(resource);
  }

  public synchronized void allow(String resource) {
    forbidden.remove(resource);
  }

  /** Answers 401 to whoever brings another bearer token than this. */
  public synchronized void require(String bearer) {
    token = bearer;
  }

  /** Takes requests and answers none, until false. */
  public synchronized void stall(boolean on) {
    stalled = on;
    notifyAll();
  }

  // ---- what was asked

  public synchronized int lists() {
    return lists;
  }

  public synchronized int watches() {
    return watches;
  }

  /** What was created, such as events. */
  public synchronized List<Patch> created() {
    return List.copyOf(created);
  }

  public synchronized List<Patch> patches() {
    return List.copyOf(patches);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    http.stop(0);
    threads.shutdownNow();
  }

  // ---- HTTP

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
        exchange.sendResponseHeaders(200, -1); // no, but a plain watch is welcome
        return;
      }
      if (!waitWhileStalled()) {
        return;
      }
      String path = exchange.getRequestURI().getPath().replaceFirst("^/apis?/", "");
      int status = failStatus(exchange.getRequestHeaders().getFirst("Authorization"));
      String single = one(path);
      if (status != 0) {
        send(exchange, status, status("as the test says", status));
      } else if (exchange.getRequestMethod().equals("PATCH")) {
        written(exchange, path, patches, 200);
      } else if (exchange.getRequestMethod().equals("POST") && !isForbidden(path)) {
        written(exchange, path, created, 201);
      } else if (single != null) {
        send(exchange, 200, single);
      } else if (!resourcesOf(path).isEmpty()) {
        send(exchange, 200, discovery(path));
      } else if (!isKnown(path)) {
        send(exchange, 404, status("the server could not find the requested resource", 404));
      } else if (isForbidden(path)) {
        send(exchange, 403, status("you may not", 403));
      } else if (parameters(exchange).containsKey("watch")) {
        watch(exchange, path);
      } else {
        send(exchange, 200, list(path));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean waitWhileStalled() throws InterruptedException {
    while (stalled && !closed) {
      wait();
    }
    return !closed;
  }

  private synchronized int failStatus(@Nullable String authorization) {
    return token == null || ("Bearer " + token).equals(authorization) ? failWith : 401;
  }

  private synchronized boolean isForbidden(String resource) {
    return forbidden.contains(resource);
  }

  private synchronized boolean isKnown(String resource) {
    return kinds.containsKey(resource);
  }

  /** A single object: {@code group/version/namespaces/NAMESPACE/plural/NAME}; else null. */
  private synchronized @Nullable String one(String path) {
    String[] parts = path.split("/namespaces/|/", -1);
    if (!path.contains("/namespaces/") || parts.length < 4) {
      return null;
    }
    int last = parts.length - 1;
    String group = path.substring(0, path.indexOf("/namespaces/"));
    return of(group + "/" + parts[last - 1]).get(parts[last - 2] + "/" + parts[last]);
  }

  private synchronized List<String> resourcesOf(String groupVersion) {
    return kinds.keySet().stream()
        .filter(resource -> resource.substring(0, resource.lastIndexOf('/')).equals(groupVersion))
        .toList();
  }

  private synchronized String discovery(String groupVersion) {
    String resources =
        resourcesOf(groupVersion).stream()
            .map(
                resource ->
                    "{\"name\":%s,\"kind\":%s,\"namespaced\":true,\"verbs\":[\"list\",\"watch\"]}"
                        .formatted(
                            quote(resource.substring(resource.lastIndexOf('/') + 1)),
                            quote(kinds.getOrDefault(resource, "Unknown"))))
            .collect(joining(","));
    return "{\"apiVersion\":\"v1\",\"kind\":\"APIResourceList\",\"groupVersion\":%s,\"resources\":[%s]}"
        .formatted(quote(groupVersion), resources);
  }

  private synchronized String list(String resource) {
    lists++;
    String group = resource.substring(0, resource.lastIndexOf('/'));
    return "{\"apiVersion\":%s,\"kind\":\"%sList\",\"metadata\":{\"resourceVersion\":\"%d\"},\"items\":[%s]}"
        .formatted(
            quote(group), kinds.get(resource), version, String.join(",", of(resource).values()));
  }

  private void written(HttpExchange exchange, String path, List<Patch> list, int status)
      throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    synchronized (this) {
      list.add(new Patch(path, body));
    }
    send(exchange, status, body.isEmpty() ? "{}" : body);
  }

  private void watch(HttpExchange exchange, String resource)
      throws IOException, InterruptedException {
    long from = Long.parseLong(parameters(exchange).getOrDefault("resourceVersion", "0"));
    int generation;
    synchronized (this) {
      watches++;
      generation = watchGeneration;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.flush();
    while (true) {
      Batch batch = next(from, resource, generation);
      for (Event event : batch.news()) {
        write(out, event.type(), event.object());
        from = event.version();
      }
      if (batch.gone()) {
        write(out, "ERROR", status("too old resource version: " + from, 410));
      }
      if (batch.last()) {
        return;
      }
    }
  }

  /** What a watch tells next; the last batch ends it, with 410 when its version is forgotten. */
  private record Batch(List<Event> news, boolean gone, boolean last) {}

  private synchronized Batch next(long from, String resource, int generation)
      throws InterruptedException {
    while (true) {
      List<Event> news =
          events.stream().filter(e -> e.version() > from && e.resource().equals(resource)).toList();
      boolean gone = news.isEmpty() && from < forgottenUpTo;
      boolean last = gone || closed || generation != watchGeneration;
      if (last || !news.isEmpty()) {
        return new Batch(news, gone, last);
      }
      wait();
    }
  }

  private static void write(OutputStream out, String type, String object) throws IOException {
    out.write("{\"type\":\"%s\",\"object\":%s}\n".formatted(type, object).getBytes(UTF_8));
    out.flush();
  }

  private Map<String, String> of(String resource) {
    return objects.computeIfAbsent(resource, _ -> new LinkedHashMap<>());
  }

  private void tell(String resource, String type, String object) {
    events.add(new Event(version, resource, type, object));
    notifyAll();
  }

  private static Map<String, String> parameters(HttpExchange exchange) {
    String query = exchange.getRequestURI().getQuery();
    Map<String, String> parameters = new HashMap<>();
    Stream.of((query == null ? "" : query).split("&"))
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> parameters.put(pair[0], pair.length == 2 ? pair[1] : ""));
    return parameters;
  }

  private static String status(String message, int code) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"Status\",\"status\":\"Failure\",\"message\":%s,\"code\":%d}"
        .formatted(quote(message), code);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
