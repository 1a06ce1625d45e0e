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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Section;

/**
 * A bad change at three in the morning: seen beforehand, undone afterwards, and it stays undone.
 */
final class RollbackScenarioTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final Said said = new Said();
  private List<Site> sites;
  private FruitServer fruit;
  private String first;
  private String second;

  @BeforeEach
  void start() throws Exception {
    sites = Site.open("127.0.10.1", "127.0.20.1");
    first = FruitServer.yaml(folder, sites.getFirst().port());
    second = first.replace("ttl: 2s", "ttl: 3s").replaceFirst("weight: 1", "weight: 3");
    fruit = FruitServer.start(folder, first);
  }

  @AfterEach
  void stop() {
    fruit.close();
    sites.forEach(Site::close);
    said.close();
  }

  private HttpResponse<String> call(String method, String path, String body) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + fruit.server().adminAddress().getPort() + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }

  private JsonNode json(String path) throws IOException {
    HttpResponse<String> response = fruit.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private long ttl() {
    return fruit.ask().udp(FruitServer.NAME, 1).getSection(Section.ANSWER).getFirst().getTTL();
  }

  @Test
  void aChangeIsAVersionThatSaysWhyAndWhatChanged() throws Exception {
    fruit.offer(second);
    assertThat(call("POST", "/api/v1/reload", "").statusCode()).isEqualTo(200);

    JsonNode versions = json("/api/v1/versions");
    assertThat(versions.path("current").asInt()).isEqualTo(2);
    assertThat(versions.path("pinned").isNull()).isTrue();
    assertThat(versions.at("/versions/0/who").asText()).isEqualTo("127.0.0.1");
    assertThat(versions.at("/versions/0/why").asText()).isEqualTo("asked by the admin API");
    assertThat(versions.at("/versions/1/why").asText()).isEqualTo("start");
    assertThat(json("/api/v1/versions/1").path("config").asText()).isEqualTo(first);

    JsonNode diff = json("/api/v1/diff?from=1&to=2");
    assertThat(
            StreamSupport.stream(diff.path("changes").spliterator(), false)
                .map(change -> change.path("key").asText() + " " + change.path("after").asText()))
        .containsExactly("ttl 3s", "weight 3");
  }

  @Test
  void rollbackPinsAndTheFileWaitsUntilUnpin() throws Exception {
    fruit.offer(second);
    assertThat(fruit.server().reload()).isEmpty();
    assertThat(ttl()).isEqualTo(3);

    var rollback = call("PUT", "/api/v1/pin", "{\"version\": 1, \"reason\": \"too many\"}");
    assertThat(rollback.statusCode()).as(rollback.body()).isEqualTo(200);
    assertThat(ttl()).isEqualTo(2);
    assertThat(json("/api/v1/versions").path("pinned").asInt()).isOne();
    assertThat(fruit.get("/readyz").body()).contains("version 1 is pinned");

    fruit.offer(second.replace("ttl: 3s", "ttl: 4s"));
    var reload = call("POST", "/api/v1/reload", "");
    assertThat(reload.statusCode()).isEqualTo(422);
    assertThat(reload.body()).contains("version 1 is pinned", "fairlead unpin");
    assertThat(ttl()).isEqualTo(2);
    assertThat(said.with("version 1 is pinned, until")).isNotEmpty();

    var unpin = call("DELETE", "/api/v1/pin", "");
    assertThat(unpin.statusCode()).as(unpin.body()).isEqualTo(200);
    assertThat(ttl()).isEqualTo(4);
    assertThat(json("/api/v1/versions").path("current").asInt()).isEqualTo(3);
    assertThat(said.with("rollback: too many: version 2 -> version 1, pinned")).isNotEmpty();
  }

  @Test
  void aFileThatIsNotValidKeepsThePin() throws Exception {
    assertThat(call("PUT", "/api/v1/pin", "{\"version\": 1}").statusCode()).isEqualTo(200);
    fruit.offer(first.replace("ttl: 2s", "tll: 2s"));

    var unpin = call("DELETE", "/api/v1/pin", "");

    assertThat(unpin.statusCode()).isEqualTo(422);
    assertThat(unpin.body()).contains("the pin stays", "tll");
    assertThat(json("/api/v1/versions").path("pinned").asInt()).isOne();
    assertThat(ttl()).isEqualTo(2);
  }

  @Test
  void whatIsNoVersionIsRefusedWithWhatIsAllowed() throws Exception {
    assertThat(call("PUT", "/api/v1/pin", "{\"version\": 7}").statusCode()).isEqualTo(404);
    assertThat(call("PUT", "/api/v1/pin", "{\"version\": 7}").body()).contains("kept are 1 to 1");
    for (String body : List.of("{\"version\": \"1\"}", "{\"version\": 1, \"reason\": 2}", "{}")) {
      assertThat(call("PUT", "/api/v1/pin", body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(fruit.get("/api/v1/versions/0").statusCode()).isEqualTo(400);
    assertThat(fruit.get("/api/v1/versions/x").statusCode()).isEqualTo(400);
    assertThat(fruit.get("/api/v1/diff?from=1&to=9").statusCode()).isEqualTo(404);
    assertThat(fruit.get("/api/v1/diff").statusCode()).isEqualTo(400);
    assertThat(ttl()).isEqualTo(2);
  }

  @Test
  void aPlannedReloadSaysWhoWouldMoveAndChangesNothing() throws Exception {
    long generation = fruit.server().published().snapshot().generation();
    fruit.offer(second);

    var plan = call("POST", "/api/v1/reload?plan=true", "");

    assertThat(plan.statusCode()).as(plan.body()).isEqualTo(200);
    JsonNode moves = JSON.readTree(plan.body());
    assertThat(moves.path("moved").asDouble()).isEqualTo(0.25);
    assertThat(moves.at("/flows/0/from").asText()).isEqualTo("127.0.20.1 (remote-site)");
    assertThat(moves.at("/flows/0/to").asText()).isEqualTo("127.0.10.1 (home-lab)");
    assertThat(fruit.server().published().snapshot().generation()).isEqualTo(generation);

    var recorded =
        call(
            "POST",
            "/api/v1/reload?plan=true",
            "{\"queries\": [\"192.0.2.1 info.gslb.guzware.net TXT\"]}");
    assertThat(JSON.readTree(recorded.body()).path("moved").asDouble()).isZero();
    assertThat(call("POST", "/api/v1/reload?plan=yes", "").statusCode()).isEqualTo(400);
    assertThat(
            call("POST", "/api/v1/reload?plan=true", "{\"queries\": [\"nonsense\"]}").statusCode())
        .isEqualTo(400);

    fruit.offer(second.replace("ttl: 3s", "tll: 3s"));
    assertThat(call("POST", "/api/v1/reload?plan=true", "").statusCode()).isEqualTo(422);
  }

  /** The same from the command line, and over a restart. */
  @Test
  void thePinOutlivesTheProcess() throws Exception {
    fruit.close();
    Path file = Files.writeString(folder.resolve("fruit.yaml"), first);
    try (var server = Launched.fairlead(folder, "serve", file.toString())) {
      String url = server.awaitReady().url();
      Files.writeString(file, second);
      server.signal("HUP");
      Until.isTrue(
          "version 2",
          Launched.PATIENCE,
          () -> run("versions", "--server", url).contains("    2  "));
      assertThat(run("versions", "--server", url))
          .containsPattern("2 .* (SIGHUP|the file has changed) <- served");
      assertThat(run("diff", "1", "2", "--server", url))
          .contains("service fruit.gslb.guzware.net", "~ ttl: 2s -> 3s", "~ weight: 1 -> 3");

      sites.get(1).close();
      Until.isTrue(
          "one site is down",
          Launched.PATIENCE,
          () -> run("status", "--server", url).contains("down"));
      assertThat(run("plan", file.toString(), "--server", url)).contains("0.0 % of clients");
      Path elsewhere =
          Files.writeString(
              folder.resolve("elsewhere.yaml"), second.replace("127.0.10.1", "127.0.30.1"));
      assertThat(run("plan", elsewhere.toString(), "--server", url))
          .as("the site that is down now has no clients to keep")
          .contains("100.0 % of clients", "127.0.10.1 (home-lab) -> 127.0.30.1 (home-lab)");

      assertThat(run("rollback", "1", "--reason", "no", "--server", url))
          .contains("version 1 is served and pinned");
      server.signal("TERM");
      assertThat(server.exit()).isZero();
    }
    try (var server = Launched.fairlead(folder, "serve", file.toString())) {
      var ready = server.awaitReady();
      assertThat(server.err()).contains("SERVING VERSION 1, which is pinned");
      assertThat(
              ready.ask().udp(FruitServer.NAME, 1).getSection(Section.ANSWER).getFirst().getTTL())
          .isEqualTo(2);
      assertThat(run("unpin", "--server", ready.url())).contains("version 2 is served");
    }
  }

  private String run(String... arguments) {
    try (var command = Launched.fairlead(folder, arguments)) {
      int exit = command.exit();
      assertThat(exit).as(command.err()).isZero();
      return command.out();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
