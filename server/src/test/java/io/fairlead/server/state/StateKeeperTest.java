package io.fairlead.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.sync.amko.AmkoPolicy;
import io.fairlead.sync.amko.AmkoPolicy.HostRule;
import io.fairlead.sync.amko.AmkoPolicy.Settings;
import io.fairlead.sync.amko.AmkoPolicy.Share;
import io.fairlead.sync.amko.AmkoPolicy.ThirdParty;
import io.fairlead.sync.global.GlobalPolicy;
import io.fairlead.sync.merge.Check;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.Destination;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedMember.Backend;
import io.fairlead.sync.spec.DownResponse;
import io.fairlead.sync.spec.PoolAlgorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was kept comes back, field by field; a disk that fails stops nobody and is said. */
final class StateKeeperTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private static final AmkoPolicy AMKO =
      new AmkoPolicy(
          true,
          Map.of("app", "gslb"),
          Map.of("ns", "gslb"),
          Set.of("a@b", "c@d"),
          new Settings(
              "GlobalDeploymentPolicy avi-system/gdp",
              Duration.ofSeconds(10),
              List.of(new Share("a@b", 8, null), new Share("c@d", null, 5)),
              List.of("hm1", "hm2"),
              null,
              new PoolAlgorithm("geo", null, new PoolAlgorithm("consistent-hash", 24, null)),
              new DownResponse("fallback-address", InetAddress.ofLiteral("192.0.2.9")),
              false),
          Map.of(
              "app.example.com",
              new HostRule(
                  Settings.SILENT,
                  List.of(
                      new ThirdParty("elsewhere", InetAddress.ofLiteral("203.0.113.1"), null),
                      new ThirdParty(
                          "there",
                          InetAddress.ofLiteral("10.0.0.1"),
                          InetAddress.ofLiteral("203.0.113.2"))),
                  Map.of("a@b", InetAddress.ofLiteral("203.0.113.3")))));

  private static final GlobalPolicy GLOBAL =
      new GlobalPolicy(
          Map.of(
              "shop.example.com",
              new GlobalPolicy.Service(
                  "shop",
                  "gs",
                  "2026-01-01T00:00:00Z",
                  Map.of("tier", "front"),
                  2,
                  "{\"host\":\"shop.example.com\",\"ttl\":\"5s\"}")),
          Map.of("shop/hm", "{\"type\":\"http\"}"));

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
                          new ImportedMember.Origin("a@b", "shop", "Ingress", "web")),
                      member("192.0.2.1", new Check.Http(true, List.of("/a", "/b"))),
                      member("192.0.2.2", new Check.Tcp(443)),
                      member("lb-1.cloud.example", new Check.Http(false, 8080, List.of("/"))),
                      member("192.0.2.3", new Check.Udp(53))),
                  NOON,
                  AMKO,
                  GLOBAL)),
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
              new Absence(NOON, 3, NOON.plusSeconds(1), NOON.plusSeconds(2), false),
              new OperatorOverride.Subject.Member("app.example.com", "192.0.2.3"),
              new Absence(NOON, 1, null, null, true)),
          NOON);

  private static ImportedMember member(String address, Check check) {
    return new ImportedMember(
        "global.example.com",
        "a@b",
        "oslo",
        Destination.parse(address),
        new ImportedMember.Origin("a@b", "shop", "Ingress", "web-" + address),
        new Backend("local.example.com", List.of("alias.example.com"), check));
  }

  @TempDir private Path directory;

  @Test
  void everyFieldComesBack() throws Exception {
    var file = new StateFile(directory);
    try (var keeper = new StateKeeper(file)) {
      keeper.keep(FULL).get(20, TimeUnit.SECONDS);
    }

    assertThat(StateKeeper.restore(file)).contains(FULL);
  }

  /** 100,000 services are 20 MB: more than a JSON reader takes in one string unless told. */
  @Test
  void theLargestFileThatIsLoadedComesBack() {
    String text = "#".repeat((64 << 20) - 1) + "\n";

    KeptState back = StateCodec.decode(StateCodec.encode(withText(text)));

    assertThat(back.configText().equals(text)).as("all 64 MiB").isTrue();
  }

  private static KeptState withText(String text) {
    return new KeptState(NOON, text, Map.of(), List.of(), List.of(), Map.of(), Map.of(), null);
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

  /** 10,000 members that change all day would keep a core busy with writing all of them. */
  @Test
  void whatChangesByItselfWaitsForItsLike() throws Exception {
    var made = new AtomicInteger();
    var file = new StateFile(directory);
    try (var keeper = new StateKeeper(file)) {
      var written = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < 100; i++) {
        int now = i;
        written.add(
            keeper.keepSoon(
                () -> {
                  made.incrementAndGet();
                  return FULL.withVerdicts(Map.of("target " + now, true));
                }));
      }
      CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
      assertThat(made).hasValue(1);
      assertThat(StateKeeper.restore(file).orElseThrow().verdicts()).containsOnlyKeys("target 99");

      var soon = keeper.keepSoon(() -> FULL.withVerdicts(Map.of("soon", true)));
      keeper.keep(FULL).get(20, TimeUnit.SECONDS);
      soon.get(20, TimeUnit.SECONDS);
      assertThat(StateKeeper.restore(file)).contains(FULL);
    }
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
