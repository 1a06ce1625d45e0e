package io.fairlead.server.scenario;

import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.server.Environment;
import io.fairlead.server.Fairlead;
import io.fairlead.server.reload.ConfigFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** The real server of a file for two sites, on ports that the system chose. */
final class FruitServer implements AutoCloseable {
  static final String NAME = "fruit.gslb.guzware.net";

  private static final String YAML =
      """
      version: 1
      node: { name: dns-1, stateDirectory: "@STATE@" }
      listen: { udp: ["127.0.0.1:0"], tcp: ["127.0.0.1:0"] }
      admin: { listen: "127.0.0.1:0" }
      zones:
        - name: gslb.guzware.net
          contact: hostmaster.guzware.net
          nameServers: [ { name: ns1.gslb.guzware.net, addresses: ["127.0.0.1"] } ]
          negativeTtl: 30s
          records: |
            info     300 IN TXT   "served by fairlead"
            www      300 IN CNAME fruit
      sites: [ { name: home-lab }, { name: remote-site } ]
      monitors:
        - { name: apple, type: http, port: @PORT@, path: /apple, expect: { status: ["200-399"] },
            interval: 1s, timeout: 500ms, rise: 2, fall: 2 }
      services:
        - name: fruit.gslb.guzware.net
          ttl: 2s
          answers: 1
          monitors: [apple]
          downResponse: { type: all-records }
          pools:
            - name: both-sites
              priority: 10
              algorithm: round-robin
              members:
                - { site: home-lab,    address: 127.0.10.1, weight: 1 }
                - { site: remote-site, address: 127.0.20.1, weight: 1 }
      """;

  private final Path file;
  private final Fairlead server;

  private FruitServer(Path file, Fairlead server) {
    this.file = file;
    this.server = server;
  }

  static String yaml(Path folder, int sitePort) {
    return YAML.replace("@STATE@", folder.resolve("state").toString())
        .replace("@PORT@", Integer.toString(sitePort));
  }

  static FruitServer start(Path folder, int sitePort) throws IOException, InterruptedException {
    return start(folder, yaml(folder, sitePort));
  }

  static FruitServer start(Path folder, String yaml) throws IOException, InterruptedException {
    FruitServer started = launch(folder, yaml);
    if (!started.server.awaitAnswering(Duration.ofSeconds(20))) {
      throw new AssertionError("not answering within 20 s");
    }
    return started;
  }

  /** Does not wait for the first verdicts. */
  static FruitServer launch(Path folder, String yaml) throws IOException {
    Path file = folder.resolve("fruit.yaml");
    Files.writeString(file, yaml);
    var configFile = new ConfigFile(file);
    var reading = configFile.read();
    if (!(reading.result() instanceof Result.Loaded loaded)) {
      throw new AssertionError("refused: " + reading.result());
    }
    Fairlead server = Fairlead.start(configFile, reading.text(), loaded, Environment.system());
    return new FruitServer(file, server);
  }

  Fairlead server() {
    return server;
  }

  Path file() {
    return file;
  }

  /** Writes another file in its place, at once. */
  void offer(String yaml) {
    offer(yaml.getBytes(StandardCharsets.UTF_8));
  }

  void offer(byte[] octets) {
    try {
      Path aside = file.resolveSibling("aside.yaml");
      Files.write(aside, octets);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Ask ask() {
    return new Ask(server.udpAddresses().getFirst(), server.tcpAddresses().getFirst());
  }

  /** What the admin API says at this path. */
  HttpResponse<String> get(String path) {
    var uri = URI.create("http://127.0.0.1:" + server.adminAddress().getPort() + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(path, e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
