package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.file.ConfigLoader.Result.Loaded;
import io.fairlead.config.file.ConfigLoader.Result.Refused;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.Authority;
import io.fairlead.dns.zone.StaticRecord;
import io.fairlead.dns.zone.ZoneSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Zones of master files: what they become, and what is wrong with them in which line of which file.
 */
class ZoneFileTest {
  private static final String CONFIG =
      """
      version: 1
      zones:
        - name: example.com
          file: zones/example.zone
      sites:
        - name: here
      services:
        - name: app.example.com
          pools:
            - name: main
              members:
                - { site: here, address: 192.0.2.1 }
      """;

  /** Seven lines; a record that is appended stands in line 8. */
  private static final String ZONE =
      """
      $TTL 1h
      @   IN SOA ns1 hostmaster (
            2026112501 ; serial
            2h 15m 2w 60 )
          NS  ns1
      ns1 A   192.0.2.53
      www A   192.0.2.80
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    zone(ZONE);
  }

  private void zone(String text) throws IOException {
    write("zones/example.zone", text);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    Files.setLastModifiedTime(path, FileTime.from(Loads.VERSION_TIME.minusSeconds(1)));
  }

  private ZoneSpec loaded(String config) {
    return Loads.config(folder, config).zones().getFirst();
  }

  private List<String> problems(String config) {
    return Loads.problems(folder, config).stream()
        .map(
            p ->
                folder.relativize(Path.of(p.file()))
                    + ":"
                    + p.line()
                    + ":"
                    + p.column()
                    + " "
                    + p.key()
                    + ": "
                    + p.reason())
        .toList();
  }

  private List<String> problemsWith(String... lines) throws IOException {
    zone(ZONE + String.join("\n", lines) + "\n");
    return problems(CONFIG);
  }

  @Test
  void aFileHasItsSoaAndNs() {
    ZoneSpec zone = loaded(CONFIG);

    assertThat(zone.serial()).isEqualTo(2026112501L);
    assertThat(zone.authority())
        .isInstanceOfSatisfying(
            Authority.Told.class, told -> assertThat(told.soa().ttlSeconds()).isEqualTo(3600));
    assertThat(zone.records())
        .extracting(record -> record.owner().toString())
        .containsExactly("example.com", "ns1.example.com", "www.example.com");
  }

  @Test
  void recordsStandBesideAFile() {
    ZoneSpec zone =
        loaded(CONFIG.replace("sites:\n", "    records: |\n      mail A 192.0.2.25\nsites:\n"));
    assertThat(zone.records())
        .extracting(StaticRecord::owner)
        .endsWith(Name.parse("mail.example.com"));
  }

  /** Then the file's own time is the serial, if it is newer than the configuration's. */
  @Test
  void aFileWithoutSoaNeedsSettings() throws IOException {
    zone("www A 192.0.2.80\n");
    assertThat(problems(CONFIG))
        .containsExactly(
            "fairlead.yaml:3:11 zones[0].name: the key contact is missing: contact and nameServers"
                + " make SOA and NS where the records have no SOA; allowed: an e-mail address"
                + " written as a domain name, such as hostmaster.example.com",
            "fairlead.yaml:3:11 zones[0].name: the key nameServers is missing: contact and"
                + " nameServers make SOA and NS where the records have no SOA; allowed: a list of"
                + " at least one: a name server with the keys name, addresses");
    String config =
        CONFIG.replace(
            "sites:\n",
            "    contact: h.example.com\n    nameServers: [ { name: ns.example.net } ]\nsites:\n");
    assertThat(loaded(config).serial()).isEqualTo(Loads.VERSION_TIME.getEpochSecond());
    Instant later = Loads.VERSION_TIME.plusSeconds(7);
    Files.setLastModifiedTime(folder.resolve("zones/example.zone"), FileTime.from(later));
    assertThat(loaded(config).serial()).isEqualTo(later.getEpochSecond());
  }

  @Test
  void settingsAndAnSoaAreOneTooMany() {
    assertThat(problems(CONFIG.replace("    file:", "    negativeTtl: 5s\n    file:")))
        .containsExactly(
            "fairlead.yaml:4:18 zones[0].negativeTtl: the SOA among the records says it, as"
                + " MINIMUM; leave the key out");
    String settings =
        "    contact: h.example.com\n    nameServers: [ { name: ns.example.net } ]\n    file:";
    assertThat(problems(CONFIG.replace("    file:", settings)))
        .contains(
            "zones/example.zone:2:1 : example.com SOA: a second SOA; the zone's own is made of its"
                + " settings, leave them out to take this one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "www CNAME x                | a CNAME cannot stand beside other data of the same name",
        "@ CNAME x                  | a CNAME cannot stand at the zone's apex",
        "www.example.net. A 1.2.3.4 | it lies outside the zone example.com",
        "@ SOA a b 1 2 3 4 5        | a second SOA; a zone has one, at its apex",
        "sub SOA a b 1 2 3 4 5      | a second SOA; a zone has one, at its apex",
        "sub NS ns.sub              | its address must stand here too",
        "www 60 A 192.0.2.81        | its TTL is 60 s, that of the record before it 3600 s",
        "ns1 DNAME x                | ",
        "x.www DNAME y              | ",
        "app A 192.0.2.9            | a service of the same name answers this type; leave one of",
        "app AAAA 2001:db8::9       | the service stands at services[0].name in line 8",
        "app CNAME x                | a CNAME cannot stand beside a service of the same name",
        "app MX 10 www              | ",
        "app TXT beside             | ",
        "app NS ns.example.net.     | ",
        "bad A 1.2.3                | Invalid address: 1.2.3",
        "$INCLUDE none.zone         | none.zone does not exist"
      })
  void eachProblemHasItsFileAndLine(String line, String reason) throws IOException {
    if (reason == null && !line.startsWith("app NS")) {
      zone(ZONE + line + "\n");
      assertThat(loaded(CONFIG).records()).hasSize(4);
    } else if (reason == null) {
      assertThat(problemsWith(line))
          .containsExactly(
              "fairlead.yaml:8:11 services[0].name: the service app.example.com lies in"
                  + " app.example.com, which is delegated away");
    } else {
      assertThat(problemsWith(line))
          .isNotEmpty()
          .allSatisfy(problem -> assertThat(problem).startsWith("zones/example.zone:"))
          .anySatisfy(
              problem ->
                  assertThat(problem).startsWith("zones/example.zone:8:1 ").contains(reason));
    }
  }

  @Test
  void allProblemsAtOnce() throws IOException {
    assertThat(problemsWith("bad A 1", "", "b BOGUS 1", "c TXT \"open"))
        .extracting(problem -> problem.substring(0, problem.indexOf(' ')))
        .containsExactly(
            "zones/example.zone:8:1", "zones/example.zone:10:1", "zones/example.zone:11:1");
  }

  @Test
  void aZoneWithoutNs() throws IOException {
    zone(ZONE.replace("    NS  ns1\n", ""));
    assertThat(problems(CONFIG))
        .containsExactly("fairlead.yaml:3:11 zones[0].name: a zone needs at least one name server");
  }

  @Test
  void aNameServerWithoutAnAddress() throws IOException {
    zone(ZONE.replace("ns1 A ", "ns2 A "));
    assertThat(problems(CONFIG))
        .containsExactly(
            "zones/example.zone:5:1 : the name server ns1.example.com is in the zone and has no"
                + " address");
  }

  @ParameterizedTest
  @CsvSource({"missing.zone, does not exist", "zones, is no file that this user may read"})
  void aFileThatCannotBeRead(String file, String reason) {
    assertThat(problems(CONFIG.replace("zones/example.zone", file)))
        .singleElement()
        .asString()
        .startsWith("fairlead.yaml:4:11 zones[0].file: " + folder.resolve(file))
        .contains(reason + "; a path is relative to this file's folder");
  }

  @Test
  void includesHaveAnOriginAndChangeNothingForWhatFollows() throws IOException {
    zone(ZONE + "$INCLUDE parts/a.zone sub\nlast A 192.0.2.3\n");
    write("zones/parts/a.zone", "$TTL 5\nx A 192.0.2.1\n$ORIGIN deep\n$INCLUDE b.zone\n");
    write("zones/parts/b.zone", "y A 192.0.2.2\n");
    assertThat(loaded(CONFIG).records().subList(3, 6))
        .extracting(record -> record.owner() + " " + record.ttlSeconds())
        .containsExactly(
            "x.sub.example.com 5", "y.deep.sub.example.com 5", "last.example.com 3600");
  }

  @Test
  void aProblemInAnIncludedFile() throws IOException {
    write("zones/a.zone", "x A 192.0.2.1\n\nwww CNAME x\nbad A 1\n");
    assertThat(problemsWith("$INCLUDE a.zone"))
        .containsExactly("zones/a.zone:4:1 : Invalid address: 1");
  }

  @Test
  void anIncludeStaysBelowTheFolder() throws IOException {
    Path outside = Files.createTempFile("outside", ".zone");
    Files.createSymbolicLink(folder.resolve("zones/link.zone"), outside);
    try {
      assertThat(problemsWith("$INCLUDE link.zone", "$INCLUDE " + outside))
          .hasSize(2)
          .allSatisfy(
              problem ->
                  assertThat(problem)
                      .contains("only files below the configuration's folder are included"));
    } finally {
      Files.delete(outside);
    }
  }

  @Test
  void aFileThatIncludesItself() throws IOException {
    assertThat(problemsWith("$INCLUDE example.zone"))
        .anySatisfy(problem -> assertThat(problem).contains("does one include itself?"));
  }

  /** So that a change of any of them is noticed, a missing one's coming too. */
  @Test
  void allFilesAreTold() throws IOException {
    zone(ZONE + "$INCLUDE a.zone\n$INCLUDE missing.zone\n");
    write("zones/a.zone", "");
    var opened = new ArrayList<Path>();
    Path file = Files.writeString(folder.resolve("fairlead.yaml"), CONFIG);
    switch (ConfigLoader.load(file, CONFIG, opened::add)) {
      case Loaded _ -> throw new AssertionError("one file is missing");
      case Refused _ ->
          assertThat(opened)
              .extracting(path -> path.getFileName().toString())
              .contains("example.zone", "a.zone", "missing.zone");
    }
  }
}
