package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** UDP and DNS checks of a real datagram socket. */
class DatagramTest {
  private static final Duration BRIEF = Duration.ofMillis(300);
  private static final Check.Udp PING = new Check.Udp("ping\u00FF", Expected.text("pong"));
  private static final byte[] NOTHING = {};

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "pong 1, UP,   'answered as expected in \\d+ ms'",
    "gone,   DOWN, 'answered without \"pong\": \"gone\"'",
  })
  void theFirstAnswerDecides(String answer, Verdict verdict, String reason) throws IOException {
    TargetStatus found =
        ask(PING, _ -> answer.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertThat(found.verdict()).isEqualTo(verdict);
    assertThat(found.reason()).matches(reason);
  }

  @Test
  void octetsAreSentAsTheyAre() throws IOException {
    TargetStatus found =
        ask(
            new Check.Udp("\u0000\u00FF\u0080", Expected.text("\u0000\u00FF\u0080!")),
            said -> {
              byte[] answer = Arrays.copyOf(said, said.length + 1);
              answer[said.length] = '!';
              return answer;
            });
    assertThat(found.verdict()).isEqualTo(Verdict.UP);
  }

  @Test
  void noAnswer() throws IOException {
    assertThat(ask(PING, _ -> NOTHING).reason()).startsWith("no answer within 300 ms");
    assertThat(ask(dns(0), _ -> NOTHING).reason()).startsWith("no answer within 300 ms");
  }

  @Test
  void whoeverIsThereIsUpForOneWhoCannotSpeakWithHim() throws IOException {
    var open = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    try (var silent = new DatagramSocket(open)) {
      TargetStatus found = OneProbe.of(silent.getLocalPort(), new Check.Unrefused());
      assertThat(found.verdict()).isEqualTo(Verdict.UP);
      assertThat(found.reason()).startsWith("not refused");
    }
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (var once =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
      port = once.getLocalPort();
    }
    assertThat(OneProbe.of(port, PING).reason()).isEqualTo("refused by 127.0.0.1:" + port);
    assertThat(OneProbe.of(port, dns(0)).reason()).isEqualTo("refused by 127.0.0.1:" + port);
    assertThat(OneProbe.of(port, new Check.Unrefused()).reason())
        .isEqualTo("refused by 127.0.0.1:" + port);
  }

  @ParameterizedTest(name = "expect rcode {0} and {1}: {3}")
  @CsvSource({
    "0,  192.0.2.1,             UP,   'answered NOERROR\\(0\\), 1 records in .*'",
    "0,  '192.0.2.9,192.0.2.1', UP,   'answered NOERROR.*'",
    "0,  192.0.2.9,             DOWN, 'answered 192.0.2.1, expected 192.0.2.9'",
    "0,  2001:db8::1,           DOWN, 'answered 192.0.2.1, expected 2001:db8:0:0:0:0:0:1'",
    "3,  '',                    DOWN, 'answered NOERROR\\(0\\), expected NXDOMAIN\\(3\\)'",
    "-1, '',                    UP,   'answered NOERROR.*'",
  })
  void dnsAnswersAreJudged(int rcode, String addresses, Verdict verdict, String reason)
      throws IOException {
    TargetStatus found = ask(dns(rcode, addresses), query -> response(query, "8180"));
    assertThat(found.reason()).matches(reason);
    assertThat(found.verdict()).isEqualTo(verdict);
  }

  @Test
  void dnsFailures() throws IOException {
    assertThat(ask(dns(0), query -> response(query, "8182")).reason())
        .isEqualTo("answered SERVFAIL(2), expected NOERROR(0)");
    assertThat(ask(dns(0), query -> Arrays.copyOf(response(query, "8180"), 20)).reason())
        .startsWith("malformed");
    assertThat(
            ask(
                    dns(0),
                    query -> {
                      byte[] answer = response(query, "8180");
                      answer[0] ^= 1;
                      return answer;
                    })
                .reason())
        .as("another's id")
        .startsWith("no answer within 300 ms");
  }

  private static Check dns(int rcode, String... addresses) {
    var expected = new java.util.HashSet<InetAddress>();
    for (String list : addresses) {
      for (String address : list.isEmpty() ? new String[0] : list.split(",")) {
        expected.add(InetAddress.ofLiteral(address));
      }
    }
    return new Check.Dns("www.example.", "A", rcode, Set.copyOf(expected));
  }

  /** The query's id and question, these flags, and one A record with 192.0.2.1. */
  private static byte[] response(byte[] query, String flags) {
    HexFormat hex = HexFormat.of();
    String id = hex.formatHex(query, 0, 2);
    String question = hex.formatHex(query, 12, query.length);
    String record = "c00c" + "0001" + "0001" + "0000000a" + "0004" + "c0000201";
    return hex.parseHex(id + flags + "0001" + "0001" + "00000000" + question + record);
  }

  /** Probes a peer that answers each datagram so; nothing = not at all. */
  private static TargetStatus ask(Check check, UnaryOperator<byte[]> answer) throws IOException {
    try (var socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
      Thread _ =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      var datagram = new DatagramPacket(new byte[512], 512);
                      socket.receive(datagram);
                      byte[] reply =
                          answer.apply(Arrays.copyOf(datagram.getData(), datagram.getLength()));
                      if (reply.length > 0) {
                        socket.send(
                            new DatagramPacket(reply, reply.length, datagram.getSocketAddress()));
                      }
                    } catch (IOException _) {
                      // closed: the end of the test
                    }
                  });
      boolean silent = answer.apply(new byte[64]).length == 0;
      Duration timeout = silent || check instanceof Check.Dns ? BRIEF : OneProbe.PATIENT;
      return OneProbe.of("127.0.0.1", socket.getLocalPort(), check, timeout);
    }
  }
}
