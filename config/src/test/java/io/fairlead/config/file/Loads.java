package io.fairlead.config.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.Problem;
import io.fairlead.config.file.ConfigLoader.Result.Loaded;
import io.fairlead.config.file.ConfigLoader.Result.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Loads text as a file, for tests. */
final class Loads {
  static final Instant VERSION_TIME = Instant.ofEpochSecond(1_700_000_000L);

  /** The least that can be served. */
  static final String SMALLEST =
      """
      version: 1
      zones:
        - name: gslb.example.com
          contact: hostmaster.example.com
          nameServers: [ { name: ns1.gslb.example.com, addresses: [127.0.0.1] } ]
      sites:
        - name: here
      services:
        - name: app.gslb.example.com
          pools:
            - name: main
              members:
                - { site: here, address: 192.0.2.1 }
      """;

  /** Two sites, a monitor, a service and records: something of everything. */
  static final String TWO_SITES =
      """
      version: 1
      node:
        name: dns-1
        readyTimeout: 10s
      listen:
        udp: ["127.0.0.1:5300"]
        tcp: ["127.0.0.1:5300"]
      admin:
        listen: "127.0.0.1:8053"
      zones:
        - name: gslb.example.com
          contact: hostmaster.example.com
          nameServers:
            - name: ns1.gslb.example.com
              addresses: ["127.0.0.1"]
          negativeTtl: 30s
          records: |
            info     300 IN TXT   "served by fairlead"

            www      300 IN CNAME fruit
      sites:
        - name: home-lab
          location: { latitude: 59.91, longitude: 10.75 }
        - name: remote-site
      monitors:
        - name: apple
          type: http
          port: 8080
          path: /apple
          expect: { status: ["200-399"] }
          interval: 1s
          timeout: 500ms
          rise: 2
      services:
        - name: fruit.gslb.example.com
          aliases: [pome.gslb.example.com]
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

  private Loads() {}

  static String resource(String name) {
    try (var in = Loads.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What complete.yaml becomes, with the files beside it that it names. */
  static FairleadConfig complete(Path folder) {
    putBeside(folder);
    return config(folder, resource("complete.yaml"));
  }

  /** The files that complete.yaml names. */
  static void putBeside(Path folder) {
    var names =
        List.of(
            "networks.csv",
            "static.zone",
            "tsig.secret",
            "cookie-secrets.txt",
            "authorities.pem",
            "client.pem",
            "client-key.pem",
            "password",
            "push-token.txt",
            "admin-token.txt");
    try {
      for (String name : names) {
        Files.writeString(folder.resolve(name), resource(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ConfigLoader.Result load(Path folder, String text) {
    try {
      Path file = Files.writeString(folder.resolve("fairlead.yaml"), text);
      return ConfigLoader.load(file, () -> VERSION_TIME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Loaded loaded(Path folder, String text) {
    return switch (load(folder, text)) {
      case Loaded loaded -> loaded;
      case Refused(var problems) -> throw new AssertionError("refused: " + lines(problems));
    };
  }

  static FairleadConfig config(Path folder, String text) {
    return loaded(folder, text).config();
  }

  static List<Problem> problems(Path folder, String text) {
    return switch (load(folder, text)) {
      case Loaded loaded -> throw new AssertionError("loaded: " + loaded.config());
      case Refused(var problems) -> problems;
    };
  }

  static String lines(List<Problem> problems) {
    return String.join("\n", problems.stream().map(Problem::toString).toList());
  }
}
