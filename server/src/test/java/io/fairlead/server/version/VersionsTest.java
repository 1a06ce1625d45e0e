package io.fairlead.server.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions come, stay over a restart, are bounded, and a broken disk stops nothing. */
final class VersionsTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  @TempDir private Path state;

  private Versions open() {
    return new Versions(new VersionFolder(state));
  }

  private static void accept(Versions versions, String... texts) {
    for (String text : texts) {
      versions.accepted(text, Occasion.FILE_CHANGED, NOON);
    }
  }

  private static List<Integer> numbers(Versions versions) {
    return versions.all().stream().map(Version::number).toList();
  }

  @Test
  void saysNumberTimeWhoAndWhyOverARestart() {
    open().accepted("one: ü\n", new Occasion("192.0.2.7", "because\nof that"), NOON);

    Version kept = open().all().getFirst();

    assertThat(kept.number()).isOne();
    assertThat(kept.at()).isEqualTo(NOON);
    assertThat(kept.occasion()).isEqualTo(new Occasion("192.0.2.7", "because of that"));
    assertThat(kept.octets()).isEqualTo(8);
    assertThat(open().text(1)).isEqualTo("one: ü\n");
  }

  @Test
  void theSameTextIsTheSameVersion() {
    var versions = open();
    accept(versions, "a", "a", "b", "b", "a");
    assertThat(numbers(versions)).containsExactly(3, 2, 1);

    var restarted = open();
    assertThat(restarted.current()).isNull();
    accept(restarted, "a");
    assertThat(numbers(restarted)).containsExactly(3, 2, 1);
    assertThat(restarted.current()).extracting(Version::number).isEqualTo(3);
  }

  @Test
  void aPinHoldsOverARestartAndMovesThePointerAlone() {
    var versions = open();
    accept(versions, "a", "b");
    versions.pin(1);

    assertThat(numbers(versions)).containsExactly(2, 1);
    assertThat(versions.current()).extracting(Version::number).isEqualTo(1);
    assertThat(open().pinned()).isEqualTo(OptionalInt.of(1));
    assertThat(new VersionFolder(state).readPinned()).contains(new VersionFolder.Pinned(1, "a"));

    var restarted = open();
    accept(restarted, "a");
    assertThat(numbers(restarted)).as("the pinned one, not a new one").containsExactly(2, 1);
    assertThat(restarted.current()).extracting(Version::number).isEqualTo(1);

    versions.unpin();
    assertThat(open().pinned()).isEmpty();
  }

  @Test
  void theOldestAreForgottenButNotThePinnedOne() {
    var versions = open();
    accept(versions, "0", "1");
    versions.pin(1);
    for (int i = 2; i <= Versions.MAX_VERSIONS + 1; i++) {
      accept(versions, Integer.toString(i));
    }

    assertThat(numbers(versions)).hasSize(Versions.MAX_VERSIONS).contains(1).doesNotContain(2, 3);
    assertThat(numbers(open())).isEqualTo(numbers(versions));
    assertThatThrownBy(() -> versions.text(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no version 2; kept are 1 to 102");
  }

  @Test
  void aDamagedOneIsPassedOverAndItsNumberIsNotGivenAgain() throws IOException {
    accept(open(), "a", "b", "c");
    Path second = state.resolve("versions/2.yaml");
    Files.writeString(second, Files.readString(second) + "x");

    var versions = open();
    accept(versions, "d");

    assertThat(numbers(versions)).containsExactly(4, 3, 1);
  }

  @Test
  void whatIsOnDiskIsTheFileBelowOneComment() throws IOException {
    accept(open(), "version: 1\n");

    assertThat(Files.readAllLines(state.resolve("versions/1.yaml")))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("# fairlead-version {\"number\":1,"),
            second -> assertThat(second).isEqualTo("version: 1"));
  }

  @Test
  void aDiskThatFailsIsSaidAndStopsNothing() throws IOException {
    Files.createFile(state.resolve("versions"));
    var versions = open();

    accept(versions, "a");
    assertThat(versions.failure()).contains("version 1 cannot be kept");
    assertThat(versions.all()).isEmpty();

    Files.delete(state.resolve("versions"));
    accept(versions, "b");
    assertThat(versions.failure()).isEmpty();
    assertThat(numbers(versions)).containsExactly(1);
  }

  @Test
  void whatCameFromNoFileIsNoVersion() {
    var versions = open();
    accept(versions, "a", "");

    assertThat(versions.current()).isNull();
    assertThat(numbers(versions)).containsExactly(1);
  }
}
