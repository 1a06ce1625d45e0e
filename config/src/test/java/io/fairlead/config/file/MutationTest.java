package io.fairlead.config.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Problem;
import io.fairlead.config.file.ConfigLoader.Result.Loaded;
import io.fairlead.config.file.ConfigLoader.Result.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A good file with random damage is loaded or refused, never anything else; what is loaded is
 * loaded the same way again, and a refusal has reasons at places that are in the file.
 */
class MutationTest {
  private static final int MUTATIONS = 500;

  /** What YAML, master files and our own values have a meaning for. */
  private static final List<String> PIECES =
      List.of(
          "",
          " ",
          "  ",
          "\t",
          "\n",
          "\r\n",
          ":",
          ": ",
          "- ",
          "#",
          "|",
          ">",
          "&a ",
          "*a",
          "!t ",
          "{",
          "}",
          "[",
          "]",
          "\"",
          "'",
          "%",
          "@",
          "`",
          ",",
          "---\n",
          "...\n",
          "? ",
          "<<: *a",
          "~",
          "null",
          "\\",
          "(",
          ")",
          ";",
          "$TTL",
          "$ORIGIN .",
          "0",
          "-1",
          "99999999999999999999",
          "1e9",
          "0x",
          "0b",
          "1_",
          "ms",
          "..",
          "\u0000",
          "\uFEFF",
          "\u2028",
          "\u0085",
          "\uD83D\uDE00",
          "é",
          "\\256",
          "\\#",
          "\"\"");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "examples/two-sites.yaml",
        "src/test/resources/io/fairlead/config/file/complete.yaml"
      })
  void damageIsLoadedOrRefused(String name) throws IOException {
    byte[] good = Files.readAllBytes(Path.of(name));
    Loads.putBeside(folder);
    int loaded = 0;
    for (long seed = 0; seed < MUTATIONS; seed++) {
      Path file = Files.write(folder.resolve("mutated.yaml"), mutated(good, new Random(seed)));
      try {
        loaded += judge(file) ? 1 : 0;
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "seed "
                + seed
                + ":\n"
                + Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1),
            e);
      }
    }
    assertThat(loaded).as("some damage does no harm, and most does").isBetween(10, MUTATIONS / 2);
  }

  /** Whether it loads. */
  private static boolean judge(Path file) throws IOException {
    ConfigLoader.Result first = ConfigLoader.load(file);
    ConfigLoader.Result second = ConfigLoader.load(file);
    assertThat(second).usingRecursiveComparison().isEqualTo(first);
    return switch (first) {
      case Loaded _ -> true;
      case Refused(var problems) -> {
        assertThat(problems).isNotEmpty();
        int lines = lineCount(file);
        for (Problem problem : problems) {
          assertThat(problem.reason()).isNotBlank();
          assertThat(problem.line()).as(problem.toString()).isBetween(0, lines);
        }
        yield false;
      }
    };
  }

  private static int lineCount(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), UTF_8);
    return text.split("\r\n|[\n\r\u0085\u2028\u2029]", -1).length;
  }

  private static byte[] mutated(byte[] good, Random random) {
    byte[] octets = good;
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      octets =
          switch (random.nextInt(6)) {
            case 0 -> withAnOctet(octets, random);
            case 1 -> withoutSome(octets, random);
            default ->
                random.nextBoolean() ? withAPiece(octets, random) : withLines(octets, random);
          };
    }
    return octets;
  }

  private static byte[] withAnOctet(byte[] octets, Random random) {
    byte[] next = octets.clone();
    next[random.nextInt(next.length)] = (byte) random.nextInt(256);
    return next;
  }

  private static byte[] withoutSome(byte[] octets, Random random) {
    int from = random.nextInt(octets.length - 20);
    return replaced(octets, from, from + random.nextInt(20), new byte[0]);
  }

  private static byte[] withAPiece(byte[] octets, Random random) {
    int from = random.nextInt(octets.length - 5);
    byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
    return replaced(octets, from, from + random.nextInt(5), piece);
  }

  private static byte[] replaced(byte[] octets, int from, int to, byte[] piece) {
    byte[] next = Arrays.copyOf(octets, octets.length - (to - from) + piece.length);
    System.arraycopy(piece, 0, next, from, piece.length);
    System.arraycopy(octets, to, next, from + piece.length, octets.length - to);
    return next;
  }

  /** A line away, twice, elsewhere or at another depth. */
  private static byte[] withLines(byte[] octets, Random random) {
    var lines = new ArrayList<>(List.of(new String(octets, UTF_8).split("\n", -1)));
    int at = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, lines.get(at));
      case 2 -> lines.add(random.nextInt(lines.size()), lines.remove(at));
      default -> lines.set(at, random.nextBoolean() ? "  " + lines.get(at) : lines.get(at).strip());
    }
    return String.join("\n", lines).getBytes(UTF_8);
  }
}
