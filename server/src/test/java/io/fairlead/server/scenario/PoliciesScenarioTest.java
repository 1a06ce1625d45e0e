package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.server.Environment;
import io.fairlead.server.Fairlead;
import io.fairlead.server.reload.ConfigFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Every policy feature in one file, served and asked over real sockets with client subnets. */
final class PoliciesScenarioTest {
  private static final String HERE = "policies/";
  private static final Duration SOON = Duration.ofSeconds(30);

  /** London, Milton in the United States, Changchun and Linköping, as the database places them. */
  private static final String LONDON = "81.2.69.142/32";

  private static final String MILTON = "216.160.83.56/32";
  private static final String GERMANY = "2a02:d180::/29";
  private static final String CHANGCHUN = "175.16.199.1/32";

  @TempDir private Path folder;
  private List<Site> ladder;
  private Fairlead server;

  @BeforeEach
  void serve() throws Exception {
    ladder = Site.open("127.0.41.1", "127.0.41.2", "127.0.41.3");
    start();
  }

  private void start() throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("geo"));
    copy("geo/city.mmdb");
    copy("geo/offices.csv");
    String text = new String(resource("policies.yaml"), StandardCharsets.UTF_8);
    var file =
        new ConfigFile(
            Files.writeString(
                folder.resolve("policies.yaml"),
                text.replace("127.0.0.1:5300", "127.0.0.1:0")
                        .replace("127.0.0.1:8053", "127.0.0.1:0")
                        .replace("port: 8443", "port: " + ladder.getFirst().port())
                    + "node: { stateDirectory: \"%s\" }%n".formatted(folder.resolve("state"))));
    var reading = file.read();
    if (!(reading.result() instanceof Result.Loaded loaded)) {
      throw new AssertionError("refused: " + reading.result());
    }
    assertThat(loaded.warnings())
        .as("no database of it knows autonomous systems")
        .singleElement()
        .satisfies(warning -> assertThat(warning.key()).endsWith("when.asn"));
    server = Fairlead.start(file, reading.text(), loaded, Environment.system());
    assertThat(server.awaitAnswering(SOON)).isTrue();
  }

  private void copy(String name) throws IOException {
    Files.write(folder.resolve(name), resource(name));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = PoliciesScenarioTest.class.getResourceAsStream(HERE + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  @AfterEach
  void stop() {
    server.close();
    ladder.forEach(Site::close);
  }

  private Message ask(String name, int type, String client) {
    try {
      Message query =
          Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN));
      int slash = client.indexOf('/');
      List<EDNSOption> options =
          slash < 0
              ? List.of()
              : List.of(
                  new ClientSubnetOption(
                      Integer.parseInt(client.substring(slash + 1)),
                      InetAddress.ofLiteral(client.substring(0, slash))));
      query.addRecord(new OPTRecord(1232, 0, 0, 0, options), Section.ADDITIONAL);
      return new Ask(server.udpAddresses().getFirst(), server.tcpAddresses().getFirst()).udp(query);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String answer(String name, String client) {
    return text(ask(name + ".gslb.example.com", Type.A, client));
  }

  private static String text(Message reply) {
    return String.join(
        " ",
        reply.getSection(Section.ANSWER).stream().map(Record::rdataToString).sorted().toList());
  }

  private Map<String, Integer> share(String name, int type, int questions) {
    var share = new TreeMap<String, Integer>();
    for (int i = 0; i < questions; i++) {
      share.merge(text(ask(name + ".gslb.example.com", type, "")), 1, Integer::sum);
    }
    return share;
  }

  private static int scope(Message reply) {
    return reply.getOPT().getOptions(EDNSOption.Code.CLIENT_SUBNET).stream()
        .map(option -> ((ClientSubnetOption) option).getScopePrefixLength())
        .findFirst()
        .orElse(-1);
  }

  @Test
  void weightedSplitsEachFamilyByItself() {
    assertThat(share("weighted", Type.A, 20)).isEqualTo(Map.of("192.0.2.1", 16, "192.0.2.2", 4));
    assertThat(share("weighted", Type.AAAA, 20))
        .isEqualTo(Map.of("2001:db8:0:0:0:0:0:1", 16, "2001:db8:0:0:0:0:0:2", 4));
    assertThat(share("w", Type.A, 10).keySet()).containsExactly("192.0.2.1", "192.0.2.2");
    assertThat(ask("weighted.gslb.example.com", Type.A, LONDON).getSection(Section.ANSWER))
        .allSatisfy(record -> assertThat(record.getTTL()).isEqualTo(30));
  }

  @Test
  void stickySendsANetworkToOneSite() {
    String first = answer("sticky", "198.51.100.0/24");
    var all = new TreeSet<String>();
    for (int i = 0; i < 256; i++) {
      assertThat(answer("sticky", "198.51.100." + i + "/32")).isEqualTo(first);
      all.add(answer("sticky", "198.51." + i + ".0/24"));
    }
    assertThat(all).containsExactly("192.0.2.11", "192.0.2.12", "192.0.2.13");
    assertThat(scope(ask("sticky.gslb.example.com", Type.A, "198.51.100.7/32"))).isEqualTo(24);
  }

  @ParameterizedTest
  @CsvSource({
    LONDON + ",192.0.2.21",
    MILTON + ",192.0.2.22",
    CHANGCHUN + ",192.0.2.23",
    "10.1.2.0/24,192.0.2.21",
    "10.20.2.0/24,192.0.2.23",
  })
  void nearIsTheNearestByDatabaseAndOffices(String client, String address) {
    assertThat(answer("near", client)).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "10.20.1.0/24,192.0.2.31", // an office: oslo first
    CHANGCHUN + ",192.0.2.34", // Asia: tokyo
    MILTON + ",192.0.2.33", // no rule but the last: virginia
    "2001:db8:aa::/48,192.0.2.31",
  })
  void ruledFollowsTheFirstRuleThatMatches(String client, String address) {
    assertThat(answer("ruled", client)).isEqualTo(address);
  }

  @Test
  void theLadderWaitsForAnOperatorAcrossARestart() throws Exception {
    assertThat(answer("ladder", "")).isEqualTo("127.0.41.1");

    ladder.get(0).kill();
    Until.isTrue("second", SOON, () -> answer("ladder", "").equals("127.0.41.2"));
    ladder.get(1).kill();
    Until.isTrue("backup", SOON, () -> answer("ladder", "").equals("127.0.41.3"));
    ladder.get(2).kill();
    Until.isTrue("sorry", SOON, () -> answer("ladder", "").equals("sorry.example.com."));
    assertThat(ask("ladder.gslb.example.com", Type.A, "").getOPT().getOptions(15)).hasSize(1);

    ladder.get(0).start();
    ladder.get(2).start();
    Until.isTrue("waits", SOON, () -> standing().contains("waits for an operator"));
    Until.isTrue("backup", SOON, () -> answer("ladder", "").equals("127.0.41.3"));

    server.close();
    start();
    Until.isTrue("waits", SOON, () -> standing().contains("waits for an operator"));
    assertThat(answer("ladder", "")).isEqualTo("127.0.41.3");

    assertThat(admin("POST", "/api/v1/services/ladder.gslb.example.com/members/127.0.41.1/resume"))
        .contains("\"state\" : \"up\"");
    assertThat(answer("ladder", "")).isEqualTo("127.0.41.1");
  }

  private String standing() {
    return admin("GET", "/api/v1/services/ladder.gslb.example.com");
  }

  private String admin(String method, String path) {
    var uri = URI.create("http://127.0.0.1:" + server.adminAddress().getPort() + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void theNearestPoolIsTakenAndItsMembersShare() {
    assertThat(answer("nearest-pool", MILTON)).isEqualTo("192.0.2.53");
    var europe = new TreeSet<String>();
    for (int i = 0; i < 4; i++) {
      europe.add(answer("nearest-pool", LONDON));
    }
    assertThat(europe).containsExactly("192.0.2.51", "192.0.2.52");
  }

  @Test
  void privateClientsGetTheAddressAndOthersThePublicOne() {
    assertThat(answer("nat", "10.9.0.0/16")).isEqualTo("10.1.1.1");
    assertThat(answer("nat", LONDON)).isEqualTo("203.0.113.1");
    assertThat(answer("nat", "")).isEqualTo("203.0.113.1");
    assertThat(scope(ask("nat.gslb.example.com", Type.A, "10.9.0.0/16"))).isEqualTo(8);
  }

  @Test
  void membersThatAreNamesAreAnsweredAsCnamesInTurn() {
    assertThat(share("cdn", Type.A, 4))
        .isEqualTo(Map.of("a.cdn.example.net.", 2, "b.cdn.example.net.", 2));
  }

  @Test
  void theWildcardAnswersWhatIsBelowItAndNoData() {
    assertThat(answer("shop.apps", "")).isEqualTo("192.0.2.61");
    assertThat(answer("a.b.apps", "")).isEqualTo("192.0.2.61");
    Message none = ask("shop.apps.gslb.example.com", Type.AAAA, "");
    assertThat(none.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(none.getSection(Section.ANSWER)).isEmpty();

    send("PUT", "/api/v1/overrides/sites/oslo", "{\"state\": \"disable\"}");
    Message down = ask("shop.apps.gslb.example.com", Type.A, "");
    assertThat(down.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(down.getSection(Section.ANSWER)).isEmpty();
  }

  @Test
  void aStrictRuleAnswersItsSitesOrTheDownResponse() {
    assertThat(answer("ruled", GERMANY)).isEqualTo("192.0.2.32");
    send("PUT", "/api/v1/overrides/sites/oslo", "{\"state\": \"disable\"}");
    send("PUT", "/api/v1/overrides/sites/dublin", "{\"state\": \"disable\"}");

    assertThat(answer("ruled", MILTON)).isEqualTo("192.0.2.33");
    assertThat(answer("ruled", GERMANY)).isEqualTo("198.51.100.9");
    Message v6 = ask("ruled.gslb.example.com", Type.AAAA, GERMANY);
    assertThat(v6.getRcode()).isEqualTo(Rcode.NOERROR);
  }

  private void send(String method, String path, String body) {
    var uri = URI.create("http://127.0.0.1:" + server.adminAddress().getPort() + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      int status =
          http.send(
                  HttpRequest.newBuilder(uri)
                      .header("Content-Type", "application/json")
                      .method(method, BodyPublishers.ofString(body))
                      .build(),
                  BodyHandlers.ofString())
              .statusCode();
      assertThat(status).isEqualTo(201);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
