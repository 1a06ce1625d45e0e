package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.reload.ConfigFile;
import io.fairlead.server.reload.FileWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A zone of a master file is served, taken again when it changes, and kept when it is broken. */
final class ZoneFileScenarioTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final String ZONE =
      """
      $TTL 300
      @    SOA ns1 hostmaster 7 3600 600 1209600 30
      @    NS  ns1
      ns1  A   127.0.0.1
      info TXT "first"
      $INCLUDE more.zone
      """;

  @TempDir private Path folder;

  private FruitServer fruit;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("static.zone"), ZONE);
    Files.writeString(folder.resolve("more.zone"), "more TXT \"included\"\n");
    String yaml = FruitServer.yaml(folder, Ports.free());
    fruit =
        FruitServer.start(
            folder,
            yaml.replace("sites: [", "  - { name: static.test, file: static.zone }\nsites: ["));
  }

  @AfterEach
  void stop() {
    fruit.close();
  }

  private List<String> txt(String name) {
    return fruit.ask().udp(name, Type.TXT).getSection(Section.ANSWER).stream()
        .map(Record::rdataToString)
        .toList();
  }

  private void write(String file, String text) throws IOException {
    Path aside = folder.resolve("aside.zone");
    Files.writeString(aside, text);
    Files.move(aside, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  private long serial() {
    return fruit.ask().tcp("static.test", Type.SOA).getSection(Section.ANSWER).stream()
        .map(SOARecord.class::cast)
        .map(SOARecord::getSerial)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isServedAsItIsWritten() {
    assertThat(txt("info.static.test")).containsExactly("first");
    assertThat(txt("more.static.test")).containsExactly("included");
    assertThat(serial()).isEqualTo(7);
    assertThat(fruit.ask().udp(FruitServer.NAME, Type.A).getHeader().getRcode()).isZero();
  }

  /** A serial that was not raised with the zone is raised for it (RFC 1982 section 3.1). */
  @Test
  void aChangedZoneFileIsNoticed() throws IOException {
    var file = new ConfigFile(fruit.file());
    var _ = file.read();
    try (var _ = new FileWatch(file, fruit.server()::reload)) {
      write("static.zone", ZONE.replace("first", "the second"));
      Until.isTrue("the zone", SOON, () -> txt("info.static.test").contains("\"the second\""));
      assertThat(serial()).isEqualTo(8);

      write("more.zone", "more TXT \"another one\"\n");
      Until.isTrue(
          "the included file", SOON, () -> txt("more.static.test").contains("\"another one\""));
      assertThat(serial()).isEqualTo(9);

      write("static.zone", ZONE.replace(" 7 3600", " 2000000000 3600"));
      Until.isTrue("the file's own serial", SOON, () -> serial() == 2_000_000_000L);
    }
  }

  @Test
  void aBrokenZoneFileChangesNothingAndIsSaidWithItsLines() throws IOException {
    write("static.zone", ZONE.replace("ns1  A ", "ns1  A 1.2 ; ") + "x BOGUS\n");

    assertThat(fruit.server().reload())
        .extracting(problem -> Path.of(problem.file()).getFileName() + ":" + problem.line())
        .containsExactly("static.zone:4", "static.zone:7");
    assertThat(txt("info.static.test")).containsExactly("first");

    write("static.zone", ZONE.replace("first", "mended"));
    assertThat(fruit.server().reload()).isEmpty();
    assertThat(txt("info.static.test")).containsExactly("mended");
  }
}
