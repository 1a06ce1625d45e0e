package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * F2: one zone or 100,000, reloaded again and again under load: no question is lost, no answer
 * mixes two files, and what the files before took is given back.
 */
final class ManyZonesReloadTest {
  /** {@code -Dfairlead.reloads=25} for the whole: 1,000 reloads, and up to 100,000 zones. */
  private static final int SCALE = Integer.getInteger("fairlead.reloads", 1);

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;

  /** One zone more or less than the file before, and another TTL in each zone. */
  private String yaml(int zones, int ttl) {
    String list =
        IntStream.range(0, zones)
            .mapToObj(
                i ->
                    """
                      - name: z%d.example
                        contact: h.z%d.example
                        nameServers: [ { name: ns1.z%d.example, addresses: ["127.0.0.1"] } ]
                        records: "www %d IN A 127.0.0.9"
                    """
                        .formatted(i, i, i, ttl))
            .collect(Collectors.joining());
    return """
    version: 1
    node: { name: dns-1, stateDirectory: "%s" }
    listen: { udp: ["127.0.0.1:0"], tcp: ["127.0.0.1:0"] }
    admin: { listen: "127.0.0.1:0" }
    zones:
    %s\
    """
        .formatted(folder.resolve("state"), list);
  }

  @ParameterizedTest(name = "{0} zones, {1} reloads")
  @CsvSource({"1, 40", "1000, 8", "4000, 2"})
  void reloadsLoseNothingAndGiveBackTheirMemory(int zonesOfASample, int reloadsOfASample)
      throws Exception {
    int zones = zonesOfASample == 1 ? 1 : zonesOfASample * SCALE;
    int reloads = zonesOfASample == 1 ? reloadsOfASample * SCALE : reloadsOfASample;
    String one = yaml(zones, 1);
    String other = yaml(zones + 1, 2);
    String last = "www.z" + (zones - 1) + ".example";
    String extra = "www.z" + zones + ".example";

    try (var server = FruitServer.start(folder, one);
        var witness =
            new Witness(
                server.server(), 1000, List.of("www.z0.example", last, extra), this::fault)) {
      long before = usedHeap();
      for (int i = 1; i <= reloads; i++) {
        long asked = witness.asked();
        server.offer(i % 2 == 0 ? one : other);
        assertThat(server.server().reload()).isEmpty();
        assertThat(server.ask().udp(last, 1).getSection(Section.ANSWER).getFirst())
            .as("what reload returned after is served")
            .extracting(Record::getTTL)
            .isEqualTo(i % 2 == 0 ? 1L : 2L);
        Until.isTrue("ten more questions", SOON, () -> witness.asked() > asked + 10);
      }
      Witness.Report report = witness.report();
      assertThat(report.wrong()).isEmpty();
      assertThat(report.lost()).isZero();
      assertThat(usedHeap())
          .as("octets of heap, %d before", before)
          .isLessThan(before + before / 4 + 16_000_000);
    }
  }

  /** The zone that only one of the two files has is answered or refused; the others have a TTL. */
  private String fault(Message reply) {
    List<Record> answer = reply.getSection(Section.ANSWER);
    boolean whole =
        answer.size() == 1 && (answer.getFirst().getTTL() == 1 || answer.getFirst().getTTL() == 2);
    return whole || reply.getRcode() == Rcode.REFUSED ? "" : "neither file says this";
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
