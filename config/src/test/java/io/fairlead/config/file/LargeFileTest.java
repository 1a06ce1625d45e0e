package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.file.ConfigLoader.Result.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand services fit: the limits of size, values and heap are far enough off. */
class LargeFileTest {
  private static final int SERVICES = 100_000;

  @TempDir Path folder;

  @Test
  void loads() throws IOException {
    Path file = folder.resolve("large.yaml");
    try (var out = Files.newBufferedWriter(file)) {
      out.write(Loads.SMALLEST);
      for (int i = 0; i < SERVICES; i++) {
        out.write("  - name: service-%d.gslb.example.com\n".formatted(i));
        out.write("    aliases: []\n    ttl: 2s\n    answers: 1\n    monitors: []\n");
        out.write("    downResponse: { type: all-records }\n    pools:\n      - name: main\n");
        out.write("        priority: 10\n        algorithm: round-robin\n        members:\n");
        for (int site = 1; site <= 3; site++) {
          out.write(
              "          - { site: here, address: 10.%d.%d.%d, weight: 1 }\n"
                  .formatted(site * 64 + (i >> 16), i >> 8 & 255, i & 255));
        }
      }
    }
    assertThat(Files.size(file)).isBetween(35_000_000L, 45_000_000L);

    assertThat(ConfigLoader.load(file))
        .isInstanceOfSatisfying(Loaded.class, loaded -> assertWhole(loaded.config()));
  }

  private static void assertWhole(FairleadConfig config) {
    assertThat(config.services().size()).isEqualTo(SERVICES + 1);
    var last = config.services().getLast();
    assertThat(last.name().toString()).isEqualTo("service-99999.gslb.example.com");
    assertThat(last.pools().getFirst().members().getLast().address().getHostAddress())
        .isEqualTo("10.193.134.159");
  }
}
