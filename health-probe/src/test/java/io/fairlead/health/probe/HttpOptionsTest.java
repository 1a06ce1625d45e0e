package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.spec.HttpOptions;
import io.fairlead.health.spec.Octets;
import io.fairlead.health.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOptionsTest {
  private static final String CHUNKED = "Transfer-Encoding: chunked";

  @Test
  void headersAndABodyAreSent() throws Exception {
    var asked = new CompletableFuture<String>();
    try (var peer =
        new Peer(
            connection -> {
              String head = Peer.readHead(connection.getInputStream());
              byte[] body = connection.getInputStream().readNBytes(5);
              asked.complete(head + new String(body, ISO_8859_1));
              connection.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
            })) {
      var headers =
          Map.of(
              "authorization",
              HttpOptions.basicAuthorization("probe", "s3cr€t"),
              "USER-AGENT",
              "curl/8");
      var options = new HttpOptions(headers, Octets.utf8("so £"), null, List.of(), null, null);

      assertThat(OneProbe.of(peer.port(), check("POST", options)).verdict()).isEqualTo(Verdict.UP);
      assertThat(asked.get().split("\r\n"))
          .containsExactlyInAnyOrder(
              "POST /health HTTP/1.1",
              "authorization: Basic cHJvYmU6czNjcuKCrHQ=",
              "Connection: close",
              "Content-Length: 5",
              "Host: shop.example",
              "USER-AGENT: curl/8",
              "",
              new String("so £".getBytes(UTF_8), ISO_8859_1));
    }
  }

  @ParameterizedTest(name = "{0} with \"{1}\": {3}")
  @CsvSource({
    "200, all is ready now, UP,   'status 200, body with \"ready\" in .*'",
    "200, going up,         DOWN, 'status 200, but no \"ready\" in its body'",
    "500, ready,            DOWN, 'status 500, expected 200-399'",
    "200, '',               DOWN, 'status 200, but no \"ready\" in its body'",
    "299, ready,            DOWN, 'in maintenance: status 299'",
    "200, ready but closed, DOWN, 'in maintenance: its body holds \"closed\"'",
  })
  void theBodyAndMaintenanceAreJudged(int status, String body, Verdict verdict, String reason) {
    var options =
        new HttpOptions(
            Map.of(),
            "",
            Expected.text("ready"),
            List.of(new StatusRange(299, 299)),
            Expected.text("closed"),
            null);
    try (var peer = new Peer(Peer.answers(response(status, body)))) {
      var found = OneProbe.of(peer.port(), check("GET", options));
      assertThat(found.verdict()).isEqualTo(verdict);
      assertThat(found.reason()).matches(reason);
    }
  }

  @ParameterizedTest(name = "chunked {0}")
  @ValueSource(booleans = {true, false})
  void aTextIsFoundAcrossPieces(boolean chunked) {
    String response =
        chunked
            ? String.join(
                "\r\n", "HTTP/1.1 200 OK", CHUNKED, "", "3", "rea", "2", "dy", "0", "", "")
            : "HTTP/1.0 200 OK\r\n\r\nready";
    try (var peer = new Peer(Peer.answers(response))) {
      assertThat(OneProbe.of(peer.port(), check("GET", expects(Expected.text("ready")))).verdict())
          .isEqualTo(Verdict.UP);
    }
  }

  @Test
  void aTextIsFoundInABodyThatNeverEnds() {
    try (var peer =
        new Peer(
            connection -> {
              String _ = Peer.readHead(connection.getInputStream());
              connection
                  .getOutputStream()
                  .write("HTTP/1.1 200 OK\r\n\r\ndata: ready\n".getBytes(ISO_8859_1));
              int _ = connection.getInputStream().read();
            })) {
      assertThat(OneProbe.of(peer.port(), check("GET", expects(Expected.text("ready")))).verdict())
          .isEqualTo(Verdict.UP);
    }
  }

  @Test
  void onlyTheFirstOctetsAreLookedAt() {
    String body = "x".repeat(90) + "ready" + "x".repeat(1 << 20);
    try (var peer = new Peer(Peer.answers(response(200, body)))) {
      assertThat(
              OneProbe.of(peer.port(), check("GET", expects(new Expected("ready", false, 94))))
                  .reason())
          .isEqualTo("status 200, but no \"ready\" in its body's first 94 octets");
      assertThat(
              OneProbe.of(peer.port(), check("GET", expects(new Expected("ready", false, 95))))
                  .verdict())
          .isEqualTo(Verdict.UP);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "version [0-9]+\\.[0-9]+, UP, 'status 200, body with /version [0-9]+\\.[0-9]+/ in '",
    "^version,                DOWN, 'status 200, but no /^version/ in its body'",
    "'(.*)(.*)(.*)(.*)(.*)=$', DOWN, '/(.*)(.*)(.*)(.*)(.*)=$/ takes too many steps to look for'",
  })
  void aRegularExpressionIsBounded(String regex, Verdict verdict, String reason) {
    try (var peer = new Peer(Peer.answers(response(200, "a".repeat(1000) + "! version 1.2")))) {
      var found = OneProbe.of(peer.port(), check("GET", expects(Expected.regex(regex))));
      assertThat(found.verdict()).isEqualTo(verdict);
      assertThat(found.reason()).startsWith(reason);
    }
  }

  @ParameterizedTest(name = "header {0}: {1}")
  @CsvSource({"'A b', c", "'', c", "A:, c", "A, 'b\r\nHost: other'", "A, 'b\nc'"})
  void aHeaderCannotSmuggleAnother(String name, String value) {
    assertThatThrownBy(() -> new HttpOptions(Map.of(name, value), "", null, List.of(), null, null))
        .hasMessageStartingWith("a header must be a token and a value without line breaks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a b", "/a\r\nHost: other"})
  void aPathCannotEither(String path) {
    assertThatThrownBy(() -> new Check.Http("GET", "shop.example", path, List.of()))
        .hasMessageStartingWith("path must be without blanks and control characters");
  }

  private static String response(int status, String body) {
    return "HTTP/1.1 %d x\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body);
  }

  private static HttpOptions expects(@Nullable Expected body) {
    return new HttpOptions(Map.of(), "", body, List.of(), null, null);
  }

  private static Check check(String method, HttpOptions options) {
    return new Check.Http(
        method, "shop.example", "/health", List.of(new StatusRange(200, 399)), options);
  }
}
