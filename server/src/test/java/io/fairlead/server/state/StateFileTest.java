package io.fairlead.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document on disk is whole, or it is passed over and the one before it is taken. */
final class StateFileTest {
  @TempDir private Path directory;

  private StateFile file;
  private Path newest;

  @BeforeEach
  void twoGenerations() throws IOException {
    file = new StateFile(directory.resolve("state"));
    file.write("first");
    file.write("second");
    newest = directory.resolve("state/state.json");
  }

  @Test
  void bothGenerationsAreRead() {
    assertThat(file.read().documents()).containsExactly("second", "first");
    assertThat(file.read().passedOver()).isEmpty();
  }

  @Test
  void nothingIsFoundWhereNothingWasWritten() {
    var found = new StateFile(directory.resolve("absent")).read();

    assertThat(found.documents()).isEmpty();
    assertThat(found.passedOver()).isEmpty();
  }

  @Test
  void aFileThatWasCutAnywhereIsPassedOver() throws IOException {
    byte[] whole = Files.readAllBytes(newest);
    for (int length = 0; length < whole.length; length++) {
      Files.write(newest, Arrays.copyOf(whole, length));

      var found = file.read();

      assertThat(found.documents()).as("cut to %d octets", length).containsExactly("first");
      assertThat(found.passedOver()).singleElement().asString().contains("state.json");
    }
  }

  @Test
  void aFileInWhichOneBitHasTurnedIsPassedOver() throws IOException {
    byte[] whole = Files.readAllBytes(newest);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(newest, damaged);

      assertThat(file.read().documents()).as("bit %d", bit).containsExactly("first");
    }
  }

  @Test
  void twoDamagedGenerationsAreNoStateAndNoFailure() throws IOException {
    Files.write(newest, new byte[] {1, 2, 3});
    Files.write(directory.resolve("state/state.previous.json"), new byte[0]);

    assertThat(file.read().documents()).isEmpty();
    assertThat(file.read().passedOver()).hasSize(2);
  }

  @Test
  void aDamagedNewestOneNeverTakesThePlaceOfAGoodPreviousOne() throws IOException {
    Files.write(newest, new byte[] {1, 2, 3});
    var restarted = new StateFile(directory.resolve("state"));

    restarted.write("third");
    assertThat(restarted.read().documents()).containsExactly("third", "first");

    restarted.write("fourth");
    assertThat(restarted.read().documents()).containsExactly("fourth", "third");
  }

  @Test
  void aFileOfAnotherVersionIsPassedOver() throws IOException {
    Files.writeString(newest, "fairlead-state 2 abc\nlater");

    assertThat(file.read().passedOver()).singleElement().asString().contains("not a state file");
  }

  @Test
  void whatALaterWriteLeftHalfDoneDoesNotMatter() throws IOException {
    Files.writeString(directory.resolve("state/state.json.tmp"), "half a docu");

    file.write("third");

    assertThat(file.read().documents()).containsExactly("third", "second");
  }

  @Test
  void aCrashBetweenTheTwoRenamesLosesNothingThatWasThereBefore() throws IOException {
    Files.move(
        newest,
        directory.resolve("state/state.previous.json"),
        StandardCopyOption.REPLACE_EXISTING);

    assertThat(file.read().documents()).containsExactly("second");
  }

  @Test
  void anyTextComesBackAsItWas() throws IOException {
    var random = new Random(20261123);
    for (int i = 0; i < 200; i++) {
      String text =
          random
              .ints(random.nextInt(2000), 1, 0xd7ff)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();

      file.write(text);

      assertThat(file.read().documents().getFirst()).isEqualTo(text);
    }
  }
}
