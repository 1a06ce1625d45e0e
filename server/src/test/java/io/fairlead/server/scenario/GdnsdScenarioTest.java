package io.fairlead.server.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.server.migrate.gdnsd.GdnsdImport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A configuration that gdnsd itself accepts is taken over, and both servers give the same answers.
 */
final class GdnsdScenarioTest {
  private static final Path GDNSD = Path.of("/usr/sbin/gdnsd");
  private static final List<String> FILES =
      List.of("config", "more.cfg", "common.inc", "zones/example.com");

  /** So often that a share of one in five is seen with a chance of all but 1 in 10^9. */
  private static final int TIMES = 100;

  private static final String NOBODY = "";
  private static final int[] TYPES = {Type.A, Type.AAAA, Type.MX, Type.TXT, Type.SRV, Type.CNAME};

  @TempDir private Path folder;
  private Process gdnsd;
  private FruitServer ours;
  private Ask theirs;
  private String yaml;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(GDNSD), "gdnsd is not installed");
    int port = Ports.free();
    Path old = folder.resolve("gdnsd");
    for (String name : FILES) {
      Path file = old.resolve(name);
      Files.createDirectories(requireNonNull(file.getParent()));
      Files.writeString(
          file,
          text(name).replace("@PORT@", Integer.toString(port)).replace("@FOLDER@", old.toString()));
    }
    for (String name : List.of("run", "state", "geoip")) {
      Files.createDirectories(old.resolve(name));
    }
    assertThat(run(old, "checkconf").waitFor()).describedAs(log()).isZero();
    gdnsd = run(old, "start");
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    theirs = new Ask(address, address);
    Until.isTrue("gdnsd answers", Duration.ofSeconds(30), () -> isAnswering(theirs));
    yaml = GdnsdImport.of(old);
    ours =
        FruitServer.start(
            folder,
            yaml.replace("127.0.0.1:" + port, "127.0.0.1:0")
                + "node: { stateDirectory: \"%s\" }\n".formatted(folder.resolve("state"))
                + "admin: { listen: \"127.0.0.1:0\" }\n");
  }

  private static String text(String name) throws IOException {
    try (InputStream in = GdnsdScenarioTest.class.getResourceAsStream("gdnsd/" + name)) {
      return new String(requireNonNull(in).readAllBytes(), UTF_8);
    }
  }

  private Process run(Path config, String action) throws IOException {
    return new ProcessBuilder(GDNSD.toString(), "-c", config.toString(), action)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("gdnsd.log").toFile())
        .start();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("gdnsd.log"));
  }

  private static boolean isAnswering(Ask server) {
    try {
      return !server.udp("fixed.example.com", Type.A).getSection(Section.ANSWER).isEmpty();
    } catch (RuntimeException _) {
      return false;
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (ours != null) {
      ours.close();
    }
    if (gdnsd != null) {
      gdnsd.destroy();
      assertThat(gdnsd.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void everyNameHasTheSameAnswers() {
    for (String name :
        List.of(
            "split",
            "shop",
            "both",
            "names",
            "together",
            "all",
            "labelled",
            "included",
            "healthy",
            "dead",
            "broken",
            "ladder",
            "near",
            "named",
            "app",
            "app.us",
            "fixed",
            "six",
            "alias",
            "www",
            "mail",
            "ns2",
            "host.deep",
            "_sip._udp.deep",
            "one.sub.deep",
            "up",
            "here.sub.deep",
            "last.deep",
            "absent",
            "deep")) {
      for (int type : TYPES) {
        assertThat(said(ours.ask(), name, type, NOBODY))
            .describedAs("%s %s, with%n%s", name, Type.string(type), yaml)
            .isEqualTo(said(theirs, name, type, NOBODY));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 192.0.2.42",
    "203.0.113.200, 192.0.2.43",
    "198.51.100.1, 192.0.2.41",
    "2001:db8:aa::1, 192.0.2.43"
  })
  void clientsAreSentWhereTheMapSentThem(String client, String address) {
    assertThat(said(theirs, "app", Type.A, client)).anyMatch(line -> line.endsWith(" " + address));
    assertThat(said(ours.ask(), "app", Type.A, client))
        .isEqualTo(said(theirs, "app", Type.A, client));
  }

  @Test
  void whatIsNotCarriedOverIsSaid() {
    assertThat(yaml)
        .contains("null (nobody.example.com): null answers 0.0.0.0 and ::")
        .contains("reflect!best (mirror.example.com): reflect answers with the client's address")
        .contains("options, tcp_fastopen: it has no meaning here")
        .contains("monitors, script: its program gets the address as FAIRLEAD_ADDRESS")
        .contains(
            "type: http, port: 8080, path: \"/health\", host: \"www.example.com\", expect: {"
                + " status: [200, 204] }, interval: 8s, timeout: 3s, rise: 4, fall: 3 }");
  }

  /** The response code, and each answer that came with its TTL; CNAMEs are followed by none. */
  private static Set<String> said(Ask server, String name, int type, String client) {
    var lines = new TreeSet<String>();
    for (int i = 0; i < TIMES; i++) {
      Message reply = server.udp(question(name, type, client));
      lines.add("rcode " + reply.getRcode());
      List<Record> answer = reply.getSection(Section.ANSWER);
      // gdnsd names the target of a CNAME and stops; we go on within the zone.
      Stream<Record> own =
          answer.stream().filter(record -> record.getName().equals(answer.getFirst().getName()));
      own.forEach(record -> lines.add(record.getTTL() + " " + record.rdataToString()));
      if (answer.isEmpty()) {
        break;
      }
    }
    return lines;
  }

  private static Message question(String name, int type, String client) {
    try {
      var query =
          Message.newQuery(
              Record.newRecord(Name.fromString(name + ".example.com."), type, DClass.IN));
      if (!client.isEmpty()) {
        int length = client.contains(":") ? 128 : 32;
        query.addRecord(
            new OPTRecord(
                1232, 0, 0, 0, new ClientSubnetOption(length, InetAddress.ofLiteral(client))),
            Section.ADDITIONAL);
      }
      return query;
    } catch (IOException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
