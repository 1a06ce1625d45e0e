package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Problem;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.server.Fairlead;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;

/**
 * A thousand damaged files are offered to a running server: each is taken whole or refused whole,
 * and a witness hears only what the accepted ones allow.
 */
final class DamagedFileScenarioTest {
  private static final long SEED = 20261123;
  private static final int ROUNDS = Integer.getInteger("fairlead.mutations", 1000);

  @TempDir private Path folder;
  private final Said said = new Said();
  private List<Site> sites;
  private FruitServer fruit;
  private String good;

  /** By the file that is served, and by the one that is offered. */
  private final Set<Allowed> allowed = ConcurrentHashMap.newKeySet();

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

  @Test
  void eachIsTakenWholeOrRefusedWholeAndNoAnswerIsWrongOrLost() throws Exception {
    var mutations = new Mutations(good, SEED);
    allowed.add(byFile());
    Witness.Report report;
    int refused = 0;
    try (var witness = new Witness(fruit.server(), 200, List.of(FruitServer.NAME), this::faultOf)) {
      for (int round = 0; round < ROUNDS; round++) {
        String what = "seed %d round %d: %s".formatted(SEED, round, mutations.next(fruit.file()));
        refused += offer(what, witness) ? 0 : 1;
        if (round % 100 == 99) {
          assertThat(metric()).as(what).isEqualTo(refusedNow() ? "1.0" : "0.0");
        }
      }
      putGoodBack(witness);
      assertThat(metric()).isEqualTo("0.0");
      report = witness.report();
    }

    assertThat(report.wrong()).isEmpty();
    assertThat(report.lost()).isZero();
    assertThat(report.asked()).isGreaterThan(ROUNDS);
    assertThat(refused).as("most, but not all, damage is to be seen").isBetween(1, ROUNDS - 1);
    assertThat(said.traces()).isEmpty();
  }

  @Test
  void whatWouldEatTheHeapIsRefused() throws IOException {
    var bombs =
        Map.of(
            "brackets in brackets", "[".repeat(1_000_000),
            "keys below keys", "a: {".repeat(100_000),
            "aliases of aliases", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
            "one long line", "version: " + "1".repeat(1_000_000),
            "blanks without end", " ".repeat(70 << 20));
    bombs.forEach(
        (what, text) -> {
          fruit.offer(text);
          assertThat(fruit.server().reload()).as(what).isNotEmpty();
        });
    try (var sparse = new RandomAccessFile(fruit.file().toFile(), "rw")) {
      sparse.setLength(100L << 20);
      assertThat(fruit.server().reload()).as("100 MB").isNotEmpty();
    }

    assertThat(fruit.server().published().model().configText()).isEqualTo(good);
    assertThat(fruit.ask().addresses(FruitServer.NAME)).hasSize(1);
    assertThat(said.traces()).isEmpty();
  }

  @Test
  void aByteOrderMarkIsNoDamage() {
    fruit.offer("\uFEFF" + good);

    assertThat(fruit.server().reload()).isEmpty();
    assertThat(fruit.server().published().model().configText()).isEqualTo("\uFEFF" + good);
  }

  /** Offers what stands in the file's place; whether it was accepted. */
  private boolean offer(String what, Witness witness) throws IOException {
    Fairlead server = fruit.server();
    String before = server.published().model().configText();
    if (ConfigLoader.load(fruit.file()) instanceof Result.Loaded(var config, _)) {
      allowed.add(Allowed.by(config, FruitServer.NAME));
    }

    List<Problem> problems = server.reload();

    boolean accepted = problems.isEmpty();
    assertThat(refusedNow()).as(what).isEqualTo(!accepted);
    assertThat(server.published().model().configText())
        .as(what)
        .isEqualTo(accepted ? Files.readString(fruit.file()) : before);
    if (accepted) {
      putGoodBack(witness);
    }
    return accepted;
  }

  /** The next good file applies; what was allowed until now is allowed no longer. */
  private void putGoodBack(Witness witness) throws IOException {
    if (Files.isDirectory(fruit.file())) {
      Files.delete(fruit.file());
    }
    fruit.offer(good);
    assertThat(fruit.server().reload()).isEmpty();
    assertThat(fruit.server().published().model().configText()).isEqualTo(good);
    witness.settle();
    allowed.retainAll(Set.of(byFile()));
  }

  private Allowed byFile() {
    if (ConfigLoader.load(fruit.file()) instanceof Result.Loaded(var config, _)) {
      return Allowed.by(config, FruitServer.NAME);
    }
    throw new AssertionError("the good file is refused");
  }

  private String faultOf(Message reply) {
    return allowed.stream().anyMatch(one -> one.allows(reply)) ? "" : "allowed is " + allowed;
  }

  private boolean refusedNow() {
    return !fruit.server().published().model().refused().isEmpty();
  }

  private String metric() {
    return fruit
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("fairlead_config_refused "))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .findAny()
        .orElse("no such metric");
  }
}
