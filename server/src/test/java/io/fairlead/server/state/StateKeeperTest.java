package io.fairlead.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedMember;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was kept comes back, field by field; a disk that fails stops nobody and is said. */
final class StateKeeperTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private static final KeptState FULL =
      new KeptState(
          NOON,
          "version: 1\n# ümlaut\n",
          Map.of("/127.0.0.1:80 Tcp[]", true, "/[::1]:81 Tcp[]", false),
          List.of(
              new ClusterMembers(
                  "a@b",
                  List.of(
                      new ImportedMember(
                          "app.example.com",
                          "a@b",
                          "oslo",
                          InetAddress.ofLiteral("2001:db8::1"),
                          new ImportedMember.Origin("a@b", "shop", "Ingress", "web"))),
                  NOON)),
          List.of(
              new OperatorOverride(
                  new OperatorOverride.Subject.Member("app.example.com", "192.0.2.1"),
                  OperatorOverride.State.DRAIN,
                  "patching",
                  NOON),
              new OperatorOverride(
                  new OperatorOverride.Subject.Site("oslo"),
                  OperatorOverride.State.DISABLE,
                  "",
                  NOON)),
          Map.of("example.com", 4_000_000_000L),
          Map.of(
              new OperatorOverride.Subject.Member("app.example.com", "192.0.2.2"),
              new Absence(NOON, 3, NOON.plusSeconds(1), NOON.plusSeconds(2)),
              new OperatorOverride.Subject.Member("app.example.com", "192.0.2.3"),
              new Absence(NOON, 1, null, null)));

  @TempDir private Path directory;

  @Test
  void everyFieldComesBack() throws Exception {
    var file = new StateFile(directory);
    try (var keeper = new StateKeeper(file)) {
      keeper.keep(FULL).get(20, TimeUnit.SECONDS);
    }

    assertThat(StateKeeper.restore(file)).contains(FULL);
  }

  @Test
  void closingWritesWhatIsPending() throws Exception {
    var file = new StateFile(directory);
    try (var keeper = new StateKeeper(file)) {
      for (int i = 0; i < 100; i++) {
        var _ = keeper.keep(FULL.withVerdicts(Map.of("target " + i, true)));
      }
    }

    assertThat(StateKeeper.restore(file).orElseThrow().verdicts()).containsOnlyKeys("target 99");
  }

  @Test
  void aDocumentThatIsWholeButNoStateIsPassedOver() throws Exception {
    var file = new StateFile(directory);
    try (var keeper = new StateKeeper(file)) {
      keeper.keep(FULL).get(20, TimeUnit.SECONDS);
    }
    file.write("{\"savedAt\": 5}");

    assertThat(StateKeeper.restore(file)).contains(FULL);
  }

  @Test
  void aDirectoryThatCannotBeIsSaidAndHealsByItself() throws Exception {
    Path blocked = directory.resolve("blocked");
    Files.writeString(blocked, "a file where the directory should be");
    try (var keeper = new StateKeeper(new StateFile(blocked))) {
      var written = keeper.keep(FULL);

      assertThatThrownBy(() -> written.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class);
      assertThat(keeper.failure()).contains("cannot be kept in").contains("blocked");

      Files.delete(blocked);
      keeper.keep(FULL).get(20, TimeUnit.SECONDS);
      assertThat(keeper.failure()).isEmpty();
    }
  }
}
