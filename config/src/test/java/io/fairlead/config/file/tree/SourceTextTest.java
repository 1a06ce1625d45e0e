package io.fairlead.config.file.tree;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.fairlead.config.Problem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From octets to characters, and what is said of files that are no text. */
class SourceTextTest {
  @TempDir Path folder;

  private final Problems problems = new Problems("f.yaml");

  private Problem refused(byte[] octets) throws IOException {
    return refused(Files.write(folder.resolve("f.yaml"), octets));
  }

  private Problem refused(Path path) {
    assertThat(SourceText.read(path, problems)).isNull();
    assertThat(problems.errors()).hasSize(1);
    return problems.errors().getFirst();
  }

  private SourceText read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("f.yaml"), text);
    SourceText source = SourceText.read(file, problems);
    assertThat(problems.errors()).isEmpty();
    return requireNonNull(source);
  }

  @Test
  void aFileThatIsNotThere() {
    assertThat(refused(folder.resolve("none.yaml")).toString())
        .isEqualTo("f.yaml: cannot read " + folder.resolve("none.yaml") + ": it does not exist");
  }

  @Test
  void aDirectory() {
    assertThat(refused(folder).reason()).endsWith(": it is a directory, and a file is needed");
  }

  @Test
  void aFileThatThisUserMayNotRead() throws IOException {
    Path file = Files.writeString(folder.resolve("secret.yaml"), "version: 1");
    assertThat(file.toFile().setReadable(false)).isTrue();
    assumeFalse(Files.isReadable(file), "root may read everything");
    assertThat(refused(file).reason()).endsWith(": this user may not read it");
  }

  @Test
  void aFileLargerThanTheLimit() throws IOException {
    Path file = folder.resolve("large.yaml");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(100_000_000);
    }
    assertThat(refused(file).reason())
        .isEqualTo(
            "the file is larger than 64 MiB (67108864 octets), which is the most that is read");
  }

  @Test
  void utf16() throws IOException {
    assertThat(refused("version: 1".getBytes(UTF_16)).reason())
        .isEqualTo("the file is UTF-16; save it as UTF-8");
  }

  @Test
  void utf16WithoutAMark() throws IOException {
    assertThat(refused("version: 1".getBytes(UTF_16LE)).toString())
        .isEqualTo("f.yaml:1:2: the control character U+0000 is not allowed in a text file");
  }

  @Test
  void latin1WithThePlaceOfTheOctet() throws IOException {
    assertThat(refused("a: 1\nname: \uD83D\uDE00 Malm".getBytes(UTF_8), "ö\n").toString())
        .isEqualTo("f.yaml:2:13: the octet 0xF6 is not UTF-8; save the file as UTF-8");
  }

  private Problem refused(byte[] before, String latin1) throws IOException {
    byte[] rest = latin1.getBytes(ISO_8859_1);
    byte[] octets = java.util.Arrays.copyOf(before, before.length + rest.length);
    System.arraycopy(rest, 0, octets, before.length, rest.length);
    return refused(octets);
  }

  @ParameterizedTest
  @CsvSource({"0, 0000", "7, 0007", "27, 001B", "127, 007F", "159, 009F"})
  void controlCharacters(int character, String shown) throws IOException {
    assertThat(refused(("a: 1\r\nb: x" + (char) character + "y").getBytes(UTF_8)).toString())
        .isEqualTo(
            "f.yaml:2:5: the control character U+" + shown + " is not allowed in a text file");
  }

  @Test
  void aReplacementCharacterMayStandInTheFile() throws IOException {
    assertThat(read("a: \uFFFD").text()).isEqualTo("a: \uFFFD");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() throws IOException {
    assertThat(read("\uFEFFa: 1").text()).isEqualTo("a: 1");
  }

  @Test
  void linesEndAsYamlHasThem() throws IOException {
    SourceText source = read("one\r\ntwo\rthree\nfour\u2028five\u0085\nseven");
    assertThat(source.line(1)).isEqualTo("one");
    assertThat(source.line(2)).isEqualTo("two");
    assertThat(source.line(3)).isEqualTo("three");
    assertThat(source.line(4)).isEqualTo("four");
    assertThat(source.line(5)).isEqualTo("five");
    assertThat(source.line(6)).isEmpty();
    assertThat(source.line(7)).isEqualTo("seven");
  }

  @Test
  void aLiteralBlockIsSeenByItsMark() throws IOException {
    SourceText source = read("a: |\n  x\n\uD83D\uDE00: |\n  y\nb: 'z'\n");
    assertThat(source.isLiteralBlock(new Node.Scalar("x\n", 1, 4))).isTrue();
    assertThat(source.isLiteralBlock(new Node.Scalar("y\n", 3, 4))).isTrue();
    assertThat(source.isLiteralBlock(new Node.Scalar("z", 5, 4))).isFalse();
  }
}
