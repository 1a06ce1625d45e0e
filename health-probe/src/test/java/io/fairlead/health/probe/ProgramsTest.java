package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.spec.Check;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks by real programs: scripts of the test's own, and the system's ping. */
class ProgramsTest {
  private static final Duration BRIEF = Duration.ofMillis(700);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exit 0                                  | UP   | exit 0 in \\d+ ms",
        "echo all is well; exit 0                | UP   | exit 0: all is well in \\d+ ms",
        "echo no disk >&2; exit 3                | DOWN | exit 3: no disk",
        "exec kill -9 $$                         | DOWN | exit 137",
        "seq 1 900000; exit 0                     | UP   | exit 0: 1 in \\d+ ms",
        "cat; exit 4                             | DOWN | exit 4",
        "echo $FAIRLEAD_ADDRESS:$FAIRLEAD_PORT $FAIRLEAD_HOST $HOME; exit 1 | DOWN | exit 1:"
            + " 127.0.0.1:7 app.example",
        "echo \"$#:$1:$2\"; exit 1                 | DOWN | exit 1: 2:$(id) *:'",
      })
  void theExitCodeDecidesAndTheFirstLineIsTheReason(String script, Verdict verdict, String reason)
      throws IOException {
    var check = new Check.External(program(script), List.of("$(id) *", "'"), "app.example");
    TargetStatus found = OneProbe.of(7, check);

    assertThat(found.verdict()).isEqualTo(verdict);
    if (verdict == Verdict.UP) {
      assertThat(found.reason()).matches(reason);
    } else {
      assertThat(found.reason()).isEqualTo(reason);
    }
  }

  @Test
  void oneThatHangsAndForksIsEndedWithItsChildren() throws IOException {
    Path pids = folder.resolve("pids");
    String script =
        """
        trap '' TERM HUP
        (trap '' TERM HUP; exec sleep 300) & echo $! >> %1$s
        (setsid --fork sh -c 'true') ; (sleep 300 & echo $! >> %1$s) & wait
        """
            .formatted(pids);
    var check = new Check.External(program(script), List.of(), "app.example");

    assertThat(OneProbe.of("127.0.0.1", 7, check, BRIEF).reason())
        .isEqualTo("no answer within 700 ms (it was still running)");
    for (String pid : Files.readAllLines(pids)) {
      awaitEnd(Long.parseLong(pid));
    }
    assertThat(Files.readAllLines(pids)).hasSize(2);
  }

  /** It may be a zombie for a moment, or for ever where nobody reaps orphans. */
  private static void awaitEnd(long pid) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    while (Files.exists(stat) && !read(stat).contains(") Z ")) {
      assertThat(System.nanoTime()).as("process %d lives", pid).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static String read(Path stat) {
    try {
      return Files.readString(stat);
    } catch (IOException _) {
      return ") Z "; // gone between the two looks
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "::1"})
  void pingIsAnswered(String address) {
    TargetStatus found = OneProbe.of(address, 0, new Check.Ping(), OneProbe.PATIENT);
    assertThat(found.reason()).matches("answered in \\d+ ms");
  }

  private String program(String script) throws IOException {
    Path file = folder.resolve("check.sh");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }
}
