package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What does not fit the rest of the file, and how several problems are told. */
class BrokenConfigTest {
  private static final String GOOD = Broken.GOOD;
  private static final String MEMBERS = GOOD.substring(GOOD.indexOf("        members:"));

  static final List<Broken> BROKEN =
      List.of(
          // names and references
          new Broken(
              "site: remote-site",
              "site: remote-sit",
              47,
              21,
              "services[0].pools[0].members[1].site",
              "no site is called \"remote-sit\" (did you mean \"remote-site\"?); declared:"
                  + " home-lab, remote-site"),
          new Broken(
              "monitors: [apple]",
              "monitors: [pear]",
              39,
              16,
              "services[0].monitors[0]",
              "no monitor is called \"pear\"; declared: apple"),
          new Broken(
              "- name: remote-site",
              "- name: home-lab\n  - name: remote-site",
              24,
              11,
              "sites[1].name",
              "\"home-lab\" is the name of another site already, in line 22; each name is used"
                  + " once"),
          new Broken(
              "aliases: [pome.gslb.example.com]",
              "aliases: [FRUIT.gslb.example.com]",
              36,
              15,
              "services[0].aliases[0]",
              "FRUIT.gslb.example.com stands at services[0].name in line 35 already; a name belongs"
                  + " to one service"),
          new Broken(
              "name: fruit.gslb.example.com",
              "name: fruit.example.com",
              35,
              11,
              "services[0].name",
              "fruit.example.com lies in no zone; the zones are: gslb.example.com"),
          new Broken(
              "name: fruit.gslb.example.com",
              "name: fruit..gslb.example.com",
              35,
              11,
              "services[0].name",
              "\"fruit..gslb.example.com\" has an empty label (two dots in a row, or a dot in"
                  + " front); allowed: a domain name, such as gslb.example.com"),
          new Broken(
              "contact: hostmaster.example.com",
              "contact: host.master@example.com",
              12,
              14,
              "zones[0].contact",
              "\"host.master@example.com\" has an @; write host\\.master.example.com; allowed: an"
                  + " e-mail address written as a domain name, such as hostmaster.example.com"),
          new Broken(
              "        addresses: [\"127.0.0.1\"]\n",
              "",
              11,
              11,
              "zones[0].name",
              "the name server ns1.gslb.example.com is in the zone and has no address"),
          // records
          new Broken(
              "www      300 IN CNAME fruit",
              "www      300 IN A     1.2.3",
              20,
              7,
              "zones[0].records",
              "Invalid address: 1.2.3"),
          new Broken(
              "www      300 IN CNAME fruit",
              "$DATE 2026",
              20,
              7,
              "zones[0].records",
              "$DATE is not supported; allowed: $ORIGIN, $TTL, $INCLUDE and $GENERATE, and"
                  + " records"),
          // keys of the other type
          new Broken(
              "type: http\n",
              "type: tcp\n",
              29,
              11,
              "monitors[0].path",
              "only a monitor of type http or https has this key; leave it out"),
          // pools and members
          new Broken(
              MEMBERS,
              "        members: []\n",
              45,
              18,
              "services[0].pools[0].members",
              "the list is empty; allowed: a list of at least one: a member with the keys site,"
                  + " address, hostname, publicAddress, weight, preference, location, enabled,"
                  + " probeHost, probePort"));

  @TempDir Path folder;

  @Test
  void itIsGoodBefore() {
    assertThat(Loads.loaded(folder, GOOD).warnings()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("BROKEN")
  void isRefusedWithItsPlaceKeyAndReason(Broken broken) {
    broken.assertRefused(folder, Broken.GOOD);
  }

  @Test
  void allProblemsAreToldAtOnceInTheOrderOfTheFile() {
    String text =
        GOOD.replace("version: 1", "version: one")
            .replace("$TTL", "")
            .replace("port: 8080", "port: 99999")
            .replace("site: home-lab", "site: atlantis")
            .replace("www      300 IN CNAME fruit", "www 300 IN BOGUS x")
            .replace("admin:", "amdin:");

    assertThat(Loads.problems(folder, text).stream().map(p -> p.line() + " " + p.key()))
        .containsExactly(
            "1 version",
            "8 amdin",
            "20 zones[0].records",
            "28 monitors[0].port",
            "46 services[0].pools[0].members[0].site");
  }

  @Test
  void eachOfSeveralBadRecordsHasItsLine() {
    String text =
        GOOD.replace("info     300", "info     300x").replace("300 IN CNAME", "300 CH CNAME");

    assertThat(Loads.lines(Loads.problems(folder, text)))
        .contains("fairlead.yaml:18:7: zones[0].records: \"300x\" is not a TTL")
        .contains("fairlead.yaml:20:7: zones[0].records: class CH is not served; allowed: IN");
  }

  /** What could not be read is not held against what refers to it. */
  @Test
  void aBadDeclarationIsTheOnlyProblem() {
    String text = GOOD.replace("- name: home-lab", "- name: \"home lab\"");
    assertThat(Loads.problems(folder, text)).hasSize(1);

    String item = GOOD.replace("- name: remote-site", "- remote-site");
    assertThat(Loads.problems(folder, item)).hasSize(1);

    String zone = GOOD.replace("name: gslb.example.com", "name: gslb..example.com");
    assertThat(Loads.problems(folder, zone)).hasSize(1);
  }

  @Test
  void aThousandProblemsAreToldAndTheRestCounted() {
    String text = GOOD + "a%d: 1\n".repeat(5000).formatted((Object[]) numbers(5000));

    List<Problem> problems = Loads.problems(folder, text);

    assertThat(problems).hasSize(1001);
    assertThat(problems.getLast().reason()).isEqualTo("4000 more problems are not shown");
  }

  private static Integer[] numbers(int count) {
    return IntStream.range(0, count).boxed().toArray(Integer[]::new);
  }
}
