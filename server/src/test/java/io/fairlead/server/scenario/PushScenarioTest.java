package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sites that say themselves how they are, over the admin API. */
final class PushScenarioTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String TOKEN = "a-secret-of-the-sites";
  private static final String OTHER = "a-secret-of-other-sites";

  @TempDir private Path folder;
  private FruitServer fruit;
  private final Said said = new Said();

  @BeforeEach
  void start() throws Exception {
    String probing =
        "- { name: apple, type: http, port: 80, path: /apple, expect: { status: [\"200-399\"] },\n"
            + "      interval: 1s, timeout: 500ms, rise: 2, fall: 2 }";
    String told =
        """
        - { name: heartbeat, type: push, token: %s, timeout: 2s }
          - { name: other, type: push, token: %s }\
        """
            .formatted(TOKEN, OTHER);
    String yaml = FruitServer.yaml(folder, 80);
    assertThat(yaml).contains(probing);
    fruit =
        FruitServer.start(
            folder,
            yaml.replace(probing, told).replace("monitors: [apple]", "monitors: [heartbeat]"));
  }

  @AfterEach
  void stop() {
    fruit.close();
    said.close();
  }

  @Test
  void aReportDecidesAtOnceAndIsShown() throws Exception {
    assertThat(service()).contains("it has not reported yet");
    push("heartbeat/home-lab", TOKEN, "");
    push("heartbeat/127.0.20.1", TOKEN, "{\"state\": \"down\", \"reason\": \"no disk\"}");

    Until.isTrue("home-lab answers alone", SOON, () -> share("127.0.20.1") == 0);
    assertThat(service())
        .contains("127.0.10.1 push heartbeat")
        .contains("it says up")
        .contains("it says down: no disk");

    HttpResponse<String> back = push("heartbeat/remote-site", TOKEN, "{\"state\": \"up\"}");
    assertThat(back.body())
        .contains("\"monitor\" : \"heartbeat\"")
        .contains("\"127.0.20.1\"")
        .contains("\"silentAfterSeconds\" : 2.0");
    push("heartbeat/home-lab", TOKEN, "");
    Until.isTrue("both answer", SOON, () -> share("127.0.20.1") > 0 && share("127.0.10.1") > 0);
  }

  @Test
  void silenceIsDown() throws Exception {
    push("heartbeat/home-lab", TOKEN, "");
    Until.isTrue(
        "home-lab is silent for too long", SOON, () -> service().contains("no report for 2 s"));
    push("heartbeat/remote-site", TOKEN, "");
    Until.isTrue("remote-site answers alone", SOON, () -> share("127.0.10.1") == 0);
  }

  /** The audit has a line when something changes, and none for each heartbeat. */
  @Test
  void theAuditTellsChangesAndRefusals() throws Exception {
    for (int i = 0; i < 5; i++) {
      push("heartbeat/home-lab", TOKEN, "");
      Until.isTrue("it is up", SOON, () -> service().contains("it says up"));
    }
    push("heartbeat/home-lab", TOKEN, "{\"state\": \"down\"}");
    push("heartbeat/home-lab", OTHER, "");

    assertThat(said.with("push heartbeat of home-lab"))
        .satisfiesExactly(
            up -> assertThat(up).contains("unknown -> up"),
            down -> assertThat(down).contains("up -> down"));
    assertThat(said.with("refused with 401: POST /api/v1/push/heartbeat/home-lab")).hasSize(1);
    assertThat(said.with(TOKEN)).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          heartbeat/home-lab  | right | {}                        | 200 | "up"
          heartbeat/127.0.10.1 | right | {"state": "down"}        | 200 | "down"
          heartbeat/home-lab  | none  | {}                        | 401 | the token of the monitor is needed
          heartbeat/home-lab  | wrong | {}                        | 401 | the token of the monitor is needed
          heartbeat/nowhere   | wrong | {}                        | 401 | the token of the monitor is needed
          nobody/home-lab     | right | {}                        | 401 | the token of the monitor is needed
          other/home-lab      | right | {}                        | 401 | the token of the monitor is needed
          heartbeat/home-labb | right | {}                        | 404 | is about nobody called home-labb
          heartbeat/192.0.2.1 | right | {}                        | 404 | there are: 127.0.10.1, 127.0.20.1
          heartbeat/home-lab  | right | {"state": "dwon"}         | 400 | allowed: up, down
          heartbeat/home-lab  | right | {"stat": "up"}            | 400 | unknown key
          heartbeat/home-lab  | right | {"reason": 5}             | 400 | must be one line of at most 200
          heartbeat/home-lab  | right | {"state": "up"            | 400 | the body is no JSON
          """)
  void whatIsTaken(String path, String token, String body, int status, String words)
      throws Exception {
    HttpResponse<String> reply =
        push(
            path,
            switch (token) {
              case "right" -> TOKEN;
              case "wrong" -> "guess-guess-guess";
              default -> "";
            },
            body);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    assertThat(reply.body()).contains(words);
  }

  private HttpResponse<String> push(String path, String token, String body) throws Exception {
    int port = fruit.server().adminAddress().getPort();
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/push/" + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  private int share(String address) {
    return fruit.ask().share(FruitServer.NAME, 8).getOrDefault(address, 0);
  }

  private String service() {
    return fruit.get("/api/v1/services/" + FruitServer.NAME).body();
  }
}
