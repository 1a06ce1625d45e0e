package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten thousand services, and a map: what the console asks for, by the page. */
final class ServicesApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MANY = 10_000;

  private static final String HEAD =
      """
      version: 1
      node: { stateDirectory: "@STATE@" }
      listen: { udp: ["127.0.0.1:0"], tcp: ["127.0.0.1:0"] }
      admin: { listen: "127.0.0.1:0" }
      geo: { databases: [ { path: places.csv } ] }
      zones:
        - name: gslb.example.com
          contact: hostmaster.example.com
          nameServers: [ { name: ns1.gslb.example.com, addresses: ["127.0.0.1"] } ]
      sites:
        - { name: oslo, location: { latitude: 59.91, longitude: 10.75 } }
        - { name: tokyo, location: { latitude: 35.68, longitude: 139.69 } }
        - { name: closed, enabled: false }
      services:
        - name: near.gslb.example.com
          aliases: [nearby.gslb.example.com]
          pools:
            - name: main
              algorithm: geo
              fallback: { algorithm: round-robin }
              members:
                - { site: oslo, address: 192.0.2.1, weight: 3 }
                - { site: tokyo, address: 192.0.2.2, weight: 1 }
        - name: half.gslb.example.com
          pools:
            - name: main
              members:
                - { site: oslo, address: 192.0.2.3 }
                - { site: tokyo, address: 192.0.2.4, enabled: false }
        - name: shut.gslb.example.com
          pools: [ { name: main, members: [ { site: closed, address: 192.0.2.5 } ] } ]
      """;

  private static final String PLACES =
      """
      network,latitude,longitude,continent,country,region,city,tag
      10.1.0.0/16,59.91,10.75,EU,NO,,,
      10.2.0.0/16,35.68,139.69,AS,JP,,,
      2001:db8:1::/48,53.35,-6.26,EU,IE,,,
      """;

  @TempDir private static Path folder;
  private static FruitServer server;

  @BeforeAll
  static void start() throws Exception {
    Files.writeString(folder.resolve("places.csv"), PLACES);
    var yaml = new StringBuilder(HEAD.replace("@STATE@", folder.resolve("state").toString()));
    IntStream.range(0, MANY - 3)
        .forEach(
            i ->
                yaml.append(
                        "  - { name: s%05d.gslb.example.com, pools: [ { name: p, members: ["
                            .formatted(i))
                    .append(
                        " { site: oslo, address: 10.%d.%d.1 } ] } ] }%n"
                            .formatted(i >> 8, i & 0xff)));
    server = FruitServer.start(folder, yaml.toString());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode get(String path) throws IOException {
    HttpResponse<String> response = server.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  @Test
  void servicesComeByThePageInTheOrderOfTheirNames() throws IOException {
    JsonNode first = get("/api/v1/services?limit=3");
    JsonNode second = get("/api/v1/services?limit=3&offset=3");
    JsonNode beyond = get("/api/v1/services?offset=20000");

    assertThat(first.path("total").asInt()).isEqualTo(MANY);
    assertThat(first.path("matching").asInt()).isEqualTo(MANY);
    assertThat(first.path("services").findValuesAsText("name"))
        .contains("half.gslb.example.com", "near.gslb.example.com", "s00000.gslb.example.com");
    assertThat(second.at("/services/0/name").asText()).isEqualTo("s00001.gslb.example.com");
    assertThat(beyond.path("services")).isEmpty();
    assertThat(get("/api/v1/services").path("services")).as("by default").hasSize(100);
  }

  @Test
  void aSearchLooksAtNamesAliasesAddressesAndSites() throws IOException {
    assertThat(found("search=S00042")).containsExactly("s00042.gslb.example.com");
    assertThat(found("search=nearby")).containsExactly("near.gslb.example.com");
    assertThat(found("search=tokyo%20192.0.2.2")).containsExactly("near.gslb.example.com");
    assertThat(found("search=nobody")).isEmpty();
    assertThat(found("state=disabled")).containsExactly("shut.gslb.example.com");
    JsonNode states = get("/api/v1/services?search=192.0.2").path("states");
    assertThat(states.path("up").asInt()).isEqualTo(2);
    assertThat(states.path("disabled").asInt()).isEqualTo(1);
  }

  private static List<String> found(String query) throws IOException {
    var names = new ArrayList<String>();
    get("/api/v1/services?" + query)
        .path("services")
        .forEach(service -> names.add(service.path("name").asText()));
    return names;
  }

  @Test
  void aPageOfTenThousandIsThereAtOnce() throws IOException {
    get("/api/v1/services?limit=50&search=gslb");
    long start = System.nanoTime();
    get("/api/v1/services?limit=50&offset=9000&search=gslb");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("unhurried, on a busy machine")
        .isLessThan(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/v1/services?limit=0                     | 1 to 1000
          /api/v1/services?limit=1001                  | 1 to 1000
          /api/v1/services?limit=many                  | 1 to 1000
          /api/v1/services?offset=-1                   | offset
          /api/v1/services?state=weary                 | up, degraded, down, disabled
          /api/v1/services?serach=x                    | unknown parameter "serach"; allowed: limit, offset, search, state
          /api/v1/where                                | service
          /api/v1/where?service=near.gslb.example.com&down=paris | oslo
          /api/v1/where?service=near.gslb.example.com&type=APPLE | APPLE
          /api/v1/explain?name=near.gslb.example.com&down=paris  | oslo
          """)
  void whatIsNotUnderstoodSaysWhatIsAllowed(String path, String words) {
    HttpResponse<String> response = server.get(path);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.body().replace("\\\"", "\"")).contains(words);
  }

  @Test
  void whoHasItAlreadyGetsNoBody() throws Exception {
    var uri =
        URI.create(
            "http://127.0.0.1:"
                + server.server().adminAddress().getPort()
                + "/api/v1/services?search=s00042");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> first =
          http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      String etag = first.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> again =
          http.send(
              HttpRequest.newBuilder(uri).header("If-None-Match", etag).build(),
              BodyHandlers.ofString());
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
  }

  @Test
  void sitesTellWhereTheyAreAndHowTheyAre() throws IOException {
    JsonNode sites = get("/api/v1/sites").path("sites");

    assertThat(sites.findValuesAsText("name")).containsExactly("closed", "oslo", "tokyo");
    assertThat(sites.at("/1/location/latitude").asDouble()).isEqualTo(59.91);
    assertThat(sites.at("/1/eligible").asInt()).isEqualTo(MANY - 1);
    assertThat(sites.at("/2/disabled").asInt()).isEqualTo(1);
    assertThat(sites.at("/0/enabled").asBoolean(true)).isFalse();
  }

  @Test
  void eachCountrysClientsGoWhereTheServiceSendsThem() throws IOException {
    JsonNode now = get("/api/v1/where?service=near.gslb.example.com");
    JsonNode then = get("/api/v1/where?service=near.gslb.example.com&down=oslo");
    JsonNode half = get("/api/v1/where?service=half.gslb.example.com");

    assertThat(now.at("/countries/NO/oslo").asDouble()).isEqualTo(1.0);
    assertThat(now.at("/countries/JP/tokyo").asDouble()).isEqualTo(1.0);
    assertThat(now.at("/countries/IE/oslo").asDouble()).as("known by IPv6 alone").isEqualTo(1.0);
    assertThat(now.at("/everyone/oslo").asDouble()).as("by weight").isCloseTo(0.75, within(0.02));
    assertThat(then.at("/countries/NO/tokyo").asDouble()).isEqualTo(1.0);
    assertThat(then.path("everyone").has("oslo")).isFalse();
    assertThat(half.at("/everyone/oslo").asDouble()).isEqualTo(1.0);
    assertThat(get("/api/v1/services/near.gslb.example.com").path("handedOut").asLong())
        .as("who looks counts nothing")
        .isZero();
    assertThat(get("/api/v1/services/near.gslb.example.com").path("state").asText())
        .as("and changes nothing")
        .isEqualTo("up");
  }

  @Test
  void explainCanTakeASiteAsDown() throws IOException {
    String question = "/api/v1/explain?name=near.gslb.example.com&client=10.1.2.3";

    assertThat(get(question).at("/answer/0").asText()).endsWith("192.0.2.1");
    assertThat(get(question + "&down=oslo").at("/answer/0").asText()).endsWith("192.0.2.2");
  }
}
