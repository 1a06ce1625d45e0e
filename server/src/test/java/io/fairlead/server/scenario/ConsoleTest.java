package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.dns.choice.Availability;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console in a real browser: each view, what one can do there, and how it keeps up. */
final class ConsoleTest {
  private static final String SERVICE = "#/service/fruit.gslb.guzware.net";
  private static final int FIRST_VIEW_OCTETS = 150_000;

  /** Where the documents' pictures are; written with {@code -Dpictures=docs/pictures}. */
  private static final String PICTURES = System.getProperty("pictures", "");

  @TempDir private static Path profile;
  private static Browser browser;

  @TempDir private Path folder;
  private final Said said = new Said();
  private List<Site> sites;
  private FruitServer fruit;
  private String yaml;
  private String url;

  @BeforeAll
  static void launch() throws IOException {
    Optional<Path> chromium = Browser.installed();
    assumeTrue(chromium.isPresent(), "no Chromium here: apt-get install chromium");
    browser = new Browser(chromium.orElseThrow(), profile);
  }

  @AfterAll
  static void quit() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    sites = Site.open("127.0.10.1", "127.0.20.1");
    Files.writeString(
        folder.resolve("places.csv"),
        """
        network,latitude,longitude,continent,country,region,city,tag
        10.1.0.0/16,59.91,10.75,EU,NO,,,
        10.2.0.0/16,35.68,139.69,AS,JP,,,
        10.3.0.0/16,39.0,-98.0,NA,US,,,
        10.4.0.0/16,56.0,-106.0,NA,CA,,,
        10.5.0.0/16,-10.0,-55.0,SA,BR,,,
        10.6.0.0/16,54.0,-2.0,EU,GB,,,
        10.7.0.0/16,51.0,9.0,EU,DE,,,
        10.8.0.0/16,46.0,2.0,EU,FR,,,
        10.9.0.0/16,21.0,78.0,AS,IN,,,
        10.10.0.0/16,35.0,105.0,AS,CN,,,
        10.11.0.0/16,-25.0,134.0,OC,AU,,,
        10.12.0.0/16,-29.0,24.0,AF,ZA,,,
        10.13.0.0/16,27.0,30.0,AF,EG,,,
        10.14.0.0/16,62.0,15.0,EU,SE,,,
        10.15.0.0/16,64.0,26.0,EU,FI,,,
        10.16.0.0/16,-5.0,120.0,AS,ID,,,
        10.17.0.0/16,60.0,100.0,EU,RU,,,
        """);
    yaml =
        FruitServer.yaml(folder, sites.getFirst().port())
                .replace(
                    "admin: { listen: \"127.0.0.1:0\" }",
                    "admin: { listen: \"127.0.0.1:" + Ports.free() + "\" }")
                .replace("zones:\n", "geo: { databases: [ { path: places.csv } ] }\nzones:\n")
                .replace(
                    "[ { name: home-lab }, { name: remote-site } ]",
                    "[ { name: home-lab, location: { latitude: 59.91, longitude: 10.75 } }, { name:"
                        + " remote-site, location: { latitude: 35.68, longitude: 139.69 } } ]")
            + """
              - name: near.gslb.guzware.net
                pools:
                  - name: main
                    algorithm: geo
                    members:
                      - { site: home-lab,    address: 127.0.10.2 }
                      - { site: remote-site, address: 127.0.20.2 }
            """;
    fruit = FruitServer.start(folder, yaml);
    url = "http://127.0.0.1:" + fruit.server().adminAddress().getPort() + "/";
    browser.look(1200, 800, "light");
  }

  @AfterEach
  void stop() {
    browser.open("about:blank");
    if (fruit != null) {
      fruit.close();
    }
    sites.forEach(Site::close);
    said.close();
    List<String> errors = List.copyOf(browser.errors());
    browser.forget();
    assertThat(errors).as("nothing is wrong in the page's own eyes").isEmpty();
  }

  private void open(String view) {
    browser.open(url + view);
    browser.untilSays("live");
  }

  @Test
  void theFirstViewIsSmallAndNothingComesFromElsewhere() {
    browser.forget();
    open("");
    browser.untilSays("fruit.gslb.guzware.net");

    assertThat(browser.octets()).isPositive().isLessThan(FIRST_VIEW_OCTETS);
    assertThat(browser.requests())
        .isNotEmpty()
        .allMatch(each -> each.startsWith(url) || each.equals("about:blank"));
    assertThat(
            browser.eval("fetch('/').then(r => r.headers.get('Content-Security-Policy'))").asText())
        .contains("default-src 'none'", "frame-ancestors 'none'");
  }

  @Test
  void servicesAreListedWithTheirShareAndFound() throws IOException {
    fruit.ask().share(FruitServer.NAME, 20);
    open("#/services");

    browser.untilSays("home-lab 50 %, remote-site 50 %");
    browser.untilSays("2 of 2 eligible");
    picture("services");
    browser.type("input[type=search]", "nobody");
    browser.untilSays("Nothing matches.");
    browser.type("input[type=search]", "near");
    browser.until("document.querySelectorAll('tbody tr').length === 1");
    browser.press("tbody", "near.gslb.guzware.net");
    browser.until("document.querySelector('h1').textContent === 'near.gslb.guzware.net'");
  }

  @Test
  void aMemberIsDrainedAndResumedWithAReason() {
    open(SERVICE);
    browser.untilSays("status 200");
    browser.until("document.querySelectorAll('svg.spark').length === 2");
    picture("service");

    browser.press(".actions", "Drain");
    browser.type("dialog input", "new switch");
    browser.press("dialog", "Drain");
    browser.untilSays("an operator drains it");
    browser.untilSays("new switch");
    assertThat(fruit.server().published().model().overrides().values().toString())
        .contains("new switch");
    browser.untilSays("operator: member 127.0.10.1");

    browser.press(".actions", "Resume");
    browser.press("dialog", "Resume");
    Until.isTrue(
        "the override is taken back",
        Duration.ofSeconds(20),
        () -> fruit.server().published().model().overrides().isEmpty());
    browser.until("!document.body.innerText.includes('drains')");
  }

  @Test
  void aRefusalIsSaidWhereItBelongs() {
    open(SERVICE);
    browser.press(".actions", "Disable");
    browser.until("document.querySelector('dialog').open");
    browser.eval("document.querySelector('dialog input').removeAttribute('maxlength')");
    browser.type("dialog input", "x".repeat(300));
    browser.press("dialog", "Disable");

    browser.until("document.querySelector('dialog .error').textContent.includes('200 characters')");
    browser.press("dialog", "Cancel");
    browser.until("!document.querySelector('dialog').open");
    browser.errors().removeIf(error -> error.contains("status of 400")); // asked for
  }

  @Test
  void whatHappensIsSeenAtOnce() {
    open("#/events");
    browser.untilSays("is UP");
    long before = System.nanoTime();
    fruit.server().reload();
    browser.until(
        "[...document.querySelectorAll('.events li')].filter(e =>"
            + " e.innerText.includes('accepted')).length === 2");
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .as("half a second is meant; this machine may be busy")
        .isLessThan(Duration.ofSeconds(3));

    sites.getFirst().kill();
    browser.untilSays("127.0.10.1 of fruit.gslb.guzware.net at home-lab is DOWN");
    browser.untilSays("caches");
    picture("events");
    browser.press(".chips", "verdict");
    browser.until("!document.body.innerText.includes('is DOWN')");
  }

  @Test
  void theMapShowsWhereClientsGoAndWhatIf() {
    open("#/map?service=near.gslb.guzware.net");
    browser.until(
        "document.querySelector('path[data-country=NO] title')?.textContent.includes('home-lab 100"
            + " %')");
    browser.until(
        "document.querySelector('path[data-country=JP] title').textContent.includes('remote-site"
            + " 100 %')");
    picture("map");

    browser.eval("document.querySelector('g[data-site=home-lab]').focus()");
    browser.key("Enter", "Enter", 13);
    browser.untilSays("What if home-lab was down");
    browser.until(
        "document.querySelector('path[data-country=NO] title').textContent.includes('remote-site"
            + " 100 %')");
    picture("what-if");
    assertThat(
            fruit
                .server()
                .published()
                .plan()
                .allMembers()
                .map(fruit.server().published()::availability))
        .as("nothing is changed")
        .containsOnly(Availability.UP);
    browser.press(".whatif", "Back to now");
    browser.until("!document.querySelector('.whatif')");
  }

  @Test
  void anAnswerIsExplainedStepByStep() {
    open("#/explain?name=near.gslb.guzware.net&client=10.2.0.0/24");
    browser.untilSays("127.0.20.2");
    browser.until("document.querySelectorAll('.steps li').length > 4");
    picture("explain");
    browser.type("input[name=client]", "10.1.0.7");
    browser.press("form", "Explain");
    browser.untilSays("127.0.10.2");
    browser.type("select[name=down]", "home-lab");
    browser.press("form", "Explain");
    browser.untilSays("127.0.20.2");
    browser.type("input[name=client]", "nonsense");
    browser.press("form", "Explain");
    browser.untilSays("ADDRESS/LENGTH");
    browser.errors().removeIf(error -> error.contains("status of 400")); // asked for
  }

  @Test
  void thePageOutlivesARestart() throws Exception {
    open("#/services");
    browser.untilSays("fruit.gslb.guzware.net");
    fruit.close();
    browser.untilSays("The server does not answer");
    browser.untilSays("reconnecting");

    fruit = FruitServer.start(folder, yaml);
    browser.untilSays("live");
    browser.until("document.getElementById('banner').textContent === ''");
    sites.getFirst().kill();
    browser.untilSays("degraded 1");
    browser.errors().removeIf(error -> error.contains("net::ERR")); // nobody was there
  }

  @ParameterizedTest
  @CsvSource({
    "#/services, light",
    "#/services, dark",
    "#/service/fruit.gslb.guzware.net, light",
    "#/service/fruit.gslb.guzware.net, dark",
    "#/map?service=near.gslb.guzware.net, light",
    "#/map?service=near.gslb.guzware.net&down=home-lab, dark",
    "#/explain?name=near.gslb.guzware.net, light",
    "#/explain?name=near.gslb.guzware.net, dark",
    "#/events, light",
    "#/events, dark"
  })
  void nobodyIsShutOut(String view, String colours) throws IOException {
    browser.look(1200, 800, colours);
    open(view);
    browser.until(
        "!document.body.innerText.includes('Loading') && document.querySelector('main h1')");
    browser.until(
        switch (view.substring(0, 5)) {
          case "#/map" -> "document.querySelector('g.site')";
          case "#/exp" -> "document.querySelector('.steps li')";
          case "#/eve" -> "document.querySelector('.events li time')";
          default -> "document.querySelector('tbody tr')";
        });
    browser.eval(resource("axe.min.js"));

    JsonNode found =
        browser.eval("axe.run().then(r => ({violations: r.violations, passes: r.passes.length}))");

    var serious = new ArrayList<String>();
    assertThat(found.path("passes").asInt()).as("it looked").isPositive();
    for (JsonNode violation : found.path("violations")) {
      if (violation.path("impact").asText().matches("serious|critical")) {
        serious.add(
            violation.path("id").asText() + " " + violation.path("nodes").findValuesAsText("html"));
      }
    }
    assertThat(serious).isEmpty();
    browser.look(390, 844, colours);
    assertThat(browser.eval("document.documentElement.scrollWidth").asInt())
        .as("a phone need not scroll sideways")
        .isLessThanOrEqualTo(390);
  }

  private static String resource(String name) throws IOException {
    try (InputStream file = ConsoleTest.class.getClassLoader().getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void picture(String name) {
    if (!PICTURES.isEmpty()) {
      try {
        Files.write(Path.of(PICTURES, name + ".png"), browser.picture());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
