package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can only be seen with zones, records and services together is told at its own line. */
class ZoneProblemsTest {
  @TempDir Path folder;

  /** The records stand in lines 7 and on of the file. */
  private static String withRecords(String... records) {
    return Loads.SMALLEST.replace(
        "sites:\n", "    records: |\n      " + String.join("\n      ", records) + "\nsites:\n");
  }

  private List<String> problems(String text) {
    return Loads.problems(folder, text).stream()
        .map(p -> p.line() + ":" + p.column() + " " + p.key() + ": " + p.reason())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app CNAME x              | a CNAME cannot stand beside a service of the same name",
        "@ CNAME x                | a CNAME cannot stand at the zone's apex",
        "x.example.net. A 1.2.3.4 | it lies outside the zone gslb.example.com",
        "@ 30 SOA a b 1 2 3 4 5   | a second SOA",
        "@ 3600 NS ns9            | the zone's own NS are made of its settings",
        "sub NS ns.sub            | its address must stand here too"
      })
  void aRecordHasItsOwnLine(String record, String reason) {
    assertThat(problems(withRecords("good TXT x", "", record)))
        .singleElement()
        .asString()
        .startsWith("9:7 zones[0].records: ")
        .contains(reason);
  }

  /** The same record twice is two objects, and the second is the one at fault. */
  @Test
  void equalRecordsAreToldApart() {
    assertThat(problems(withRecords("a 60 A 192.0.2.1", "b A 192.0.2.2", "a 61 A 192.0.2.1")))
        .singleElement()
        .asString()
        .startsWith("9:7 zones[0].records: a.gslb.example.com A: its TTL is 61 s");
  }

  @Test
  void aServiceInWhatIsDelegatedAway() {
    String text =
        withRecords("sub NS ns.example.net.")
            .replace("app.gslb.example.com", "app.sub.gslb.example.com");
    assertThat(problems(text))
        .singleElement()
        .asString()
        .startsWith("11:11 services[0].name: the service app.sub.gslb.example.com lies in");
  }

  @Test
  void anAliasInWhatIsDelegatedAway() {
    String text =
        withRecords("sub NS ns.example.net.")
            .replace(
                "    pools:",
                "    aliases: [a.gslb.example.com, b.sub.gslb.example.com]\n    pools:");
    assertThat(problems(text))
        .singleElement()
        .asString()
        .startsWith("12:35 services[0].aliases[1]: the service b.sub.gslb.example.com lies in");
  }

  @Test
  void aServiceInNoZone() {
    assertThat(problems(Loads.SMALLEST.replace("app.gslb.example.com", "app.example.com")))
        .containsExactly(
            "9:11 services[0].name: app.example.com lies in no zone; the zones are:"
                + " gslb.example.com");
  }

  @Test
  void aNameServerWithoutAnAddress() {
    String text = Loads.SMALLEST.replace(", addresses: [127.0.0.1]", "");
    assertThat(problems(text))
        .containsExactly(
            "3:11 zones[0].name: the name server ns1.gslb.example.com is in the zone and has no"
                + " address");
  }

  @Test
  void aNameServersAddressMayStandInTheRecords() {
    String text = withRecords("ns1 A 127.0.0.1").replace(", addresses: [127.0.0.1]", "");
    assertThat(Loads.loaded(folder, text).warnings()).isEmpty();
  }

  @Test
  void aZoneTwice() {
    String zone =
        Loads.SMALLEST.substring(
            Loads.SMALLEST.indexOf("  - name"), Loads.SMALLEST.indexOf("sites:"));
    assertThat(
            problems(Loads.SMALLEST.replace("sites:\n", zone.replace("gslb", "GSLB") + "sites:\n")))
        .containsExactly(
            "6:11 zones[1].name: GSLB.example.com is a zone already, in line 3; one is enough");
  }

  @Test
  void aZoneBelowAnotherHoldsItsServices() {
    String zone =
        """
          - name: sub.gslb.example.com
            contact: hostmaster.example.com
            nameServers: [ { name: ns.example.net } ]
        sites:
        """;
    String text =
        Loads.SMALLEST
            .replace("sites:\n", zone)
            .replace("app.gslb.example.com", "app.sub.gslb.example.com");
    assertThat(Loads.config(folder, text).zones()).hasSize(2);
  }

  /** Where lines of the text are no lines of the file, the text itself is shown. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"\"good TXT x\\nbad A 1\\n\" | 6:14", "'bad A 1' | 6:14", "bad A 1 | 6:14"})
  void recordsThatAreNoLiteralBlock(String records, String place) {
    String text = Loads.SMALLEST.replace("sites:\n", "    records: " + records + "\nsites:\n");
    assertThat(problems(text)).containsExactly(place + " zones[0].records: Invalid address: 1");
  }

  @ParameterizedTest
  @CsvSource({
    "'|', '\n'",
    "'|-', '\n'",
    "'|+', '\n'",
    "'|2', '\n'",
    "'| # comment', '\n'",
    "'|', '\r\n'"
  })
  void literalBlocksOfEveryKind(String mark, String lineBreak) {
    String text =
        Loads.SMALLEST.replace(
            "sites:\n", "    records: " + mark + "\n\n      ok TXT x\n\n        bad A 1\nsites:\n");
    assertThat(problems(text.replace("\n", lineBreak)))
        .first()
        .asString()
        .startsWith("10:9 zones[0].records: \"bad\" is not a record type");
  }
}
