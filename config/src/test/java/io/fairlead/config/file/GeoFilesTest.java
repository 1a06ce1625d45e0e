package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of networks are opened when the configuration is checked, not when they are needed. */
class GeoFilesTest {
  @TempDir Path folder;

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertThat(problemWith("absent.mmdb"))
        .isEqualTo(
            folder.resolve("absent.mmdb").toAbsolutePath()
                + " does not exist; a path is relative to this file's folder");
  }

  @Test
  void aFolderIsNoFile() {
    assertThat(problemWith(".")).endsWith(" is no file that this user may read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.0.0.0/8,1,2         | 3: 3 fields, but 2 columns are named
          10.0.0.0/8,Oslo\\n10.0.0.0/8,Rome | 4: the network 10.0.0.0/8 stands in line 3 already
          10.0.0.1/8,Oslo        | 3: 10.0.0.1 has bits behind its first 8
          """)
  void aBadLineIsToldByItsNumber(String rows, String problem) throws IOException {
    Files.writeString(
        folder.resolve("bad.csv"), "# ours\nnetwork,city\n" + rows.replace("\\n", "\n") + "\n");

    assertThat(problemWith("bad.csv")).isEqualTo(folder.resolve("bad.csv") + ":" + problem);
  }

  @Test
  void aDamagedDatabaseIsRefusedAsAWhole() throws IOException {
    Files.write(folder.resolve("bad.mmdb"), new byte[100]);

    assertThat(problemWith("bad.mmdb"))
        .startsWith(folder.resolve("bad.mmdb") + ": no usable MaxMind database: ");
  }

  @Test
  void eachBadFileIsTold() {
    String text =
        Loads.SMALLEST + "geo: { databases: [ { path: a.csv }, { path: b.csv, priority: 2 } ] }\n";

    assertThat(Loads.problems(folder, text).stream().map(Problem::key))
        .containsExactly("geo.databases[0].path", "geo.databases[1].path");
  }

  private String problemWith(String path) {
    String text = Loads.SMALLEST + "geo:\n  databases:\n    - path: " + path + "\n";
    List<Problem> problems = Loads.problems(folder, text);
    assertThat(problems).as(Loads.lines(problems)).hasSize(1);
    assertThat(problems.getFirst().key()).isEqualTo("geo.databases[0].path");
    assertThat(problems.getFirst().line()).isEqualTo(Loads.SMALLEST.lines().count() + 3);
    assertThat(problems.getFirst().column()).isEqualTo(13);
    return problems.getFirst().reason();
  }
}
