package io.fairlead.server.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.file.ConfigLoader;
import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.health.probe.ProbeResult;
import io.fairlead.health.schedule.SingleProbe;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.health.spec.Place;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recipes of docs/monitors.md, each against a peer that says what such a server says. */
final class RecipesTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "monitors.md");
  private static final Path EXAMPLE = Path.of("..", "config", "examples", "monitors.yaml");
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final Pattern SNIPPET =
      Pattern.compile("`((?:type|port|send|receive|conv)[^`]*)`");

  @TempDir private Path folder;

  /** What the peer says first, and after each time it hears something; and what is broken of it. */
  @ParameterizedTest
  @CsvSource({
    "IMAP, '* OK ready\\r\\n',   'a OK bye\\r\\n',  '* BYE full\\r\\n'",
    "POP3, '+OK ready\\r\\n',    '+OK bye\\r\\n',   '-ERR full\\r\\n'",
    "FTP,  '220-hi\\r\\n220 x\\r\\n', '221 bye\\r\\n', '421 full\\r\\n'",
  })
  void aServerThatSpeaksFirst(String protocol, String greeting, String farewell, String full)
      throws Exception {
    assertThat(ask(recipe(protocol), line(greeting), line(farewell)))
        .isEqualTo(new ProbeResult.Passed("all as expected"));
    assertThat(ask(recipe(protocol), line(full), ""))
        .isInstanceOfSatisfying(
            ProbeResult.Failed.class,
            failed -> assertThat(failed.reason()).startsWith("closed before "));
  }

  @Test
  void smtp() throws Exception {
    MonitorSpec smtp = load(Files.readString(EXAMPLE), EXAMPLE, "smtp");
    assertThat(ask(smtp, "220 mail ESMTP\r\n", "250-SIZE 1\r\n250 OK\r\n", "221 bye\r\n"))
        .isEqualTo(new ProbeResult.Passed("all as expected"));
  }

  @Test
  void ldap() throws Exception {
    String success = octets("300c02010161070a010004000400");
    String busy = octets("300c02010161070a013304000400");
    assertThat(ask(recipe("LDAP"), "", success))
        .isEqualTo(new ProbeResult.Passed("all as expected"));
    assertThat(ask(recipe("LDAP"), "", busy)).isInstanceOf(ProbeResult.Failed.class);
  }

  @Test
  void sipAndRadius() throws Exception {
    assertThat(askUdp(recipe("SIP"), "OPTIONS ", "SIP/2.0 200 OK\r\n\r\n"))
        .isEqualTo(new ProbeResult.Passed("answered as expected"));
    assertThat(askUdp(recipe("SIP"), "OPTIONS ", "nonsense"))
        .isInstanceOf(ProbeResult.Failed.class);
    assertThat(askUdp(recipe("RADIUS"), "\14\1\0\24", octets("02010014" + "00".repeat(16))))
        .isEqualTo(new ProbeResult.Passed("answered"));
  }

  /** RFC 2865 section 5.2 hides the password, RFC 3579 section 3.2 signs the request. */
  @Test
  void aLoginByRadius() throws Exception {
    MonitorSpec login = recipe("RADIUS, a login");
    assertThat(askRadius(login, "open sesame", "testing123"))
        .isEqualTo(new ProbeResult.Passed("answered as expected"));
    assertThat(askRadius(login, "another", "testing123").reason())
        .startsWith("answered without /^\\x02/");
    assertThat(askRadius(login, "open sesame", "other secret").reason())
        .startsWith("answered without /^\\x02/");
  }

  private static ProbeResult askRadius(MonitorSpec login, String password, String secret)
      throws Exception {
    try (var server = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      Thread _ =
          Thread.ofVirtual()
              .start(
                  () -> {
                    var packet = new DatagramPacket(new byte[1024], 1024);
                    try {
                      server.receive(packet);
                      byte[] request = Arrays.copyOf(packet.getData(), packet.getLength());
                      packet.setData(
                          new byte[] {(byte) (isLogin(request, password, secret) ? 2 : 3), 7});
                      server.send(packet);
                    } catch (IOException | GeneralSecurityException _) {
                      // closed: the end of this peer
                    }
                  });
      return probe(login, server.getLocalPort(), new ArrayList<>());
    }
  }

  /**
   * Whether it is signed by the secret and its attributes, in this order, are user and password.
   */
  private static boolean isLogin(byte[] request, String password, String secret)
      throws GeneralSecurityException {
    var md5 = MessageDigest.getInstance("MD5");
    md5.update(secret.getBytes(ISO_8859_1));
    byte[] key = md5.digest(Arrays.copyOfRange(request, 4, 20));
    int at = 20 + 2 + "probe".length() + 2;
    var shown = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      shown.append((char) ((request[at + i] ^ key[i]) & 0xff));
    }
    byte[] unsigned = request.clone();
    Arrays.fill(unsigned, request.length - 16, request.length, (byte) 0);
    Mac mac = Mac.getInstance("HmacMD5");
    mac.init(new SecretKeySpec(secret.getBytes(ISO_8859_1), "HmacMD5"));
    return MessageDigest.isEqual(
            mac.doFinal(unsigned), Arrays.copyOfRange(request, request.length - 16, request.length))
        && shown.toString().replace("\0", "").equals(password)
        && (request[2] << 8 | request[3]) == request.length
        && new String(request, 22, 5, ISO_8859_1).equals("probe");
  }

  /** Every monitor that the document shows stands in the example. */
  @Test
  void theDocumentShowsTheExample() throws IOException {
    String example = Files.readString(EXAMPLE);
    var blocks =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map(block -> block.group(1).indent(2))
            .toList();
    assertThat(blocks).hasSizeGreaterThan(4).allSatisfy(b -> assertThat(example).contains(b));
  }

  private MonitorSpec recipe(String protocol) throws IOException {
    String row =
        Files.readAllLines(DOCUMENT).stream()
            .filter(line -> line.startsWith("| " + protocol + " |"))
            .findFirst()
            .orElseThrow();
    String keys =
        SNIPPET.matcher(row).results().map(hit -> hit.group(1)).collect(Collectors.joining(", "));
    String smallest =
        Files.readString(EXAMPLE.resolveSibling("smallest.yaml"))
            + "monitors: [ { name: recipe, "
            + keys
            + " } ]\n";
    return load(smallest, folder.resolve("recipe.yaml"), "recipe");
  }

  private static MonitorSpec load(String text, Path file, String name) {
    return switch (ConfigLoader.load(file, text)) {
      case Result.Refused(var problems) -> throw new AssertionError(problems.toString());
      case Result.Loaded(var config, _) ->
          config.monitors().stream()
              .filter(monitor -> monitor.name().equals(name))
              .findFirst()
              .orElseThrow();
    };
  }

  private static ProbeResult ask(MonitorSpec monitor, String greeting, String... replies)
      throws Exception {
    try (var server = new ServerSocket(0, 8, LOOPBACK)) {
      Thread _ = Thread.ofVirtual().start(() -> serve(server, greeting, replies));
      return probe(monitor, server.getLocalPort(), new ArrayList<>());
    }
  }

  private static void serve(ServerSocket server, String greeting, String... replies) {
    try (Socket connection = server.accept()) {
      connection.getOutputStream().write(greeting.getBytes(ISO_8859_1));
      byte[] heard = new byte[512];
      for (String reply : replies) {
        if (reply.isEmpty() || connection.getInputStream().read(heard) < 0) {
          return;
        }
        connection.getOutputStream().write(reply.getBytes(ISO_8859_1));
      }
      int _ = connection.getInputStream().read(heard);
    } catch (IOException _) {
      // the probe has left: it knows enough
    }
  }

  private static ProbeResult askUdp(MonitorSpec monitor, String begin, String reply)
      throws Exception {
    try (var server = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      Thread _ = Thread.ofVirtual().start(() -> serve(server, begin, reply));
      return probe(monitor, server.getLocalPort(), new ArrayList<>());
    }
  }

  private static void serve(DatagramSocket server, String begin, String reply) {
    var packet = new DatagramPacket(new byte[1024], 1024);
    try {
      server.receive(packet);
      String said = new String(packet.getData(), 0, packet.getLength(), ISO_8859_1);
      byte[] octets = (said.startsWith(begin) ? reply : "what? " + said).getBytes(ISO_8859_1);
      server.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
    } catch (IOException _) {
      // closed: the end of this peer
    }
  }

  private static ProbeResult probe(MonitorSpec monitor, int port, List<String> steps) {
    var target = monitor.target(new Place.Address(LOOPBACK), port, "probe.example.com");
    return SingleProbe.of(
        target, InstantSource.system(), new Random(1), "fairlead/test", steps::add);
  }

  private static String line(String written) {
    return written.replace("\\r\\n", "\r\n");
  }

  private static String octets(String hex) {
    return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
  }
}
