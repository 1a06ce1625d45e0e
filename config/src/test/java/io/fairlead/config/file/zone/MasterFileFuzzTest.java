package io.fairlead.config.file.zone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** F15: no text makes the reader throw; a bad entry is told, and the next one is read. */
class MasterFileFuzzTest {
  private static final long SEED = 20_261_125L;

  /** {@code -Dfuzz.executions=1000000} runs it so often. */
  private static final int EXECUTIONS = Integer.getInteger("fuzz.executions", 5_000);

  private static final List<String> PIECES =
      List.of(
          "\n",
          " ",
          "\t",
          "(",
          ")",
          "\"",
          "\\",
          ";",
          "@",
          "$ORIGIN ",
          "$TTL ",
          "IN ",
          "A ",
          "TXT ",
          "\\# 4 ",
          "300 ",
          "4294967296 ",
          "192.0.2.1",
          "::",
          "\u0000",
          "\u00ff",
          "*.");

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void anyTextIsReadAsEntries() throws IOException {
    List<String> seeds = seeds();
    assertThat(seeds).hasSizeGreaterThan(20);
    seeds.forEach(MasterFileFuzzTest::run);
    for (int i = 0; i < EXECUTIONS; i++) {
      run(mutated(seeds));
    }
  }

  private static List<String> seeds() throws IOException {
    List<String> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/fuzz/master-file"))) {
      for (Path file : files.sorted().toList()) {
        seeds.add(new String(Files.readAllBytes(file), ISO_8859_1));
      }
    }
    return seeds;
  }

  private static void run(String text) {
    try {
      MasterFileFuzz.fuzzerTestOneInput(text.getBytes(ISO_8859_1));
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + SEED + ", text:\n" + text, e);
    }
  }

  private String mutated(List<String> seeds) {
    var text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> text.setLength(at);
        case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
        default -> text.insert(at, seeds.get(random.nextInt(seeds.size())));
      }
    }
    return text.toString();
  }
}
