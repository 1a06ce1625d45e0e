package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F21: nobody takes what the server says any more. It loses lines, and nothing else. */
final class BlockedSinkScenarioTest {
  /**
   * A pipe holds 64 KiB (pipe(7)), and our queue 1,024 lines; each of these is one of 200 octets.
   */
  private static final int REFUSALS = 1_500;

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void aLogThatNobodyReadsDelaysNeitherFailoverNorOperatorsNorTheEnd() throws Exception {
    List<Site> sites = Site.open("127.0.10.1", "127.0.20.1");
    Path file =
        Files.writeString(
            folder.resolve("fruit.yaml"), FruitServer.yaml(folder, sites.getFirst().port()));
    try (var server = Launched.fairlead(folder, "serve", file.toString());
        HttpClient http = HttpClient.newHttpClient()) {
      Launched.Ready ready = server.awaitReady();
      server.stopReading();
      URI nowhere = URI.create(ready.url() + "/api/v1/overrides/sites/" + "n".repeat(150));
      for (int i = 0; i < REFUSALS; i++) {
        var refused = HttpRequest.newBuilder(nowhere).timeout(SOON).DELETE().build();
        assertThat(http.send(refused, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
      }

      sites.getFirst().kill();
      Until.isTrue(
          "a dead site leaves",
          SOON,
          () -> !ready.ask().share(FruitServer.NAME, 4).containsKey("127.0.10.1"));

      server.signal("TERM");
      assertThat(server.exit(Duration.ofSeconds(5 + 2))).isZero();
    } finally {
      sites.forEach(Site::close);
    }
  }

  /** What is said just before an end is not lost where somebody reads. */
  @Test
  void theLastLinesAreWrittenBeforeTheEnd() throws Exception {
    try (var server = Launched.fairlead(folder, "serve", file().toString())) {
      server.awaitReady();
      server.signal("TERM");
      assertThat(server.exit()).isZero();
      assertThat(server.err()).contains("stopping");
    }
  }

  private Path file() throws IOException {
    return Files.writeString(
        folder.resolve("fruit.yaml"),
        FruitServer.yaml(folder, 9).replace("name: dns-1,", "name: dns-1, readyTimeout: 1s,"));
  }
}
