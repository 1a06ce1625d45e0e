package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other commands as processes: what they print, and how they end. */
final class CommandProcessTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path file;

  /** How a command ended. */
  private record End(int exit, String out, String err) {
    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }
  }

  @BeforeEach
  void file() throws IOException {
    file = Files.writeString(folder.resolve("fruit.yaml"), FruitServer.yaml(folder, 8080));
  }

  private End run(Object... arguments) throws InterruptedException {
    var words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    try (var command = Launched.fairlead(folder, words)) {
      return new End(command.exit(), command.out(), command.err());
    }
  }

  @Test
  void checkPassesAValidFile() throws Exception {
    End text = run("check", file);
    assertThat(text.exit()).isZero();
    assertThat(text.out()).contains("valid", "zones 1", "services 1");

    End json = run("check", file, "--output", "json");
    assertThat(json.exit()).isZero();
    assertThat(json.json().path("valid").asBoolean()).isTrue();
  }

  @Test
  void checkSaysEveryProblemOfABrokenOne() throws Exception {
    Files.writeString(
        file,
        Files.readString(file).replace("ttl: 2s", "tll: 2s").replace("10.1, weight", "10, weight"));

    End text = run("check", file);
    assertThat(text.exit()).isEqualTo(78);
    assertThat(text.out()).contains(file + ":19:5: ", "tll", "did you mean", file + ":28:");

    End json = run("check", file, "--output", "json");
    assertThat(json.exit()).isEqualTo(78);
    assertThat(json.json().path("valid").asBoolean(true)).isFalse();
    assertThat(json.json().path("problems")).hasSizeGreaterThanOrEqualTo(2);
    assertThat(json.json().at("/problems/0/line").asInt()).isEqualTo(19);

    End missing = run("check", folder.resolve("nowhere.yaml"));
    assertThat(missing.exit()).isEqualTo(78);
    assertThat(missing.out()).contains("nowhere.yaml", "does not exist");
  }

  @Test
  void explainSaysWhatAClientGetsAndWhy() throws Exception {
    End answer = run("explain", file, FruitServer.NAME);
    assertThat(answer.exit()).isZero();
    assertThat(answer.out()).containsPattern("127\\.0\\.[12]0\\.1").contains("both-sites", "TTL");

    End nowhere = run("explain", file, "nope.gslb.guzware.net");
    assertThat(nowhere.exit()).isEqualTo(1);
    assertThat(nowhere.out()).contains("NXDOMAIN");

    End foreign = run("explain", file, "example.org");
    assertThat(foreign.exit()).isEqualTo(1);
    assertThat(foreign.out()).contains("REFUSED");
  }

  @Test
  void probeShowsEachStepOfOneProbe() throws Exception {
    var sites = Site.open("127.0.10.1");
    String port = Integer.toString(sites.getFirst().port());
    try {
      End up = run("probe", file, "apple", "127.0.10.1", "--port", port, "--host", "fruit.example");
      assertThat(up.exit()).as(up.out() + up.err()).isZero();
      assertThat(up.out())
          .contains(
              "127.0.10.1:" + port + " http GET /apple",
              "connected to ",
              "sent ",
              "Host: fruit.example",
              "received ",
              "passed: status 200");
      assertThat(run("probe", file, "apple", "localhost", "--port", port).out())
          .contains("localhost is 127.0.0.1");
    } finally {
      sites.forEach(Site::close);
    }
    End down = run("probe", file, "apple", "127.0.10.1", "--port", port);
    assertThat(down.exit()).isEqualTo(1);
    assertThat(down.out()).contains("failed: refused by 127.0.10.1:" + port);

    End unknown = run("probe", file, "pear", "127.0.10.1");
    assertThat(unknown.exit()).isEqualTo(64);
    assertThat(unknown.err()).contains("no monitor is called \"pear\"; the file has: apple");
  }

  @Test
  void explainTakesDownClientTypeAndOutput() throws Exception {
    End down = run("explain", file, FruitServer.NAME, "--down", "home-lab", "--output", "json");
    assertThat(down.exit()).isZero();
    assertThat(down.json().at("/answer/0").asText()).endsWith("A 127.0.20.1");
    assertThat(down.json().path("steps")).isNotEmpty();

    End subnet =
        run("explain", file, FruitServer.NAME, "--client", "10.0.0.0/24", "--type", "AAAA");
    assertThat(subnet.exit()).isZero();
    assertThat(subnet.out()).contains("10.0.0.0/24", "NOERROR, no records", "scope");

    assertThat(run("explain", file, FruitServer.NAME, "--down", "mars").exit()).isEqualTo(64);
    assertThat(run("explain", file, FruitServer.NAME, "--client", "10.0.0.0/33").err())
        .contains("0 to 32");
    assertThat(run("explain", file, FruitServer.NAME, "--type", "APPLE").exit()).isEqualTo(64);
  }

  @Test
  void aRunningServerIsAsked() throws Exception {
    var sites = Site.open("127.0.10.1", "127.0.20.1");
    try (var server =
        FruitServer.start(folder, FruitServer.yaml(folder, sites.getFirst().port()))) {
      String url = "http://127.0.0.1:" + server.server().adminAddress().getPort();

      End explained = run("explain", "--server", url, FruitServer.NAME, "--client", "10.1.2.0/24");
      assertThat(explained.exit()).isZero();
      assertThat(explained.out()).contains("both-sites", "10.1.2.0/24");
      assertThat(run("explain", "--server", url, "nope.gslb.guzware.net").exit()).isOne();

      End status = run("status", "--server", url);
      assertThat(status.exit()).isZero();
      assertThat(status.out())
          .contains("ready", FruitServer.NAME, "127.0.10.1", "home-lab", "up", "since")
          .doesNotContain("\033");

      End json = run("status", "--server", url, "--output", "json");
      assertThat(json.json().at("/services/0/name").asText()).isEqualTo(FruitServer.NAME);
    } finally {
      sites.forEach(Site::close);
    }
  }

  @Test
  void statusOfNobodyExits69() throws Exception {
    End status = run("status", "--server", "http://127.0.0.1:" + Ports.free());

    assertThat(status.exit()).isEqualTo(69);
    assertThat(status.err()).contains("no server at", "--server").doesNotContain("\tat ");
  }

  @Test
  void theDemoWithoutATerminalPrintsWhatToTryAndAnswers() throws Exception {
    int port = Ports.free();
    int adminPort = Ports.free();
    try (var demo =
        Launched.fairlead(folder, "demo", "--port", "" + port, "--admin-port", "" + adminPort)) {
      demo.awaitSaid("of 20 answers");
      assertThat(demo.out())
          .contains("dig @127.0.0.1 -p " + port + " " + FruitServer.NAME)
          .contains("http://127.0.0.1:" + adminPort + "/api/v1/services")
          .doesNotContain("\033");
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      assertThat(new Ask(address, address).share(FruitServer.NAME, 20)).hasSize(2);
      try (HttpClient http = HttpClient.newHttpClient()) {
        var uri = URI.create("http://127.0.0.1:" + adminPort + "/readyz");
        assertThat(
                http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                    .statusCode())
            .isEqualTo(200);
      }

      Matcher written = Pattern.compile("file (\\S+demo\\.yaml)").matcher(demo.out());
      assertThat(written.find()).isTrue();
      assertThat(Path.of(written.group(1))).exists();

      demo.signal("INT"); // Ctrl-C
      assertThat(demo.exit()).isZero();
      assertThat(Path.of(written.group(1)).getParent()).doesNotExist();
    }
  }

  @Test
  void theDemoNamesAnotherPortWhereItsOwnIsTaken() throws Exception {
    try (var taken = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      int port = taken.getLocalPort();

      End demo = run("demo", "--port", port, "--admin-port", Ports.free());

      assertThat(demo.exit()).isEqualTo(71);
      assertThat(demo.err()).contains("127.0.0.1:" + port, "--port").doesNotContain("\tat ");
    }
  }
}
