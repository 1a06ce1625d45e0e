package io.fairlead.server.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.config.file.ConfigLoader;
import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.policy.geo.GeoFileException;
import io.fairlead.server.control.Published;
import io.fairlead.server.control.Rehearsal;
import io.fairlead.server.explain.Question;
import io.fairlead.server.reload.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The share of clients that a change moves, computed by hand and by asking. */
final class ReplayTest {
  private static final String FILE =
      """
      version: 1
      zones:
        - name: example.com
          contact: hostmaster.example.com
          nameServers: [ { name: ns1.example.com, addresses: ["127.0.0.1"] } ]
          records: |
            info 300 IN TXT "here"
      sites: [ { name: east }, { name: west } ]
      services:
        - name: www.example.com
          pools:
            - name: main
              algorithm: round-robin
              members:
                - { site: east, address: 192.0.2.1, weight: 8 }
                - { site: west, address: 192.0.2.2, weight: 2 }
      """;

  /** A third of the rows are in DE; whoever is nowhere gets the whole pool. */
  private static final String PLACES =
      """
      network,country,continent,latitude,longitude
      198.18.0.0/16,DE,EU,51,9
      198.19.0.0/17,US,NA,40,-100
      """;

  @TempDir private Path folder;

  private Published rehearse(String yaml) throws IOException, GeoFileException {
    Path file = Files.writeString(folder.resolve("file.yaml"), yaml);
    Files.writeString(folder.resolve("places.csv"), PLACES);
    if (!(ConfigLoader.load(file) instanceof Result.Loaded(var config, _))) {
      throw new AssertionError(ConfigLoader.load(file).toString());
    }
    return Rehearsal.of(config, new Places().load(config), List.of());
  }

  private Moves changedTo(String after, String... recorded) throws IOException, GeoFileException {
    return compare(FILE, after, recorded);
  }

  private Moves compare(String before, String after, String... recorded)
      throws IOException, GeoFileException {
    Published old = rehearse(before);
    Published next = rehearse(after);
    Map<Question, Integer> questions =
        recorded.length == 0
            ? Population.of(old, next)
            : Questions.parse("test", List.of(recorded));
    return Replay.compare(old, next, questions, EdnsSettings.DEFAULT);
  }

  @Test
  void nothingMovesWhereNothingChanges() throws Exception {
    Moves moves = changedTo(FILE + "# a comment\n");

    assertThat(moves.share()).isZero();
    assertThat(moves.flows()).isEmpty();
    assertThat(moves.questions()).isEqualTo(Population.CLIENTS);
  }

  /** East has 80 of 100 before; after, the split says. */
  @ParameterizedTest(name = "8:2 becomes {0}:{1}")
  @CsvSource({"5,5,0.3", "2,8,0.6", "8,2,0", "1,9,0.7", "9,1,0.1", "16,4,0"})
  void weightsMoveWhatTheyMustAndNoMore(int east, int west, double share) throws Exception {
    Moves moves =
        changedTo(
            FILE.replace("weight: 2", "weight: " + west)
                .replaceFirst("weight: 8", "weight: " + east));

    assertThat(moves.share()).isCloseTo(share, within(0.001));
    if (share > 0) {
      boolean westward = east < 4 * west;
      assertThat(moves.flows())
          .singleElement()
          .satisfies(
              flow -> {
                assertThat(flow.name()).isEqualTo("www.example.com");
                assertThat(flow.from())
                    .isEqualTo(westward ? "192.0.2.1 (east)" : "192.0.2.2 (west)");
                assertThat(flow.to()).isEqualTo(westward ? "192.0.2.2 (west)" : "192.0.2.1 (east)");
                assertThat(flow.share()).isCloseTo(share, within(0.001));
              });
    }
  }

  @Test
  void aNameThatIsGoneBreaks() throws Exception {
    Moves moves =
        changedTo(
            FILE.replace("name: www.", "name: web.").replace("info 300", "note 300"),
            "192.0.2.9 www.example.com A",
            "192.0.2.9 www.example.com A",
            "192.0.2.9 info.example.com TXT",
            "# a comment",
            "192.0.2.9 nowhere.example.com A");

    assertThat(moves.questions()).isEqualTo(4);
    assertThat(moves.share()).isCloseTo(0.75, within(0.001));
    assertThat(moves.broken())
        .containsExactlyInAnyOrder(
            new Moves.Broken("www.example.com", "A", "NXDOMAIN", 1),
            new Moves.Broken("info.example.com", "TXT", "NXDOMAIN", 1));
  }

  @Test
  void onlyTheClientsOfAPlaceMove() throws Exception {
    String geo =
        FILE.replace("version: 1\n", "version: 1\ngeo: { databases: [ { path: places.csv } ] }\n")
            .replace("{ name: east }", "{ name: east, location: { latitude: 51, longitude: 9 } }")
            .replace(
                "{ name: west }", "{ name: west, location: { latitude: 40, longitude: -100 } }")
            .replace("algorithm: round-robin", "algorithm: geo")
            .replaceAll(", weight: [82] }", " }");
    String without = geo.replaceFirst("(?m)^.*address: 192\\.0\\.2\\.1.*\\n", "");
    assertThat(without).isNotEqualTo(geo);

    Moves moves = compare(geo, without);

    assertThat(moves.share())
        .as("the German network is twice the American")
        .isCloseTo(2 / 3.0, within(0.05));
    assertThat(moves.flows())
        .extracting(Moves.Flow::from, Moves.Flow::to)
        .containsExactly(tuple("192.0.2.1 (east)", "192.0.2.2 (west)"));
  }

  @Test
  void clientsComeFromEveryPlaceAndTheSameEachTime() throws Exception {
    String geo =
        FILE.replace("version: 1\n", "version: 1\ngeo: { databases: [ { path: places.csv } ] }\n")
            .replace("{ name: east }", "{ name: east, location: { latitude: 51, longitude: 9 } }")
            .replace(
                "{ name: west }", "{ name: west, location: { latitude: 40, longitude: -100 } }")
            .replace("algorithm: round-robin", "algorithm: geo")
            .replaceAll(", weight: [82] }", " }");
    var data = rehearse(geo).model().geo();

    assertThat(Population.clients(data, 2).stream().map(client -> client.getHostAddress()))
        .allMatch(address -> address.startsWith("198.18.") || address.startsWith("198.19."))
        .hasSize(2);
    assertThat(Population.clients(data, 500)).isEqualTo(Population.clients(data, 500)).hasSize(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.1 www.example.com         | queries:2: allowed is CLIENT NAME TYPE
          192.0.2.1 www.example.com APPLE   | queries:2: APPLE is no record type
          192.0.2.256 www.example.com A     | queries:2: "192.0.2.256" is no IPv4 or IPv6 address
          192.0.2.1/33 www.example.com A    | queries:2: "192.0.2.1/33": a prefix length of 0 to 32
          192.0.2.1 www..example.com A      | queries:2:
          """)
  void aLineThatIsNoneIsSaidWithItsNumber(String line, String reason) {
    assertThatThrownBy(
            () -> Questions.parse("queries", List.of("192.0.2.1 www.example.com A", line)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(reason);
  }
}
