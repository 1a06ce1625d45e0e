package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.spec.HttpOptions;
import io.fairlead.health.spec.Step;
import io.fairlead.health.spec.Tls;
import io.fairlead.health.spec.Tls.Trust;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each type of monitor with a peer that is up, down, silent, and that talks nonsense. */
class EveryTypeTest {
  private static final Duration BRIEF = Duration.ofMillis(700);
  private static final Tls ANYONE = new Tls(TlsPeers.NAME, new Trust.Anyone());
  private static final Expected READY = Expected.text("ready");
  private static final String GARBAGE = "\u0000\u0001\u00fe\u00ff\u007f what?\r\n\r\n";
  private static final String NO_ANSWER = "no answer within 700 ms \\(connected in \\d+ ms.*\\)";

  @TempDir static Path directory;
  private static TlsPeers peers;

  @BeforeAll
  static void certificates() throws Exception {
    peers = new TlsPeers(directory);
    peers.make("good", "-startdate", "-1d", "-validity", "30");
  }

  /** How a peer over TCP or TLS behaves. */
  sealed interface Manner {
    /** Says this once it was spoken to, and waits. */
    record Says(String octets) implements Manner {}

    /** The same without being spoken to. */
    record Greets(String octets) implements Manner {}

    record Closes() implements Manner {}

    record Resets() implements Manner {}

    /** Reads, and never answers. */
    record Silent() implements Manner {}
  }

  static Stream<Arguments> streams() {
    Check http = http(HttpOptions.NONE);
    Check body = http(new HttpOptions(Map.of(), "", READY, List.of(), null, null));
    Check https = http(new HttpOptions(Map.of(), "", READY, List.of(), null, ANYONE));
    Check http2 = http(new HttpOptions(Map.of(), "", READY, List.of(), null, ANYONE, true));
    Check talk =
        new Check.Conversation(List.of(new Step.Send("hi"), new Step.Receive(READY)), null);
    Check secret = new Check.Conversation(List.of(new Step.Receive(READY)), ANYONE);
    Check handshake = new Check.Conversation(List.of(), ANYONE);
    Check grpc = new Check.Grpc("", "app.example", null);
    Check grpcs = new Check.Grpc("", "app.example", ANYONE);
    String ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
    return Stream.of(
        row("http", http, new Manner.Says(ok), Verdict.UP, "status 200 in \\d+ ms"),
        row("http", http, new Manner.Says("HTTP/1.1 503 No\r\n\r\n"), Verdict.DOWN, "status 503.*"),
        row(
            "http",
            http,
            new Manner.Says("HTTP/1.1 302 F\r\nLocation: /\r\n\r\n"),
            Verdict.DOWN,
            "status 302, .*"),
        row("http", http, new Manner.Closes(), Verdict.DOWN, "closed before a status line"),
        row("http", http, new Manner.Resets(), Verdict.DOWN, "reset by .*"),
        row("http", http, new Manner.Silent(), Verdict.DOWN, NO_ANSWER),
        row("http", http, new Manner.Says(GARBAGE), Verdict.DOWN, "not HTTP: .*"),
        row("http", http, new Manner.Says("HTTP/1.1 200 OK\r\nA: b"), Verdict.DOWN, NO_ANSWER),
        row("http body", body, new Manner.Says(ok + "ready"), Verdict.UP, "status 200, body .*"),
        row("http body", body, new Manner.Says(ok + "never"), Verdict.DOWN, ".*but no \"ready\".*"),
        row("http body", body, new Manner.Says(ok + "rea"), Verdict.DOWN, NO_ANSWER),
        row(
            "http body",
            body,
            new Manner.Says(chunked("zz\r\nready")),
            Verdict.DOWN,
            "malformed: a chunk without a size"),
        row("https", https, new Manner.Says(ok + "ready"), Verdict.UP, "status 200, body .*"),
        row(
            "https",
            https,
            new Manner.Says("HTTP/1.1 500 No\r\n\r\n"),
            Verdict.DOWN,
            "status 500.*"),
        row("https", https, new Manner.Closes(), Verdict.DOWN, "closed before a status line"),
        row("https", https, new Manner.Silent(), Verdict.DOWN, NO_ANSWER),
        row("https", https, new Manner.Says(GARBAGE), Verdict.DOWN, "not HTTP: .*"),
        row(
            "https without tls",
            https,
            new Manner.Says("HTTP/1.1 400 Bad\r\n\r\n"),
            Verdict.DOWN,
            "not TLS"),
        row("https without tls", https, new Manner.Silent(), Verdict.DOWN, ".*TLS not agreed\\)"),
        row("https without tls", https, new Manner.Says(GARBAGE), Verdict.DOWN, "not TLS"),
        row(
            "http2 offered",
            http2,
            new Manner.Says(ok + "ready"),
            Verdict.UP,
            "status 200, body .*"),
        row("http2 offered", http2, new Manner.Silent(), Verdict.DOWN, NO_ANSWER),
        row("tcp", new Check.Tcp(), new Manner.Silent(), Verdict.UP, "connected in \\d+ ms"),
        row("tcp", new Check.Tcp(), new Manner.Greets(GARBAGE), Verdict.UP, "connected in \\d+ ms"),
        row(
            "tcp half-open",
            new Check.HalfOpen(),
            new Manner.Silent(),
            Verdict.UP,
            "answered, not opened in \\d+ ms"),
        row(
            "conversation",
            talk,
            new Manner.Says("all ready"),
            Verdict.UP,
            "all as expected in .*"),
        row("conversation", talk, new Manner.Says("not now"), Verdict.DOWN, NO_ANSWER),
        row(
            "conversation",
            talk,
            new Manner.Closes(),
            Verdict.DOWN,
            "closed before \"ready\" came.*"),
        row("conversation", talk, new Manner.Resets(), Verdict.DOWN, "reset by .*"),
        row("conversation", talk, new Manner.Silent(), Verdict.DOWN, NO_ANSWER),
        row(
            "conversation",
            talk,
            new Manner.Says("x".repeat(3_000)),
            Verdict.DOWN,
            "no \"ready\" in its first 2048 octets.*"),
        row("tls", handshake, new Manner.Silent(), Verdict.UP, "TLS agreed in \\d+ ms"),
        row("tls", secret, new Manner.Greets("all ready"), Verdict.UP, "all as expected in .*"),
        row("tls", secret, new Manner.Silent(), Verdict.DOWN, NO_ANSWER),
        row("tls without tls", handshake, new Manner.Silent(), Verdict.DOWN, ".*TLS not agreed\\)"),
        row(
            "tls without tls",
            handshake,
            new Manner.Closes(),
            Verdict.DOWN,
            "closed before TLS was agreed"),
        row("tls without tls", handshake, new Manner.Resets(), Verdict.DOWN, "reset by .*"),
        row("tls without tls", handshake, new Manner.Greets(GARBAGE), Verdict.DOWN, "not TLS"),
        row("grpc", grpc, new Manner.Closes(), Verdict.DOWN, "closed before an answer"),
        row("grpc", grpc, new Manner.Resets(), Verdict.DOWN, "reset by .*|closed before an answer"),
        row("grpc", grpc, new Manner.Silent(), Verdict.DOWN, NO_ANSWER),
        row("grpc", grpc, new Manner.Says(GARBAGE), Verdict.DOWN, "not HTTP/2: .*"),
        row("grpc over tls", grpcs, new Manner.Silent(), Verdict.DOWN, NO_ANSWER));
  }

  @ParameterizedTest(name = "{0} {2}: {3} {4}")
  @MethodSource
  void streams(String type, Check check, Manner manner, Verdict verdict, String reason)
      throws Exception {
    boolean secured = isSecured(check) && !type.endsWith("without tls");
    Peer.Script script = script(manner);
    try (var peer = secured ? peers.peer("good", script::serve) : new Peer(script)) {
      boolean silent = reason.equals(NO_ANSWER) || reason.contains("not agreed");
      TargetStatus found =
          OneProbe.of("127.0.0.1", peer.port(), check, silent ? BRIEF : OneProbe.PATIENT);
      assertThat(found.reason()).matches(reason);
      assertThat(found.verdict()).isEqualTo(verdict);
    }
  }

  /** Datagrams: what comes back, "query" meaning what was sent; empty = nothing. */
  @ParameterizedTest(name = "{0} answered {1}: {2} {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          udp | ready    | UP   | answered as expected in \\d+ ms
          udp | never    | DOWN | answered without "ready": "never"
          udp |          | DOWN | no answer within 700 ms .*
          udp | ff00     | DOWN | answered without "ready".*
          unrefused | ready | UP | answered in \\d+ ms
          unrefused |    | UP   | not refused in \\d+ ms
          dns | 84000001000100000000 name c00c000100010000003c00047f00000a | UP | answered NOERROR.*, 1 records in \\d+ ms
          dns | 84000001000100000000 name c00c000100010000003c00047f00000b | DOWN | answered 127.0.0.11, expected 127.0.0.10
          dns | 84000001000000000000 name | DOWN | answered no address, expected 127.0.0.10
          dns | 84020001000000000000 name | DOWN | answered SERVFAIL.*, expected NOERROR.*
          dns | 84030001000000000000 name | DOWN | answered NXDOMAIN.*
          dns |          | DOWN | no answer within 700 ms .*
          dns | 840000010001ffff     | DOWN | malformed: .*
          dns | 84000001000100000000 name c00c000100010000003cffff7f | DOWN | answered no address, expected 127.0.0.10
          """)
  void datagrams(String type, @Nullable String answer, Verdict verdict, String reason)
      throws Exception {
    var name = "app.example";
    Check check =
        switch (type) {
          case "udp" -> new Check.Udp("are you?", READY);
          case "unrefused" -> new Check.Unrefused();
          default -> new Check.Dns(name, "A", 0, Set.of(InetAddress.ofLiteral("127.0.0.10")));
        };
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      UnaryOperator<byte[]> answering =
          type.equals("dns")
              ? query -> dns(query, String.valueOf(answer))
              : _ -> String.valueOf(answer).getBytes(ISO_8859_1);
      Thread _ =
          Thread.ofVirtual().start(() -> answerOne(socket, answer == null ? null : answering));
      TargetStatus found =
          OneProbe.of(
              "127.0.0.1", socket.getLocalPort(), check, answer == null ? BRIEF : OneProbe.PATIENT);
      assertThat(found.reason()).matches(reason);
      assertThat(found.verdict()).isEqualTo(verdict);
    }
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          echo fine             | UP   | exit 0: fine in \\d+ ms
          echo broken; exit 2   | DOWN | exit 2: broken
          sleep 60              | DOWN | no answer within 700 ms \\(it was still running\\)
          printf '\\001\\377x'; exit 1 | DOWN | exit 1: \\.+x
          """)
  void programs(String script, Verdict verdict, String reason) throws IOException {
    Path program = Files.writeString(directory.resolve("check.sh"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    var check = new Check.External(program.toString(), List.of(), "app.example");
    TargetStatus found =
        OneProbe.of("127.0.0.1", 7, check, script.startsWith("sleep") ? BRIEF : OneProbe.PATIENT);
    assertThat(found.reason()).matches(reason);
    assertThat(found.verdict()).isEqualTo(verdict);
  }

  /** What iputils' ping says, and whether that is the target's doing. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "0, '1 packets transmitted, 1 received',            Passed,     answered",
    "1, '1 packets transmitted, 0 received',            Failed,     no echo came back",
    "2, 'ping: connect: Network is unreachable',        Failed,     ping: connect: Network is"
        + " unreachable",
    "2, 'ping: socket: Operation not permitted',        NotCounted, not probed: ping: socket:"
        + " Operation not permitted",
    "127, 'sh: ping: not found',                        NotCounted, not probed: sh: ping: not"
        + " found",
  })
  void pings(int exit, String said, String kind, String reason) {
    ProbeResult result = Programs.judgePing(exit, said);
    assertThat(result.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(result.reason()).isEqualTo(reason);
  }

  private static Arguments row(
      String type, Check check, Manner manner, Verdict verdict, String reason) {
    return arguments(type, check, manner, verdict, reason);
  }

  private static Check http(HttpOptions options) {
    return new Check.Http(
        "GET", TlsPeers.NAME, "/health", List.of(new StatusRange(200, 299)), options);
  }

  private static String chunked(String chunks) {
    return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
  }

  private static boolean isSecured(Check check) {
    return switch (check) {
      case Check.Http http -> http.options().tls() != null;
      case Check.Conversation(_, Tls tls) -> tls != null;
      case Check.Grpc grpc -> grpc.tls() != null;
      default -> false;
    };
  }

  private static Peer.Script script(Manner manner) {
    return connection -> {
      switch (manner) {
        case Manner.Says(String octets) -> {
          int _ = connection.getInputStream().read(new byte[4096]);
          connection.getOutputStream().write(octets.getBytes(ISO_8859_1));
          wait(connection);
        }
        case Manner.Greets(String octets) -> {
          connection.getOutputStream().write(octets.getBytes(ISO_8859_1));
          wait(connection);
        }
        case Manner.Closes() -> {
          int _ = connection.getInputStream().read(new byte[4096]);
        }
        case Manner.Resets() -> {
          int _ = connection.getInputStream().read();
          connection.setSoLinger(true, 0);
        }
        case Manner.Silent() -> wait(connection);
      }
    };
  }

  private static void wait(java.net.Socket connection) throws IOException {
    long _ = connection.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
  }

  private static void answerOne(DatagramSocket socket, @Nullable UnaryOperator<byte[]> answer) {
    try {
      var packet = new DatagramPacket(new byte[512], 512);
      socket.receive(packet);
      if (answer != null) {
        byte[] query = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
        packet.setData(answer.apply(query));
        socket.send(packet);
      }
    } catch (IOException _) {
      // closed: the test is over
    }
  }

  /** The query's id, then these octets; "name" is the question as it was asked. */
  private static byte[] dns(byte[] query, String answer) {
    HexFormat hex = HexFormat.of();
    String all = hex.formatHex(query);
    int headOctets = 12;
    return hex.parseHex(
        all.substring(0, 4)
            + answer.replace(" ", "").replace("name", all.substring(headOctets * 2)));
  }
}
