package io.fairlead.policy.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fairlead.policy.TestService;
import io.fairlead.policy.spec.GeoDatabaseSpec;
import io.fairlead.policy.spec.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoLoaderTest {
  private static final String OFFICES =
      """
      network,latitude,longitude,continent,country,region,city,tag
      # ours
      10.0.0.0/8,59.91,10.75,EU,NO,03,Oslo,office
      10.20.0.0/16,35.68,139.69,AS,JP,13,Tokyo,office
      2001:db8:aa::/48,53.35,-6.26,EU,IE,L,Dublin,office
      """;

  @TempDir private Path folder;

  @Test
  void csvNetworksHaveTheirPlacesAndTheInnermostIsBelieved() throws Exception {
    var data = load(csv(OFFICES));
    assertThat(place(data, "10.1.1.1"))
        .isEqualTo(new Place(new Location(59.91, 10.75), "EU", "NO", "03", "Oslo", 0, "office"));
    assertThat(place(data, "10.20.1.1").city()).isEqualTo("Tokyo");
    assertThat(place(data, "2001:db8:aa:1::1").country()).isEqualTo("IE");
    assertThat(place(data, "192.0.2.1")).isEqualTo(Place.UNKNOWN);
    assertThat(place(data, "10.1.1.1").text()).isEqualTo("Oslo, 03, NO, EU, tag office");
  }

  @Test
  void cityAndAsnDatabasesAreReadInBothFamilies() throws Exception {
    var data = load(city(), asn());
    assertThat(place(data, "81.2.69.142"))
        .isEqualTo(new Place(new Location(51.51, -0.09), "EU", "GB", "ENG", "London", 64500, ""));
    assertThat(place(data, "81.2.70.1").asn()).isEqualTo(64500);
    assertThat(place(data, "81.2.70.1").location()).isNull();
    assertThat(place(data, "2001:218::1").country()).isEqualTo("JP");
  }

  @Test
  void aPublicDatabaseHasNoSayAboutPrivateNetworks() throws Exception {
    var data = load(city());
    assertThat(place(data, "192.168.1.1")).isEqualTo(Place.UNKNOWN);
    assertThat(
            place(load(city(), csv("network,country\n192.168.1.0/24,NO\n")), "192.168.1.1")
                .country())
        .isEqualTo("NO");
  }

  @Test
  void theHigherPriorityIsBelievedAndTheLowerFillsWhatItDoesNotSay() throws Exception {
    var csv = csv("network,country,tag\n81.2.69.0/28,NO,lab\n81.2.69.128/25,,edge\n");
    var data = GeoLoader.load(List.of(spec(city(), 10), spec(csv, 20)), GeoAttribute.ALL);
    assertThat(place(data, "81.2.69.1"))
        .as("where is one thing: a country of one file and a city of another would be a lie")
        .isEqualTo(new Place(null, "", "NO", "", "", 0, "lab"));
    assertThat(place(data, "81.2.69.142").city()).isEqualTo("London");
    assertThat(place(data, "81.2.69.142").tag()).isEqualTo("edge");
    var other = GeoLoader.load(List.of(spec(city(), 20), spec(csv, 10)), GeoAttribute.ALL);
    assertThat(place(other, "81.2.69.1").country()).isEqualTo("GB");
    assertThat(place(other, "81.2.69.1").tag()).isEqualTo("lab");
  }

  @Test
  void whatIsNotAskedIsNotKept() throws Exception {
    var countries = GeoLoader.load(List.of(spec(csv(OFFICES), 1)), Set.of(GeoAttribute.CONTINENT));
    assertThat(place(countries, "10.1.1.1")).isEqualTo(new Place(null, "EU", "", "", "", 0, ""));
    assertThat(countries.size()).isLessThan(load(csv(OFFICES)).size() + 1);
    var nothing = GeoLoader.load(List.of(spec(csv(OFFICES), 1)), Set.of());
    assertThat(nothing.size()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network,country\\n"
            + "10.0.0.0/33,NO | 2 | a prefix of 33 bits for 10.0.0.0, 0 to 32 are allowed",
        "network,country\\n10.0.0.1/8,NO | 2 | 10.0.0.1 has bits behind its first 8",
        "network,country\\nten,NO | 2 | \"ten\" is no network: no address in front",
        "network,country\\n10.0.0.0/8 | 2 | 1 fields, but 2 columns are named",
        "network,latitude\\n"
            + "10.0.0.0/8,1 | 2 | latitude and longitude go together; give both or none",
        "network,latitude,longitude\\n"
            + "\\n"
            + "10.0.0.0/8,95,1 | 3 | a latitude of 95.0 is outside -90 to 90",
        "network,latitude,longitude\\n10.0.0.0/8,x,1 | 2 | latitude is no number: \"x\"",
        "network,land\\n"
            + " | 1 | no such column: land; allowed are"
            + " network,latitude,longitude,continent,country,region,city,asn,tag",
        "country\\nNO | 1 | the column network is missing",
        "network,city\\n10.0.0.0/8,\"Oslo | 2 | a quote is opened and not closed",
        "network\\n10.0.0.0/8\\n10.0.0.0/8 | 3 | the network 10.0.0.0/8 stands in line 2 already",
      })
  void aBadLineIsNamed(String text, int line, String problem) throws Exception {
    var file = csv(text.replace("\\n", "\n"));
    assertThatExceptionOfType(GeoFileException.class)
        .isThrownBy(() -> load(file))
        .withMessage(problem)
        .satisfies(e -> assertThat(e.line()).isEqualTo(line))
        .satisfies(e -> assertThat(e.file()).isEqualTo(file));
  }

  @Test
  void fieldsMayBeQuoted() throws Exception {
    var data = load(csv("network,city\n10.0.0.0/8,\"Washington, \"\"D.C.\"\"\"\n"));
    assertThat(place(data, "10.1.1.1").city()).isEqualTo("Washington, \"D.C.\"");
  }

  @Test
  void aFileThatIsNotThereOrNotWholeIsRefused() throws Exception {
    assertRefused(folder.resolve("nowhere.csv"));
    assertRefused(folder.resolve("nowhere.mmdb"));
    assertRefused(Files.writeString(folder.resolve("text.mmdb"), "not a database"));
    byte[] whole = Files.readAllBytes(city());
    assertRefused(Files.write(folder.resolve("half.mmdb"), Arrays.copyOf(whole, whole.length / 2)));
    assertRefused(Files.write(folder.resolve("latin.csv"), new byte[] {(byte) 0xff, 10}));
  }

  /** Whatever is damaged, the file is refused or read: nothing else comes out. */
  @Test
  void aDamagedDatabaseNeverDoesWorseThanBeingRefused() throws Exception {
    byte[] whole = Files.readAllBytes(city());
    var random = new Random(11);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      var file = Files.write(folder.resolve("damaged.mmdb"), damaged);
      try {
        load(file);
      } catch (GeoFileException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private void assertRefused(Path file) {
    assertThatExceptionOfType(GeoFileException.class).isThrownBy(() -> load(file));
  }

  private Path city() throws IOException {
    return new MaxMindWriter("Test-City")
        .put("81.2.69.0/24", place("EU", "GB", "ENG", "London", 51.51, -0.09))
        .put("192.168.0.0/16", place("EU", "SE", "E", "Nowhere", 1, 1))
        .put("2001:218::/32", place("AS", "JP", "13", "Tokyo", 35.68, 139.69))
        .write(folder.resolve("city.mmdb"));
  }

  private Path asn() throws IOException {
    return new MaxMindWriter("Test-ASN")
        .put("81.2.0.0/16", Map.of("autonomous_system_number", 64500L))
        .write(folder.resolve("asn.mmdb"));
  }

  private static Map<String, Object> place(
      String continent, String country, String region, String city, double lat, double lon) {
    return Map.of(
        "continent", Map.of("code", continent, "names", Map.of("en", continent)),
        "country", Map.of("iso_code", country),
        "subdivisions", List.of(Map.of("iso_code", region), Map.of("iso_code", "WBK")),
        "city", Map.of("names", Map.of("en", city, "de", "anders")),
        "location", Map.of("latitude", lat, "longitude", lon, "time_zone", "Europe/London"));
  }

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("offices.csv"), text);
  }

  private static GeoData load(Path... files) throws GeoFileException {
    return GeoLoader.load(
        Arrays.stream(files).map(file -> spec(file, 10)).toList(), GeoAttribute.ALL);
  }

  private static GeoDatabaseSpec spec(Path file, int priority) {
    return new GeoDatabaseSpec(file, priority);
  }

  private static Place place(GeoData data, String address) {
    return data.placeOf(TestService.address(address));
  }
}
