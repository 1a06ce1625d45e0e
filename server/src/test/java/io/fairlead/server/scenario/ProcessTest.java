package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The server as a process: its signals, its exit codes, what it says. */
final class ProcessTest {
  /** What is promised, and two seconds for a machine that others load. */
  private static final Duration STOP = Duration.ofSeconds(5 + 2);

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private Path fruit(int sitePort) throws IOException {
    return Files.writeString(
        folder.resolve("fruit.yaml"), FruitServer.yaml(folder, sitePort) + "# first\n");
  }

  private Path write(String from, String to) throws IOException {
    String text = FruitServer.yaml(folder, 8080);
    assertThat(text).contains(from);
    return Files.writeString(folder.resolve("fruit.yaml"), text.replace(from, to));
  }

  private Launched serve(Object... arguments) {
    return Launched.fairlead(
        folder,
        Stream.concat(Stream.of("serve"), Stream.of(arguments).map(Object::toString))
            .toArray(String[]::new));
  }

  @Test
  void itReloadsOnHupAndDrainsTcpOnTerm() throws Exception {
    List<Site> sites = Site.open("127.0.10.1", "127.0.20.1");
    Path file = fruit(sites.getFirst().port());
    try (var server = serve(file)) {
      Launched.Ready ready = server.awaitReady();
      assertThat(ready.ask().share(FruitServer.NAME, 4)).hasSize(2);
      assertThat(server.timesSaid("ready:")).isOne();

      server.signal("HUP"); // the file is the same: nobody but the signal asks for a reload
      Until.isTrue("reloaded", SOON, () -> server.timesSaid("configuration accepted") == 2);

      try (var client = new Socket(ready.tcp().getAddress(), ready.tcp().getPort())) {
        int questions = 300;
        var in = new DataInputStream(client.getInputStream());
        ask(client, questions);
        int replies = 0;
        for (; replies < 5; replies++) {
          read(in, replies);
        }
        long from = System.nanoTime();
        server.signal("TERM");
        try {
          for (; ; replies++) {
            read(in, replies);
          }
        } catch (EOFException end) {
          assertThat(replies).isEqualTo(questions);
        }
        assertThat(server.exit(STOP)).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(STOP);
      }
    } finally {
      sites.forEach(Site::close);
    }
  }

  private static void ask(Socket client, int questions) throws IOException {
    var out = new DataOutputStream(client.getOutputStream());
    for (int id = 0; id < questions; id++) {
      Name name = Name.fromConstantString(FruitServer.NAME + ".");
      Message query = Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
      query.getHeader().setID(id);
      byte[] octets = query.toWire();
      out.writeShort(octets.length);
      out.write(octets);
    }
    out.flush();
  }

  private static void read(DataInputStream in, int id) throws IOException {
    byte[] octets = new byte[in.readUnsignedShort()];
    in.readFully(octets);
    var reply = new Message(octets);
    assertThat(reply.getHeader().getID()).isEqualTo(id);
    assertThat(reply.getSection(Section.ANSWER)).hasSize(1);
  }

  /** A site that takes connections and never answers keeps the first verdicts away. */
  @Test
  void termEndsItWhileItStillWaitsForVerdicts() throws Exception {
    try (var hole = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.10.1"))) {
      Path file = fruit(hole.getLocalPort());
      Files.writeString(
          file,
          Files.readString(file)
              .replace("interval: 1s, timeout: 500ms", "interval: 60s, timeout: 30s")
              .replace("name: dns-1,", "name: dns-1, readyTimeout: 60s,"));
      try (var server = serve(file)) {
        server.awaitSaid("configuration accepted");
        long from = System.nanoTime();
        server.signal("TERM");

        assertThat(server.exit(SOON)).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(STOP);
      }
    }
  }

  @Test
  void anInvalidFileIsSaidWithItsPlaceAndExits78() throws Exception {
    Path file = write("algorithm: round-robin", "algorithm: round-robbin");
    try (var server = serve(file)) {
      assertThat(server.exit()).isEqualTo(78);
      assertThat(server.err()).containsPattern("fruit\\.yaml:26:\\d+: services\\[0]");
      assertThat(server.err()).contains("did you mean", "round-robin").doesNotContain("\tat ");
    }
  }

  @Test
  void aMissingFileIsSaidAndExits78() throws Exception {
    try (var server = serve(folder.resolve("nowhere.yaml"))) {
      assertThat(server.exit()).isEqualTo(78);
      assertThat(server.err()).contains("nowhere.yaml", "does not exist").doesNotContain("\tat ");
    }
  }

  @Test
  void aPortThatIsTakenIsSaidWithItsAddressAndExits71() throws Exception {
    try (var taken = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      try (var server = serve(write("udp: [\"127.0.0.1:0\"]", "udp: [\"" + address + "\"]"))) {
        assertThat(server.exit()).isEqualTo(71);
        assertThat(server.err()).contains(address, "in use").doesNotContain("\tat ");
      }
    }
  }

  @Test
  void anAdminPortThatIsTakenIsSaidWithItsAddressAndExits71() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      try (var server =
          serve(
              write("admin: { listen: \"127.0.0.1:0\"", "admin: { listen: \"" + address + "\""))) {
        assertThat(server.exit()).isEqualTo(71);
        assertThat(server.err()).contains("admin", address, "in use").doesNotContain("\tat ");
      }
    }
  }

  @Test
  void aWrongUsageSaysWhatWasMeantAndExits64() throws Exception {
    try (var option = serve("--lastgood", "fruit.yaml");
        var unlike = serve("--gently", "fruit.yaml");
        var command = Launched.fairlead(folder, "sevre", "fruit.yaml")) {
      assertThat(option.exit()).isEqualTo(64);
      assertThat(option.err()).contains("--lastgood", "--last-good");
      assertThat(unlike.exit()).isEqualTo(64);
      assertThat(unlike.err()).contains("--gently", "Usage: fairlead serve");
      assertThat(command.exit()).isEqualTo(64);
      assertThat(command.err()).contains("sevre", "serve");
    }
  }

  @Test
  void theLastGoodStateIsServedLoudlyWhereTheFileIsBroken() throws Exception {
    Path file = write("name: dns-1", "name: dns-1");
    String good = Files.readString(file);
    String state = folder.resolve("state").toString();
    try (var server = serve(file)) {
      server.awaitReady();
      server.signal("TERM");
      assertThat(server.exit()).isZero();
    }
    Files.writeString(file, "version: [\n");

    try (var refusing = serve(file)) {
      assertThat(refusing.exit()).isEqualTo(78);
    }
    try (var server = serve(file, "--last-good", "--state-directory", state)) {
      Launched.Ready ready = server.awaitReady();
      assertThat(server.err())
          .contains("SERVING THE LAST GOOD CONFIGURATION")
          .contains("fruit.yaml:");
      assertThat(ttl(ready)).isEqualTo(2);

      Files.writeString(file, good.replace("ttl: 2s", "ttl: 3s"));
      Until.isTrue("the mended file", SOON, () -> ttl(ready) == 3);
      server.signal("TERM");
      assertThat(server.exit()).isZero();
    }
    Files.delete(file);
    try (var server = serve(file, "--last-good", "--state-directory", state)) {
      assertThat(ttl(server.awaitReady())).isEqualTo(3);
    }
    try (var server = serve(file, "--last-good", "--state-directory", folder.resolve("no"))) {
      assertThat(server.exit()).isEqualTo(78);
      assertThat(server.err()).contains("no good one is kept");
    }
  }

  private static long ttl(Launched.Ready ready) {
    Message reply = ready.ask().udp(FruitServer.NAME, Type.A);
    return reply.getSection(Section.ANSWER).getFirst().getTTL();
  }
}
