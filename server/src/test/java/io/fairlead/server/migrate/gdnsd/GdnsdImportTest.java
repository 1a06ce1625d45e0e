package io.fairlead.server.migrate.gdnsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.file.ConfigLoader;
import io.fairlead.server.migrate.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fragments of gdnsd's language, what they become, and what is said of the rest. */
class GdnsdImportTest {
  private static final String ZONE =
      "@ SOA ns hostmaster 1 7200 1800 86400 900\n@ NS ns\nns A 192.0.2.53\n";

  @TempDir private Path folder;

  /** What a configuration and a zone become; it must load. */
  private String yaml(String config, String records) throws IOException {
    Files.createDirectories(folder.resolve("zones"));
    Files.writeString(folder.resolve("config"), config);
    Files.writeString(folder.resolve("zones/example.com"), ZONE + records + "\n");
    String yaml = GdnsdImport.of(folder);
    var result = ConfigLoader.load(folder.resolve("fairlead.yaml"), yaml);
    assertThat(result).as("%s", yaml).isInstanceOf(ConfigLoader.Result.Loaded.class);
    return yaml;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plugin => http_status                                        | type: http, port: 80, path: "/", expect: { status: [200] }, interval: 10s, timeout: 5s, rise: 20, fall: 10
          plugin => http_status, interval => 4, up_thresh => 3         | interval: 4s, timeout: 2s, rise: 3, fall: 10
          plugin => http_status, up_thresh => 90                       | rise: 50,
          plugin => tcp_connect, port => 443                           | type: tcp, port: 443
          plugin => extmon, cmd => [ "/bin/true", "-H", "%%ITEM%%" ]  | type: external, program: "/bin/true", arguments: ["-H", "%%ITEM%%"]
          """)
  void aServiceTypeIsAMonitor(String type, String monitor) throws IOException {
    String yaml =
        yaml(
            "service_types => { web => { "
                + type
                + " } }\n"
                + "plugins => { multifo => { r => { service_types => web, a => 192.0.2.1, b =>"
                + " 192.0.2.2 } } }",
            "www DYNA multifo!r");
    assertThat(yaml).contains(monitor).contains("monitors: [\"web\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          { US => us }                              | { when: { continent: "US" }
          { NA => [ us, eu ] }                      | { when: { continent: "NA" }, prefer: ["us", "eu"], strict: true }
          { EU => { default => eu, GB => us } }     | { when: { continent: "EU", country: "GB" }, prefer: ["us"], strict: true }
          { EU => { default => eu, GB => us } }     | { when: { continent: "EU" }, prefer: ["eu"], strict: true }
          { NA => { US => { CA => us } } }          | { when: { continent: "NA", country: "US", region: "CA" }, prefer: ["us"]
          { EU => { FR => { Paris => eu } } }       | { when: { continent: "EU", country: "FR", city: "Paris" }, prefer: ["eu"]
          { EU => { CZ => { PR => { A1 => eu } } } }| of two regions in each other only the outer one is known
          { default => [ us ] }                     | { prefer: ["us"], strict: true }
          { AN => [] }                              | a map gives nothing to clients of { continent: "AN" }
          """)
  void aMapIsATopology(String map, String rule) throws IOException {
    var read =
        VscfReader.read(
            Files.writeString(
                folder.resolve("m"), "m => { datacenters => [us, eu], map => " + map + " }"));
    var notes = new Notes();
    var maps = new Maps(read, folder, notes);
    assertThat(String.join("\n", maps.topologies().getOrDefault("m", List.of())) + notes.comments())
        .contains(rule);
  }

  @Test
  void placesOfDatacentersGoByDistance() throws IOException {
    Path places =
        Path.of("src/test/resources/io/fairlead/server/scenario/policies/geo/city.mmdb")
            .toAbsolutePath();
    String yaml =
        yaml(
            """
            plugins => { geoip => {
              maps => { auto => {
                geoip2_db => @PLACES@, datacenters => [ us, de ], nets => { 10.0.0.0/8 => us }
                auto_dc_coords => { us => [ 38.9, -77 ], de => [ 50.1, 8.7 ] }
              } }
              resources => { app => { map => auto, dcmap => { us => 192.0.2.1, de => 192.0.2.2 } } }
            } }
            """
                .replace("@PLACES@", places.toString()),
            "app DYNA geoip!app");
    assertThat(yaml)
        .contains("{ name: \"us\", location: { latitude: 38.9, longitude: -77 } }")
        .contains("{ path: \"" + places + "\", priority: 10 }")
        .contains("algorithm: geo")
        .contains("map auto: it goes by distance, and what map and nets say beside that is left");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          weighted => { r => { g1 => { a => [ 192.0.2.1, 3 ] }, g2 => { b => [ 192.0.2.2, 1 ] } } } | weighted!r | addresses of one group are not answered together
          weighted => { r => { a => [ 192.0.2.1, 5000 ], b => [ 192.0.2.2, 2500 ] } }               | weighted!r | address: "192.0.2.2", weight: 500 }
          weighted => { r => { a => [ 192.0.2.1, 5000 ], b => [ 192.0.2.2, 2500 ] } }               | weighted!r | weights are scaled down
          multifo => { r => { ignore_health => true, service_types => up, a => 192.0.2.1 } }         | multifo!r  | ignore_health
          multifo => { r => [ 192.0.2.1 ], s => [ 192.0.2.2 ] }                                      | multifo!r  | multifo!s is named by no zone, and left out
          metafo => { resources => { r => { datacenters => [ a, b ], dcmap => { a => x.example.net., b => 192.0.2.2 } } } } | metafo!r | nothing behind a is ever reached
          multifo => { r => { service_types => gone, a => 192.0.2.1 } }                              | multifo!r  | service type gone is not in the configuration
          multifo => { }                                                                             | multifo!r  | multifo!r is not in the configuration
          strange => { }                                                                             | strange!r  | the plugin strange is not known
          """)
  void whatIsDifferentIsSaid(String plugins, String reference, String words) throws IOException {
    assertThat(yaml("plugins => { " + plugins + " }", "www 60 DYNC " + reference)).contains(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "options={listen=[192.0.2.1 192.0.2.2]}",
        "options => { listen => [ 192.0.2.1, 192.0.2.2, ], }",
        "\"options\" => { listen => [ 192.0.2.1 \"192.0.2.\\050\" ] } # octet 50 is a 2",
        "options => { ; a comment\n listen => [ 192\\.0.2.1, 192.0.2.2 ] }"
      })
  void oneMeaningInManySpellings(String config) throws IOException {
    assertThat(yaml(config, "")).contains("udp: [\"192.0.2.1:53\", \"192.0.2.2:53\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          listen => any                                    | ["0.0.0.0:53", "[::]:53"]
          listen => 192.0.2.1, dns_port => 5300            | ["192.0.2.1:5300"]
          listen => 2001:db8::1                            | ["[2001:db8::1]:53"]
          listen => "[2001:db8::1]:5353"                   | ["[2001:db8::1]:5353"]
          listen => { 192.0.2.1:54 => { udp_threads => 2 } }| ["192.0.2.1:54"]
          tcp_timeout => 15                                | tcp: { idleTimeout: 15s }
          max_edns_response => 16384                       | edns: { payload: 4096 }
          edns_client_subnet => false                      | clientSubnet: false
          cookie_key_file => /etc/key                      | options, cookie_key_file: see edns.cookies
          """)
  void anOptionIsAKeyOrIsSaid(String option, String text) throws IOException {
    assertThat(yaml("options => { " + option + " }", "")).contains(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          version: 1                          | => belongs behind a key
          options => {                        | the file ends too early
          options => { a => "b }              | a quoted text is not closed
          options => {} options => {}         | stands there twice
          options => { a => \\999 }           | is no octet
          zones => {}                         | no configuration of gdnsd: it has the key zones
          [ a, b ]                            | an array, where the keys options
          options => { $include{nowhere} }    | nowhere does not exist
          options => { $include{config} }     | files include one another
          plugins => { weighted => { r => { a => 192.0.2.1 } } } | weighted: a is not [ address, weight ]
          """)
  void whatIsNotGdnsdsIsRefusedWithItsPlace(String config, String words) throws IOException {
    if (config.startsWith("plugins")) {
      assertThat(yaml(config, "www DYNA weighted!r")).contains(words);
      return;
    }
    Files.writeString(folder.resolve("config"), config);
    assertThatThrownBy(() -> GdnsdImport.of(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void aLongTextIsCutAsGdnsdCutsIt() throws IOException {
    String yaml = yaml("", "long TXT " + "a".repeat(254) + "\\;b\\065c");
    assertThat(yaml).contains("TXT \"" + "a".repeat(254) + "\\;\" \"b\\065c\"");
  }
}
