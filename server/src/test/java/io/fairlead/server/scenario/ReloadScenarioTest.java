package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.fairlead.config.Problem;
import io.fairlead.dns.count.Outcome;
import io.fairlead.server.reload.ConfigFile;
import io.fairlead.server.reload.FileWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Files come and go under a running server; queries notice nothing but what the file says. */
final class ReloadScenarioTest {
  private static final String EXTRA = "extra.gslb.guzware.net";
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final Said said = new Said();
  private List<Site> sites;
  private FruitServer fruit;
  private String good;

  @BeforeEach
  void start() throws Exception {
    sites = Site.open("127.0.10.1", "127.0.20.1");
    good = FruitServer.yaml(folder, sites.getFirst().port());
    fruit = FruitServer.start(folder, good);
  }

  @AfterEach
  void stop() {
    fruit.close();
    sites.forEach(Site::close);
    said.close();
  }

  /** Another TTL, and a service more. */
  private static String other(String good) {
    return good.replace("ttl: 2s", "ttl: 3s")
        + """
          - name: extra.gslb.guzware.net
            ttl: 5s
            pools: [ { name: only, priority: 1, algorithm: round-robin,
                       members: [ { site: home-lab, address: 127.0.30.1, weight: 1 } ] } ]
        """;
  }

  @Test
  void aHundredReloadsLoseNoQueryAndMixNoTwoFiles() {
    Witness.Report report;
    try (var witness =
        new Witness(
            fruit.server(),
            1000,
            List.of(FruitServer.NAME, FruitServer.NAME, EXTRA),
            ReloadScenarioTest::fault)) {
      String other = other(good);
      for (int i = 0; i < 100; i++) {
        long asked = witness.asked();
        fruit.offer(i % 2 == 0 ? other : good);
        assertThat(fruit.server().reload()).isEmpty();
        assertThat(fruit.ask().udp(FruitServer.NAME, 1).getSection(Section.ANSWER).getFirst())
            .as("what reload returned after is served")
            .extracting(Record::getTTL)
            .isEqualTo(i % 2 == 0 ? 3L : 2L);
        Until.isTrue("ten more questions", SOON, () -> witness.asked() > asked + 10);
      }
      report = witness.report();
    }

    assertThat(report.wrong()).isEmpty();
    assertThat(report.lost()).isZero();
    assertThat(report.asked()).isGreaterThan(1000);
    assertThat(report.overTcp()).isGreaterThan(10);
    // Each query has moved exactly one counter: the witness's, and the one after each reload.
    assertThat(Arrays.stream(Outcome.values()).mapToLong(fruit.server().counters()::count).sum())
        .isEqualTo(report.asked() + 100);
    assertThat(said.traces()).isEmpty();
  }

  /** What either file allows; TTL 2 or 3 for fruit, and the extra name or NXDOMAIN. */
  private static String fault(Message reply) {
    boolean extra = reply.getQuestion().getName().toString(true).equals(EXTRA);
    List<String> answer =
        reply.getSection(Section.ANSWER).stream()
            .map(record -> record.getTTL() + " " + record.rdataToString())
            .toList();
    boolean allowed =
        extra
            ? answer.equals(List.of("5 127.0.30.1"))
                || (answer.isEmpty() && reply.getRcode() == Rcode.NXDOMAIN)
            : answer.size() == 1 && answer.getFirst().matches("[23] 127\\.0\\.[12]0\\.1");
    return allowed ? "" : "neither file says this";
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          another version        | version: 1                    | version: 7
          unknown key            | negativeTtl: 30s              | negativTtl: 30s
          unknown algorithm      | algorithm: round-robin        | algorithm: round-robbin
          bad member address     | address: 127.0.10.1           | address: 127.0.10.256
          bad listen address     | tcp: ["127.0.0.1:0"]          | tcp: ["127.0.0.1:70000"]
          unknown site           | site: remote-site             | site: remote-sight
          unknown monitor        | monitors: [apple]             | monitors: [pear]
          negative TTL           | ttl: 2s                       | ttl: -2s
          no duration            | interval: 1s                  | interval: often
          no unit                | timeout: 500ms                | timeout: 500
          bad status             | status: ["200-399"]           | status: ["399-200"]
          name out of the zones  | - name: fruit.gslb.guzware.net | - name: fruit.example.org
          bad record             | 300 IN CNAME fruit            | 300 IN CNAME fr..uit
          negative weight        | 127.0.20.1, weight: 1         | 127.0.20.1, weight: -1
          a list that is none    | answers: 1                    | answers: [1]
          a tab                  | downResponse: {               | TABdownResponse: {
          an unknown pool key    | algorithm: round-robin        | algorythm: round-robin
          a key twice            | answers: 1                    | ttl: 3s
          """)
  void aBrokenFileIsRefusedWithItsLineAndTheOneBeforeGoesOn(
      String what, String from, String toWithTab) {
    String to = toWithTab.replace("TAB", "\t");
    String broken = good.replaceFirst(Pattern.quote(from), to);
    assertThat(broken).isNotEqualTo(good);
    int line = (int) broken.substring(0, broken.indexOf(to) + 1).lines().count();
    String before = fruit.server().published().model().configText();
    fruit.offer(broken);

    List<Problem> problems = fruit.server().reload();

    assertThat(problems).as(what).extracting(Problem::line).contains(line);
    assertThat(problems).allSatisfy(p -> assertThat(p.file()).endsWith("fruit.yaml"));
    assertThat(fruit.server().published().model().configText()).isEqualTo(before);
    assertThat(fruit.ask().share(FruitServer.NAME, 4).keySet())
        .containsExactlyInAnyOrder("127.0.10.1", "127.0.20.1");
    fruit.offer(good);
    assertThat(fruit.server().reload()).isEmpty();
  }

  /**
   * The older file is the longer one: who began with it ends after who began with the newer one.
   */
  @Test
  void theNewestFileWinsHoweverManyReadItAtOnce() throws Exception {
    String padding = "# an old and long file\n".repeat(100_000);
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 5; i++) {
        fruit.offer(good + padding);
        var begun = new CountDownLatch(2);
        var late =
            IntStream.range(0, 2)
                .mapToObj(
                    _ ->
                        CompletableFuture.runAsync(
                            () -> {
                              begun.countDown();
                              assertThat(fruit.server().reload()).isEmpty();
                            },
                            threads))
                .toList();
        begun.await();
        String newest = good + "# " + i + "\n";
        fruit.offer(newest);
        assertThat(fruit.server().reload()).isEmpty();
        late.forEach(CompletableFuture::join);

        assertThat(fruit.server().published().model().configText())
            .as("round %d", i)
            .hasSameSizeAs(newest)
            .isEqualTo(newest);
      }
    }
  }

  @Test
  void aChangedFileIsNoticed() {
    try (var _ = new FileWatch(new ConfigFile(fruit.file()), fruit.server()::reload)) {
      fruit.offer(good.replace("ttl: 2s", "ttl: 3s"));
      Until.isTrue("the new TTL", SOON, () -> ttl() == 3);

      fruit.offer("version: [");
      Until.isTrue("said", SOON, () -> !said.with("configuration refused").isEmpty());
      assertThat(ttl()).isEqualTo(3);

      fruit.offer(good.replace("ttl: 2s", "ttl: 4s"));
      Until.isTrue("the next good one", SOON, () -> ttl() == 4);
    }
  }

  /** As Kubernetes mounts a ConfigMap: the file is a link into a folder that is a link. */
  @Test
  void aLinkThatLeadsElsewhereIsNoticed() throws IOException {
    Path one = Files.createDirectory(folder.resolve("..one")).resolve("fruit.yaml");
    Path two = Files.createDirectory(folder.resolve("..two")).resolve("fruit.yaml");
    Files.writeString(one, good);
    Files.writeString(two, good.replace("ttl: 2s", "ttl: 3s"));
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..one"));
    Files.delete(fruit.file());
    Files.createSymbolicLink(fruit.file(), Path.of("..data/fruit.yaml"));
    try (var _ = new FileWatch(new ConfigFile(fruit.file()), fruit.server()::reload)) {
      Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..two"));
      Files.move(
          folder.resolve("..data_tmp"),
          folder.resolve("..data"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);

      Until.isTrue("the new TTL", SOON, () -> ttl() == 3);
    }
  }

  /** A file may change while the server still starts: between its first reading and the watch. */
  @Test
  void aChangeBeforeTheWatchBeganIsNoticed() {
    var file = new ConfigFile(fruit.file());
    file.read();
    fruit.offer(good.replace("ttl: 2s", "ttl: 3s"));
    try (var _ = new FileWatch(file, fruit.server()::reload)) {
      Until.isTrue("the new TTL", SOON, () -> ttl() == 3);
    }
  }

  @Test
  void aFileThatIsStillBeingWrittenIsLeftAlone() throws IOException {
    byte[] whole = other(good).getBytes(StandardCharsets.UTF_8);
    try (var _ = new FileWatch(new ConfigFile(fruit.file()), fruit.server()::reload)) {
      boolean steady = false;
      for (int attempt = 0; attempt < 5 && !steady; attempt++) {
        steady = writeSlowly(whole);
        Until.isTrue("read when it is whole", SOON, () -> ttl() == 3);
        // A writer that this machine has stopped for longer than the watch looks shows nothing.
        if (steady) {
          assertThat(said.atLeast(Level.ERROR)).isEmpty();
        }
        fruit.offer(good);
        Until.isTrue("the first file again", SOON, () -> ttl() == 2);
      }
      assertThat(steady).as("the machine lets the writer run").isTrue();
    }
  }

  /** A piece every tenth of a second, for two seconds; false where a pause got long. */
  private boolean writeSlowly(byte[] whole) throws IOException {
    long longest = 0;
    long last = System.nanoTime();
    Files.write(fruit.file(), new byte[0]);
    int piece = whole.length / 20 + 1;
    for (int at = 0; at < whole.length; at += piece) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      Files.write(
          fruit.file(),
          Arrays.copyOfRange(whole, at, Math.min(whole.length, at + piece)),
          StandardOpenOption.APPEND);
      longest = Math.max(longest, System.nanoTime() - last);
      last = System.nanoTime();
    }
    return longest < Duration.ofMillis(400).toNanos();
  }

  private long ttl() {
    return fruit.ask().udp(FruitServer.NAME, 1).getSection(Section.ANSWER).getFirst().getTTL();
  }
}
