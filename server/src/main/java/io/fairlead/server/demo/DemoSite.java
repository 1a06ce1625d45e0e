package io.fairlead.server.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A small HTTP site that can fail as a real one does: its port is closed. */
final class DemoSite implements AutoCloseable {
  private final String name;
  private InetSocketAddress address;
  private @Nullable HttpServer http;

  DemoSite(String name, String address, int port) {
    this.name = name;
    this.address = new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  String name() {
    return name;
  }

  /** Where it is; with port 0, the one that was bound when it was healed first. */
  synchronized InetSocketAddress address() {
    return address;
  }

  synchronized boolean isUp() {
    return http != null;
  }

  /**
   * Opens the port.
   *
   * @throws IOException where somebody else has it
   */
  synchronized void heal() throws IOException {
    if (http == null) {
      http = HttpServer.create(address, 64);
      address = http.getAddress();
      http.createContext("/", this::answer);
      http.start();
    }
  }

  synchronized void fail() {
    if (http != null) {
      http.stop(0);
      http = null;
    }
  }

  void toggle() {
    try {
      if (isUp()) {
        fail();
      } else {
        heal();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(address + " was free a moment ago", e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = ("an apple from " + name + "\n").getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    fail();
  }
}
