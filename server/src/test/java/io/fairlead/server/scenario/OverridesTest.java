package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators say over HTTP and by the command line, and what queries get then. */
final class OverridesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOME = "/api/v1/overrides/members/fruit.gslb.guzware.net/127.0.10.1";
  private static final String SITE = "/api/v1/overrides/sites/remote-site";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private List<Site> sites;
  private FruitServer fruit;

  @BeforeEach
  void start() throws Exception {
    sites = Site.open("127.0.10.1", "127.0.20.1");
    fruit = FruitServer.start(folder, FruitServer.yaml(folder, sites.getFirst().port()));
  }

  @AfterEach
  void stop() {
    fruit.close();
    http.close();
    sites.forEach(Site::close);
  }

  private String url() {
    return "http://127.0.0.1:" + fruit.server().adminAddress().getPort();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .method(method, BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> reply) throws IOException {
    return JSON.readTree(reply.body());
  }

  private static String word(String state, String reason) {
    return "{\"state\": \"%s\", \"reason\": \"%s\"}".formatted(state, reason);
  }

  private static String tag(HttpResponse<String> reply) {
    return reply.headers().firstValue("ETag").orElseThrow();
  }

  private List<String> answers() {
    return fruit.ask().share(FruitServer.NAME, 8).keySet().stream().toList();
  }

  @Test
  void aMemberIsDisabledUntilThatIsTakenBackAcrossARestart() throws Exception {
    HttpResponse<String> put = send("PUT", HOME, word("disable", "new disks"));
    assertThat(put.statusCode()).isEqualTo(201);
    assertThat(json(put).path("state").asText()).isEqualTo("disable");
    assertThat(json(put).path("members").path(0).path("state").asText()).isEqualTo("disabled");
    assertThat(answers()).containsExactly("127.0.20.1");

    fruit.close();
    fruit = FruitServer.start(folder, FruitServer.yaml(folder, sites.getFirst().port()));
    assertThat(answers()).as("after a restart").containsExactly("127.0.20.1");
    JsonNode list = json(send("GET", "/api/v1/overrides", ""));
    assertThat(list.path("overrides")).hasSize(1);
    assertThat(list.path("overrides").path(0).path("reason").asText()).isEqualTo("new disks");
    JsonNode member =
        json(fruit.get("/api/v1/services/fruit.gslb.guzware.net"))
            .path("pools")
            .path(0)
            .path("members")
            .path(0);
    assertThat(member.path("standing").asText())
        .startsWith("an operator has disabled it at ")
        .endsWith(": new disks");

    assertThat(send("DELETE", HOME, "").statusCode()).isEqualTo(200);
    Until.isTrue("back", SOON, () -> answers().size() == 2);
    assertThat(send("GET", HOME, "").statusCode()).isEqualTo(404);
    assertThat(send("DELETE", HOME, "").statusCode()).isEqualTo(404);
  }

  @Test
  void aWholeSiteLeavesAndASiteOfTheLastMemberIsSaid() throws Exception {
    assertThat(send("PUT", SITE, word("disable", "")).statusCode()).isEqualTo(201);
    assertThat(answers()).containsExactly("127.0.10.1");

    JsonNode last = json(send("PUT", HOME, word("disable", "")));

    assertThat(last.path("servicesWithoutMember").path(0).asText()).isEqualTo(FruitServer.NAME);
  }

  @Test
  void aDrainTakesTheTtlAndIsThenReportedAsDone() throws Exception {
    assertThat(json(send("PUT", HOME, word("drain", ""))).path("members").path(0).path("state"))
        .hasToString("\"draining\"");
    assertThat(answers()).containsExactly("127.0.20.1");

    Until.isTrue("drained", SOON, () -> fruit.get(HOME).body().contains("\"state\" : \"drained\""));
    assertThat(answers()).containsExactly("127.0.20.1");
  }

  @Test
  void enableWhereNothingIsToBeOverruledEndsWhatWasSaid() throws Exception {
    send("PUT", HOME, word("disable", ""));

    HttpResponse<String> enable = send("PUT", HOME, word("enable", ""));

    assertThat(enable.statusCode()).isEqualTo(200);
    assertThat(json(enable).path("members").path(0).path("state").asText()).isEqualTo("up");
    assertThat(json(send("GET", "/api/v1/overrides", "")).path("overrides")).isEmpty();
  }

  @Test
  void twoOperatorsDoNotOverwriteEachOther() throws Exception {
    String first = tag(send("PUT", HOME, word("disable", "first")));
    assertThat(send("PUT", HOME, word("disable", "mine"), "If-None-Match", "*").statusCode())
        .as("it is there already")
        .isEqualTo(412);

    HttpResponse<String> second = send("PUT", HOME, word("drain", "second"), "If-Match", first);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(tag(second)).isNotEqualTo(first);

    HttpResponse<String> late = send("DELETE", HOME, "", "If-Match", first);
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(json(late).path("detail").asText())
        .contains("another operator was faster", "second");
    assertThat(json(late).path("override").path("state").asText()).isEqualTo("drain");

    assertThat(send("GET", HOME, "", "If-None-Match", tag(second)).statusCode()).isEqualTo(304);
    assertThat(send("PUT", HOME, word("drain", "second")).statusCode()).isEqualTo(200);
    assertThat(tag(send("GET", HOME, ""))).as("said twice is said once").isEqualTo(tag(second));
    assertThat(send("DELETE", HOME, "", "If-Match", tag(second)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "members/fruit.gslb.guzware.net/127.0.10.2 | (did you mean \"127.0.10.1\"?)",
        "members/fruits.gslb.guzware.net/127.0.10.1 | (did you mean \"fruit.gslb.guzware.net\"?)",
        "sites/remote-sight | (did you mean \"remote-site\"?); there are: home-lab, remote-site",
      })
  void whoIsUnknownIsRefusedWithASuggestion(String path, String suggestion) throws Exception {
    HttpResponse<String> reply = send("PUT", "/api/v1/overrides/" + path, word("disable", ""));

    assertThat(reply.statusCode()).isEqualTo(404);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(reply).path("detail").asText()).contains(suggestion);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "members/FRUIT.gslb.guzware.NET./127.0.10.1",
        "members/fruit.gslb.guzware.net/127.0.10.1",
      })
  void anySpellingWillDo(String path) throws Exception {
    send("PUT", "/api/v1/overrides/" + path, word("disable", ""));

    assertThat(answers()).containsExactly("127.0.20.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | \"state\" is missing",
        "[] | must be a JSON object",
        "nonsense | is no JSON",
        "{\"reason\": \"x\"} | \"state\" is missing; allowed: disable, drain, enable",
        "{\"state\": \"disabled\"} | (did you mean \"disable\"?); allowed: disable, drain, enable",
        "{\"state\": 5} | \"state\" cannot be 5",
        "{\"state\": \"disable\", \"raeson\": \"x\"} | unknown key \"raeson\" (did you mean"
            + " \"reason\"?)",
        "{\"state\": \"disable\", \"state\": \"drain\"} | is no JSON",
        "{\"state\": \"disable\", \"reason\": \"a\\nb\"} | \"reason\" must be one line",
        "{\"state\": \"disable\", \"reason\": 5} | \"reason\" must be one line",
      })
  void aWrongBodyIsRefusedWithWhatIsAllowed(String body, String detail) throws Exception {
    HttpResponse<String> reply = send("PUT", HOME, body);

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(json(reply).path("detail").asText()).contains(detail);
    assertThat(answers()).hasSize(2);
  }

  @Test
  void nothingIsResumedThatIsNotHeldBack() throws Exception {
    HttpResponse<String> reply =
        send("POST", "/api/v1/services/fruit.gslb.guzware.net/members/127.0.10.1/resume", "");

    assertThat(reply.statusCode()).isEqualTo(409);
    assertThat(json(reply).path("detail").asText())
        .isEqualTo(
            "member 127.0.10.1 of fruit.gslb.guzware.net is not held back;"
                + " there is nothing to resume");
  }

  @Test
  void theCommandsSayTheSame() throws Exception {
    End disabled =
        run("member", "disable", FruitServer.NAME, "127.0.10.1", "--reason", "two words");
    assertThat(disabled.exit()).as(disabled.err()).isZero();
    assertThat(disabled.out())
        .contains("127.0.10.1 of fruit.gslb.guzware.net at home-lab is disabled")
        .contains("two words");
    assertThat(answers()).containsExactly("127.0.20.1");

    assertThat(run("member", "drain", FruitServer.NAME, "127.0.10.1").out())
        .startsWith("instead of: disable since ")
        .contains(", \"two words\"\n")
        .contains("is drain");

    End site = run("site", "disable", "remote-site", "--output", "json");
    assertThat(JSON.readTree(site.out()).path("state").asText()).isEqualTo("disable");
    assertThat(run("site", "enable", "remote-site").exit()).isZero();
    assertThat(run("member", "enable", FruitServer.NAME, "127.0.10.1").out()).contains("is up");
    Until.isTrue("both are back", SOON, () -> answers().size() == 2);

    End unknown = run("member", "drain", FruitServer.NAME, "127.0.10.9");
    assertThat(unknown.exit()).isEqualTo(64);
    assertThat(unknown.err()).contains("did you mean \"127.0.10.1\"?");
    assertThat(run("member", "resume", FruitServer.NAME, "127.0.10.1").exit()).isEqualTo(75);
    assertThat(run("member", "disable", FruitServer.NAME).exit()).isEqualTo(64);
    assertThat(run("member").exit()).isEqualTo(64);
  }

  private record End(int exit, String out, String err) {}

  private End run(String... words) throws InterruptedException {
    var arguments = new ArrayList<>(List.of(words));
    if (words.length > 1) {
      arguments.addAll(List.of("--server", url()));
    }
    try (var command = Launched.fairlead(folder, arguments.toArray(String[]::new))) {
      return new End(command.exit(), command.out(), command.err());
    }
  }
}
