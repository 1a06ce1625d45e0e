package io.fairlead.server.scenario;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A site's web server on a loopback address; killed and restarted by a test. */
final class Site implements AutoCloseable {
  private final InetSocketAddress address;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<String> hosts = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asked = new AtomicInteger();
  private @Nullable HttpServer http;

  private Site(InetSocketAddress address) {
    this.address = address;
  }

  /** Running sites, all on one port that is free on each of these addresses. */
  static List<Site> open(String... addresses) throws IOException {
    for (int attempt = 0; attempt < 50; attempt++) {
      int port = freePort();
      var sites =
          List.of(addresses).stream()
              .map(literal -> new Site(new InetSocketAddress(InetAddress.ofLiteral(literal), port)))
              .toList();
      try {
        for (Site site : sites) {
          site.start();
        }
        return sites;
      } catch (IOException taken) {
        for (Site site : sites) {
          site.close();
        }
      }
    }
    throw new IOException("no port is free on all of " + List.of(addresses));
  }

  /**
   * A running site at this port.
   *
   * @throws IOException where this user may not have it, or somebody has it already
   */
  static Site at(String address, int port) throws IOException {
    var site = new Site(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    site.start();
    return site;
  }

  private static int freePort() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  void start() throws IOException {
    var server = HttpServer.create(address, 64);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          hosts.add(exchange.getRequestHeaders().getFirst("Host"));
          byte[] body =
              ("from " + address.getAddress().getHostAddress()).getBytes(StandardCharsets.UTF_8);
          try (exchange) {
            exchange.sendResponseHeaders(
                200, exchange.getRequestMethod().equals("HEAD") ? -1 : body.length);
            if (!exchange.getRequestMethod().equals("HEAD")) {
              exchange.getResponseBody().write(body);
            }
          }
        });
    server.start();
    http = server;
  }

  void kill() {
    if (http != null) {
      http.stop(0);
      http = null;
    }
  }

  /** For whom it was asked, as the Host header says. */
  Set<String> hosts() {
    return hosts;
  }

  /** How often it was asked. */
  int asked() {
    return asked.get();
  }

  int port() {
    return address.getPort();
  }

  String literal() {
    return address.getAddress().getHostAddress();
  }

  @Override
  public void close() {
    kill();
    threads.shutdownNow();
  }
}
