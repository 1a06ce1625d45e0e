package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What explain says is what the next query gets. */
final class ExplainParityTest {
  private static final long SEED = 20261123;
  private static final int QUESTIONS = 2000;

  private static final List<String> NAMES =
      List.of(
          "fruit.gslb.guzware.net",
          "FRUIT.gslb.guzware.NET",
          "www.gslb.guzware.net",
          "info.gslb.guzware.net",
          "gslb.guzware.net",
          "ns1.gslb.guzware.net",
          "heavy.gslb.guzware.net",
          "heavy.gslb.guzware.net",
          "alias.gslb.guzware.net",
          "every.gslb.guzware.net",
          "every.gslb.guzware.net",
          "nope.gslb.guzware.net",
          "deep.nope.gslb.guzware.net",
          "example.org");

  private static final String MORE =
      """
        - name: heavy.gslb.guzware.net
          aliases: [ alias.gslb.guzware.net ]
          ttl: 7s
          answers: 2
          pools:
            - { name: first, priority: 20, algorithm: round-robin, members: [
                { site: home-lab, address: 192.0.2.1, weight: 8 },
                { site: remote-site, address: 192.0.2.2, weight: 2 },
                { site: remote-site, address: "2001:db8::2", weight: 1 } ] }
            - { name: second, priority: 10, algorithm: round-robin, members: [
                { site: home-lab, address: 192.0.2.9, weight: 1 } ] }
        - name: every.gslb.guzware.net
          ttl: 7s
          answers: 0
          pools:
            - { name: only, priority: 20, algorithm: round-robin, members: [
                { site: home-lab, address: 192.0.2.1, weight: 3 },
                { site: remote-site, address: 192.0.2.2, weight: 1 },
                { site: remote-site, address: 192.0.2.3, weight: 1 } ] }
      """;

  @TempDir private Path folder;

  private record Asked(String name, String type, String client) {}

  @Test
  void whatIsExplainedIsWhatIsAnswered() throws Exception {
    List<Site> sites = Site.open("127.0.10.1", "127.0.20.1");
    String yaml = FruitServer.yaml(folder, sites.getFirst().port()) + MORE;
    try (var fruit = FruitServer.start(folder, yaml);
        HttpClient http = HttpClient.newHttpClient()) {
      var random = new Random(SEED);
      String base = "http://127.0.0.1:" + fruit.server().adminAddress().getPort();
      Ask ask = fruit.ask();
      int answered = 0;
      for (int i = 0; i < QUESTIONS; i++) {
        Asked asked = anyQuestion(random);
        var uri =
            URI.create(
                base
                    + "/api/v1/explain?name=%s&type=%s&client=%s"
                        .formatted(asked.name(), asked.type(), encoded(asked.client())));
        JsonNode told =
            new ObjectMapper()
                .readTree(
                    http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());

        Message came = ask.udp(query(asked));

        String what = "seed %d question %d: %s".formatted(SEED, i, asked);
        assertThat(told.path("rcode").asText()).as(what).isEqualTo(Rcode.string(came.getRcode()));
        assertThat(answer(told)).as(what).isEqualTo(answer(came));
        assertThat(told.path("scope").asInt(-1)).as(what).isEqualTo(scope(came));
        answered += came.getSection(Section.ANSWER).isEmpty() ? 0 : 1;
      }
      assertThat(answered).isBetween(QUESTIONS / 4, QUESTIONS - QUESTIONS / 10);
    } finally {
      sites.forEach(Site::close);
    }
  }

  private static Asked anyQuestion(Random random) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    String type = List.of("A", "A", "A", "AAAA", "TXT", "CNAME", "MX").get(random.nextInt(7));
    int bits = 1 + random.nextInt(32);
    String client =
        switch (random.nextInt(3)) {
          case 0 -> "127.0.0.1"; // asks itself, as we do
          case 1 -> network(random, bits) + "/" + bits;
          default -> "2001:db8:" + Integer.toHexString(random.nextInt(1 << 16)) + "::/48";
        };
    return new Asked(name, type, client);
  }

  /** An address whose octets beyond the prefix are zero. */
  private static String network(Random random, int bits) {
    int address = random.nextInt() & (bits == 0 ? 0 : -1 << (32 - bits));
    return "%d.%d.%d.%d"
        .formatted(address >>> 24, address >>> 16 & 255, address >>> 8 & 255, address & 255);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Message query(Asked asked) throws Exception {
    Message query =
        Message.newQuery(
            Record.newRecord(
                Name.fromString(asked.name() + "."), Type.value(asked.type()), DClass.IN));
    int slash = asked.client().indexOf('/');
    List<EDNSOption> options =
        slash < 0
            ? List.of()
            : List.of(
                new ClientSubnetOption(
                    Integer.parseInt(asked.client().substring(slash + 1)),
                    InetAddress.ofLiteral(asked.client().substring(0, slash))));
    query.addRecord(new org.xbill.DNS.OPTRecord(1232, 0, 0, 0, options), Section.ADDITIONAL);
    return query;
  }

  private static List<String> answer(JsonNode told) {
    return StreamSupport.stream(told.path("answer").spliterator(), false)
        .map(record -> normal(record.asText()))
        .toList();
  }

  private static List<String> answer(Message came) {
    var answer = new ArrayList<String>();
    for (Record record : came.getSection(Section.ANSWER)) {
      answer.add(
          normal(
              record.getName()
                  + " "
                  + record.getTTL()
                  + " IN "
                  + Type.string(record.getType())
                  + " "
                  + record.rdataToString()));
    }
    return answer;
  }

  /** Without the dots at the end of names, which the two write differently. */
  private static String normal(String record) {
    return record.replaceAll("\\.(?= |$)", "");
  }

  private static int scope(Message came) {
    return came.getOPT().getOptions(EDNSOption.Code.CLIENT_SUBNET).stream()
        .map(option -> ((ClientSubnetOption) option).getScopePrefixLength())
        .findAny()
        .orElse(-1);
  }
}
