package io.fairlead.server.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.file.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zones as BIND has them become files that load. */
class BindZoneImportTest {
  private static final String ZONE =
      """
      $TTL 1h
      @ IN SOA ns1 hostmaster ( 7 1d 2h
                                4w 5m )
        IN NS ns1
        IN NS ns2.example.net.
      ns1 IN A 192.0.2.53
          IN A 192.0.2.54
      www 5m IN A 192.0.2.1 ; the first
      www 5m IN A 192.0.2.2
      WWW 5m IN AAAA 2001:db8::1
      one A 192.0.2.3
      mail MX 10 one
      $GENERATE 1-3 host$ A 192.0.2.$
      $INCLUDE more.inc sub
      @ DNSKEY 257 3 13 AwEAAQ==
      """;

  @TempDir private Path folder;

  private FairleadConfig load(String yaml) {
    return switch (ConfigLoader.load(folder.resolve("fairlead.yaml"), yaml)) {
      case ConfigLoader.Result.Loaded(var config, _) -> config;
      case ConfigLoader.Result.Refused(var problems) ->
          throw new AssertionError(problems + " in\n" + yaml);
    };
  }

  @Test
  void namesWithSeveralAddressesBecomeServices() throws IOException {
    Path file = Files.writeString(folder.resolve("db.example.com"), ZONE);
    Files.writeString(folder.resolve("more.inc"), "deep 60 TXT \"quoted; not a comment\"\n");
    String yaml = BindZoneImport.of(file, "");

    FairleadConfig config = load(yaml);
    assertThat(config.zones().getFirst().apex()).hasToString("example.com");
    assertThat(config.services()).hasSize(1);
    assertThat(config.services().getFirst().name()).hasToString("www.example.com");
    assertThat(config.services().getFirst().ttlSeconds()).isEqualTo(300);
    assertThat(config.sites()).hasSize(3);
    assertThat(yaml)
        .contains("{ site: site-1, address: \"192.0.2.1\" }")
        .contains("{ site: site-3, address: \"2001:db8::1\" }")
        .contains("one.example.com. A 192.0.2.3\n")
        .contains("ns1.example.com. A 192.0.2.54\n")
        .contains("$GENERATE 1-3 host$ A 192.0.2.$\n")
        .contains("deep.sub.example.com. 60 TXT \"quoted; not a comment\"\n")
        .contains("# - monitors: there are none")
        .contains("# - DNSKEY records: signatures are not added to answers")
        .doesNotContain("257 3 13");
  }

  @ParameterizedTest
  @CsvSource({
    "db.example.com, '', example.com",
    "example.com.zone, '', example.com",
    "example.com, '', example.com",
    "anything, example.com, example.com",
    "anything, example.com., example.com"
  })
  void theZoneIsNamedByTheFileOrByTheOption(String name, String zone, String apex)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(name),
            "@ 60 SOA ns.example.net. h 1 2 3 4 5\n@ 60 NS ns.example.net.\n");
    assertThat(load(BindZoneImport.of(file, zone)).zones().getFirst().apex()).hasToString(apex);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          www A 192.0.2.1                        | has no SOA
          @ SOA a b ( 1 2                        | a parenthesis has no partner
          www TXT "open                          | a quoted text is not closed
          www 60 IN                              | the record has no type
          $ORIGIN                                | nothing stands behind $ORIGIN
          $INCLUDE db.example.com                | files include one another
          other.example.net. SOA a b 1 2 3 4 5   | is the zone other.example.net., not example.com.
          """)
  void whatIsNoZoneIsRefused(String text, String words) throws IOException {
    Path file = Files.writeString(folder.resolve("db.example.com"), text + "\n");
    assertThatThrownBy(() -> BindZoneImport.of(file, "example.com"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "300, 300", "5m, 300", "1h30M, 5400", "1W2d, 777600", "1d1, 86401"})
  void aTtlIsInSeconds(String text, long seconds) {
    assertThat(Ttl.seconds(text)).isEqualTo(seconds);
  }
}
