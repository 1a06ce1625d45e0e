package io.fairlead.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two operators at once: a word is put in the place of what was seen there, and of nothing else.
 */
final class OverwritingTest {
  private static final String DONE =
      "{\"members\": [], \"count\": 0, \"servicesWithoutMember\": [], \"state\": \"disable\","
          + " \"since\": \"2026-11-25T09:00:00Z\", \"reason\": \"patching\"}";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  /** What stands there; empty = nothing. */
  private String tag = "";

  /** What stands there when the word arrives. */
  private String tagAtPut = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String match = exchange.getRequestHeaders().getFirst("If-Match");
    String noneMatch = exchange.getRequestHeaders().getFirst("If-None-Match");
    asked.add(exchange.getRequestMethod() + " " + match + " " + noneMatch);
    boolean get = exchange.getRequestMethod().equals("GET");
    boolean good =
        get
            ? !tag.isEmpty()
            : match != null ? match.equals(tagAtPut) : "*".equals(noneMatch) && tagAtPut.isEmpty();
    byte[] body =
        (good ? DONE : "{\"detail\": \"another operator was faster\"}")
            .getBytes(StandardCharsets.UTF_8);
    if (get && good) {
      exchange.getResponseHeaders().add("ETag", tag);
    }
    try (exchange) {
      exchange.sendResponseHeaders(good ? 200 : get ? 404 : 412, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private int disable() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return Main.run("member", "disable", "www.example", "192.0.2.1", "--server", url);
  }

  @Test
  void whereNothingStandsNothingMayHaveComeMeanwhile() {
    assertThat(disable()).isZero();
    assertThat(asked).containsExactly("GET null null", "PUT null *");
  }

  @Test
  void whereSomethingStandsItIsThatWhichIsReplaced() {
    tag = "\"a\"";
    tagAtPut = "\"a\"";
    assertThat(disable()).isZero();
    assertThat(asked).containsExactly("GET null null", "PUT \"a\" null");
  }

  @Test
  void whoeverWasFasterIsNotOverwritten() {
    tagAtPut = "\"b\"";
    assertThat(disable()).as("a word has come").isEqualTo(ExitCode.NOT_NOW);
    tag = "\"a\"";
    assertThat(disable()).as("another word has come").isEqualTo(ExitCode.NOT_NOW);
    tagAtPut = "";
    assertThat(disable()).as("it was taken back").isEqualTo(ExitCode.NOT_NOW);
  }
}
