package io.fairlead.dns.query;

import static io.fairlead.dns.testing.RawQuery.name;
import static io.fairlead.dns.testing.RawQuery.octets;
import static io.fairlead.dns.testing.RawQuery.option;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about the server and the connection: NSID, class CH, keepalive. */
class ServerOptionsTest {
  private static final int NSID = 3;
  private static final int KEEPALIVE = 11;
  private static final int CH = 3;
  private static final int TXT = 16;
  private static final int ANY = 255;
  private static final byte[] NONE = {};
  private static final EdnsSettings NAMED =
      new EdnsSettings(1232, "dns-1.oslo", Duration.ofSeconds(12));

  private final SnapshotCell cell = new SnapshotCell();
  private final QueryHandler handler = new QueryHandler(cell, NAMED);
  private final Asker asker = new Asker(handler);

  @BeforeEach
  void publish() {
    cell.publish(new World().zone("example", "a 300 A 192.0.2.1").snapshot());
  }

  /** RFC 5001 section 2: only who asks is told; what he put in is ignored. */
  @Test
  void nsidIsToldToWhoAsks() {
    byte[] expected = option(NSID, "dns-1.oslo".getBytes(StandardCharsets.US_ASCII));

    assertThat(asker.send(question().opt(1232, 0, option(NSID, NONE)).bytes())).endsWith(expected);
    assertThat(asker.send(question().opt(1232, 0, option(NSID, octets(1, 2))).bytes()))
        .endsWith(expected);
    assertThat(asker.transcript(question().opt(1232, 0))).endsWith("\nOPT 1232");
    assertThat(asker.transcript(RawQuery.of("a.test", "A").opt(1232, 0, option(NSID, NONE))))
        .isEqualTo("REFUSED rd\nOPT 1232 option3 ede 20");
  }

  /** RFC 4892 section 3: the same text, for who has no EDNS. */
  @ParameterizedTest
  @ValueSource(strings = {"id.server", "hostname.bind", "ID.Server"})
  void theNamesOfClassChSayTheSame(String name) {
    byte[] reply = asker.send(ch(name, TXT).bytes());

    assertThat(Asker.parse(reply).toString())
        .contains("NOERROR", "qr aa rd", "0\tCH\tTXT\tdns-1.oslo");
    assertThat(asker.outcome()).isEqualTo(Outcome.ANSWER);
    assertThat(asker.send(ch(name, ANY).bytes())).hasSameSizeAs(reply);
  }

  /** The version is told to nobody; nor is there anything else in class CH. */
  @ParameterizedTest
  @ValueSource(strings = {"version.bind", "version.server", "a.example", "x.id.server", "server"})
  void allElseOfClassChIsRefused(String name) {
    assertThat(asker.transcript(ch(name, TXT))).isEqualTo("REFUSED rd");
    assertThat(asker.transcript(ch("id.server", 1))).isEqualTo("REFUSED rd");
  }

  @Test
  void anAnonymousServerTellsNothing() {
    handler.use(new AnswerRules(EdnsSettings.DEFAULT, null, null));

    assertThat(asker.transcript(question().opt(1232, 0, option(NSID, NONE))))
        .endsWith("\nOPT 1232");
    assertThat(asker.transcript(ch("id.server", TXT))).isEqualTo("REFUSED rd");
  }

  /** RFC 7828 section 3.3.2: tenths of a second, to who asks over TCP. */
  @Test
  void keepaliveIsToldOverTcp() {
    var query = question().opt(1232, 0, option(KEEPALIVE, NONE));

    assertThat(asker.over(Transport.TCP).send(query.bytes()))
        .endsWith(option(KEEPALIVE, octets(0, 120)));
    assertThat(asker.transcript(question().opt(1232, 0))).endsWith("\nOPT 1232");
  }

  /** RFC 7828 section 3.2.1: over UDP the option is ignored, whatever is in it. */
  @Test
  void keepaliveMeansNothingOverUdp() {
    assertThat(asker.transcript(question().opt(1232, 0, option(KEEPALIVE, NONE))))
        .endsWith("A 192.0.2.1\nOPT 1232");
    assertThat(asker.transcript(question().opt(1232, 0, option(KEEPALIVE, octets(0, 1)))))
        .endsWith("A 192.0.2.1\nOPT 1232");
  }

  /** RFC 7828 section 3.2.1: a client has no timeout to tell. */
  @Test
  void aTimeoutInAQueryIsAFormErr() {
    assertThat(
            asker
                .over(Transport.TCP)
                .transcript(question().opt(1232, 0, option(KEEPALIVE, octets(0, 1)))))
        .isEqualTo("FORMERR rd\nOPT 1232");
  }

  @Test
  void aLongTimeoutIsTheLongestThatCanBeSaid() {
    handler.use(new AnswerRules(new EdnsSettings(1232, "", Duration.ofDays(1)), null, null));

    assertThat(
            asker
                .over(Transport.TCP)
                .send(question().opt(1232, 0, option(KEEPALIVE, NONE)).bytes()))
        .endsWith(option(KEEPALIVE, octets(0xff, 0xff)));
  }

  /** Options take their room before the answer does: the datagram is as long as was asked for. */
  @Test
  void optionsAreCountedBeforeTheAnswer() {
    String nsid = "n".repeat(EdnsSettings.MAX_NSID);
    handler.use(new AnswerRules(new EdnsSettings(1232, nsid, Duration.ofSeconds(10)), null, null));
    int room = 512 - 12 - 15 - 12 - 11 - 4 - EdnsSettings.MAX_NSID;

    for (int more = 0; more <= 1; more++) {
      var wide = new SnapshotCell();
      String rdata = "00".repeat(room + more);
      wide.publish(
          new World()
              .zone("example", "t 300 TYPE65280 \\# " + (room + more) + " " + rdata)
              .snapshot());
      var asked = new Asker(new QueryHandler(wide, new EdnsSettings(1232, nsid, Duration.ZERO)));
      byte[] reply =
          asked.send(RawQuery.of("t.example", "TYPE65280").opt(512, 0, option(NSID, NONE)).bytes());

      assertThat(reply).hasSizeLessThanOrEqualTo(512);
      assertThat(asked.outcome()).isEqualTo(more == 0 ? Outcome.ANSWER : Outcome.TRUNCATED);
    }
  }

  @Test
  void aNameThatIsTooLongIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EdnsSettings(1232, "n".repeat(129), Duration.ZERO))
        .withMessage("an nsid of 129 octets, at most 128 are allowed");
  }

  private static RawQuery question() {
    return RawQuery.of("a.example", "A");
  }

  private static RawQuery ch(String qname, int type) {
    return RawQuery.empty().question(name(qname), type, CH);
  }
}
