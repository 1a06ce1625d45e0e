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

  private Loads() {}

  static String resource(String name) {
    try (var in = Loads.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What complete.yaml becomes, with the file beside it that it names. */
  static FairleadConfig complete(Path folder) {
    try {
      Files.writeString(folder.resolve("networks.csv"), resource("networks.csv"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return config(folder, resource("complete.yaml"));
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
