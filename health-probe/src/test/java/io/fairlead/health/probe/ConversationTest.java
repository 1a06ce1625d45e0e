package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.spec.Step;
import io.fairlead.health.verdict.Verdict;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final Check MAIL =
      new Check.Conversation(
          List.of(
              new Step.Receive(Expected.regex("^220 ")),
              new Step.Send("EHLO probe\r\n"),
              new Step.Receive(Expected.regex("(?m)^250 ")),
              new Step.Send("QUIT\r\n"),
              new Step.Receive(Expected.text("221"))),
          null);

  @Test
  void saysAndHearsStepByStep() {
    var heard = new CompletableFuture<String>();
    try (var peer =
        new Peer(
            connection -> {
              say(connection, "220 mail.example ESMTP\r\n");
              String hello = new String(connection.getInputStream().readNBytes(12), ISO_8859_1);
              say(connection, "250-SIZE 1000\r\n");
              say(connection, "250 OK\r\n");
              heard.complete(
                  hello + new String(connection.getInputStream().readNBytes(6), ISO_8859_1));
              say(connection, "221 bye\r\n");
            })) {
      assertThat(OneProbe.of(peer.port(), MAIL).reason()).matches("all as expected in \\d+ ms");
      assertThat(heard.join()).isEqualTo("EHLO probe\r\nQUIT\r\n");
    }
  }

  @Test
  void closesInTheMiddle() {
    try (var peer =
        new Peer(
            connection -> {
              say(connection, "220 mail\r\n");
              byte[] _ = connection.getInputStream().readNBytes(12);
              say(connection, "421 busy\r\n");
            })) {
      assertThat(OneProbe.of(peer.port(), MAIL).reason())
          .isEqualTo("closed before /(?m)^250 / came, after \"421 busy..\"");
    }
  }

  @Test
  void saysSomethingElseForEver() {
    try (var peer =
        new Peer(
            connection -> {
              while (true) {
                say(connection, "500 no such thing\r\n");
              }
            })) {
      var found = OneProbe.of(peer.port(), MAIL);
      assertThat(found.verdict()).isEqualTo(Verdict.DOWN);
      assertThat(found.reason())
          .startsWith("no /^220 / in its first 2048 octets, but \"500 no such thing..500 no such");
    }
  }

  @Test
  void saysNothing() {
    try (var peer =
        new Peer(
            connection ->
                connection.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
      assertThat(OneProbe.of("127.0.0.1", peer.port(), MAIL, Duration.ofMillis(300)).reason())
          .matches("no answer within 300 ms \\(connected in \\d+ ms\\)");
    }
  }

  private static void say(Socket connection, String text) throws java.io.IOException {
    connection.getOutputStream().write(text.getBytes(ISO_8859_1));
  }
}
