package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.state.StateFile;
import io.fairlead.server.state.StateKeeper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * F13: far more clients than the process may open files. Queries go on, and there is always one
 * descriptor more for a probe, an operator and the state.
 */
final class DescriptorScenarioTest {
  private static final int DESCRIPTORS = 200;
  private static final int CLIENTS = 400;
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void strangersLeaveDescriptorsForProbesOperatorsAndTheState() throws Exception {
    List<Site> sites = Site.open("127.0.10.1", "127.0.20.1");
    List<Socket> idle = new ArrayList<>();
    Path file =
        Files.writeString(
            folder.resolve("fruit.yaml"), FruitServer.yaml(folder, sites.getFirst().port()));
    try (var server = Launched.fairleadWith(DESCRIPTORS, folder, "serve", file.toString());
        HttpClient http = HttpClient.newHttpClient()) {
      Launched.Ready ready = server.awaitReady();
      assertThat(server.timesSaid("tcp.maxConnections is 10000, but this process may open 200"))
          .isOne();
      for (int i = 0; i < CLIENTS; i++) {
        idle.add(connect(ready, "127.1.0." + (1 + i % 100)));
      }

      assertThat(ready.ask().share(FruitServer.NAME, 4)).hasSize(2);
      assertThat(ready.ask().tcp(FruitServer.NAME, Type.A).getSection(Section.ANSWER)).hasSize(1);

      var drain =
          HttpRequest.newBuilder(URI.create(ready.url() + "/api/v1/overrides/sites/home-lab"))
              .header("Content-Type", "application/json")
              .PUT(BodyPublishers.ofString("{\"state\":\"disable\",\"reason\":\"a test\"}"))
              .build();
      assertThat(http.send(drain, BodyHandlers.ofString()).statusCode()).isBetween(200, 204);
      Until.isTrue(
          "what the operator said is on disk",
          SOON,
          () ->
              StateKeeper.restore(new StateFile(folder.resolve("state"))).stream()
                  .anyMatch(state -> !state.overrides().isEmpty()));
      assertThat(ready.ask().share(FruitServer.NAME, 4)).containsOnlyKeys("127.0.20.1");

      sites.getLast().kill();
      Until.isTrue(
          "a verdict on disk, which took a probe and a file",
          SOON,
          () ->
              StateKeeper.restore(new StateFile(folder.resolve("state"))).stream()
                  .anyMatch(state -> state.verdicts().containsValue(false)));
      assertThat(server.err()).doesNotContain("Too many open files", "cannot be kept");
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
      sites.forEach(Site::close);
    }
  }

  private static Socket connect(Launched.Ready ready, String from) throws IOException {
    return new Socket(
        ready.tcp().getAddress(), ready.tcp().getPort(), InetAddress.ofLiteral(from), 0);
  }
}
