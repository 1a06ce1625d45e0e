package io.fairlead.dns.query;

import static io.fairlead.dns.testing.RawQuery.option;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.dns.cookie.CookieSecret;
import io.fairlead.dns.cookie.CookieSecrets;
import io.fairlead.dns.cookie.ServerCookies;
import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;

/** RFC 7873 and RFC 9018: who has been sent a cookie where he says he is, can show it. */
class CookieTest {
  private static final int COOKIE = 10;
  private static final String CLIENT = "2464c4abcf10c957";
  private static final CookieSecret SECRET = CookieSecret.parse("e5e973e5a6b2a43f48e7dc849e37bfcf");
  private static final CookieSecret ANOTHER =
      CookieSecret.parse("00112233445566778899aabbccddeeff");

  private Instant now = Instant.ofEpochSecond(1_800_000_000);
  private final InstantSource clock = () -> now;
  private final ServerCookies cookies = new ServerCookies(clock, CookieSecrets.of(SECRET));
  private final Asker asker = asker(cookies).from("198.51.100.100");

  private static Asker asker(ServerCookies cookies) {
    var cell = new SnapshotCell();
    cell.publish(new World().zone("example", "a 300 A 192.0.2.1").snapshot());
    return new Asker(new QueryHandler(cell, new AnswerRules(EdnsSettings.DEFAULT, cookies, null)));
  }

  /**
   * What RFC 9018 appendix A shows.
   *
   * @param sent the server cookie that the query has; empty = none
   * @param known whether it is young enough to be known again
   * @param expected the one of the reply
   */
  record Example(
      String what,
      String secrets,
      String peer,
      long at,
      String client,
      String sent,
      boolean known,
      String expected) {
    @Override
    public String toString() {
      return "RFC 9018 " + what;
    }
  }

  static Stream<Example> examples() {
    String first = "e5e973e5a6b2a43f48e7dc849e37bfcf";
    String old = "dd3bdf9344b678b185a6f5cb60fca715";
    String next = "445536bcd2513298075a5d379663c962";
    return Stream.of(
        new Example(
            "A.1: a new cookie",
            first,
            "198.51.100.100",
            1_559_731_985,
            CLIENT,
            "",
            false,
            "010000005cf79f111f8130c3eee29480"),
        new Example(
            "A.2: the same, renewed",
            first,
            "198.51.100.100",
            1_559_734_385,
            CLIENT,
            "010000005cf79f111f8130c3eee29480",
            true,
            "010000005cf7a871d4a564a1442aca77"),
        new Example(
            "A.3: older than an hour",
            first,
            "203.0.113.203",
            1_559_734_700,
            "fc93fc62807ddb86",
            "01abcdef5cf78f71a314227b6679ebf5",
            false,
            "010000005cf7a9acf73a7810aca2381e"),
        new Example(
            "A.3: young, its reserved octets hashed as they are",
            first,
            "203.0.113.203",
            1_559_727_985,
            "fc93fc62807ddb86",
            "01abcdef5cf78f71a314227b6679ebf5",
            true,
            "01abcdef5cf78f71a314227b6679ebf5"),
        new Example(
            "A.4: IPv6, and the next secret",
            next + " " + old,
            "2001:db8:220:1:59de:d0f4:8769:82b8",
            1_559_741_961,
            "22681ab97d52c298",
            "010000005cf7c57926556bd0934c72f8",
            true,
            "010000005cf7c609a6bb79d16625507a"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isMadeAndKnownAs(Example example) {
    now = Instant.ofEpochSecond(example.at());
    String[] secrets = example.secrets().split(" ", 2);
    cookies.use(
        new CookieSecrets(
            CookieSecret.parse(secrets[0]), CookieSecret.parse(secrets[secrets.length - 1])));
    asker.from(example.peer());

    assertThat(askWith(example.client(), example.sent())).isEqualTo(example.expected());
    assertThat(isVerified()).isEqualTo(example.known());
  }

  /** RFC 9018 section 4.3: an hour back, five minutes ahead; a new one after half an hour. */
  @ParameterizedTest
  @CsvSource({
    "0, true, true",
    "1800, true, true",
    "1801, true, false",
    "3600, true, false",
    "3601, false, false",
    "-300, true, true",
    "-301, false, false",
    "1000000000, false, false", // a clock that jumps locks nobody out: it is a new cookie, no error
  })
  void growsOld(long seconds, boolean verified, boolean kept) {
    String first = askWith(CLIENT, "");
    now = now.plusSeconds(seconds);

    String second = askWith(CLIENT, first);

    assertThat(isVerified()).isEqualTo(verified);
    assertThat(second.equals(first)).isEqualTo(kept);
    assertThat(asker.outcome()).isEqualTo(Outcome.ANSWER);
    assertThat(askWith(CLIENT, second)).isEqualTo(second);
    assertThat(isVerified()).as("what it got last is good").isTrue();
  }

  /** RFC 7873 section 6: it belongs to one client at one address. */
  @Test
  void isWorthNothingToAnother() {
    String mine = askWith(CLIENT, "");

    askWith("0000000000000000", mine);
    assertThat(isVerified()).as("another client cookie").isFalse();
    asker.from("198.51.100.101");
    askWith(CLIENT, mine);
    assertThat(isVerified()).as("another address").isFalse();
    asker.from("198.51.100.100");
    askWith(CLIENT, "02" + mine.substring(2));
    assertThat(isVerified()).as("another version").isFalse();
    askWith(CLIENT, mine.substring(0, 30) + "00");
    assertThat(isVerified()).as("another hash").isFalse();
    askWith(CLIENT, mine);
    assertThat(isVerified()).isTrue();
  }

  /** RFC 9018 section 5: servers of one address may change their secrets at different moments. */
  @Test
  void secretsFollowEachOther() {
    String old = askWith(CLIENT, "");
    var other = new ServerCookies(clock, new CookieSecrets(SECRET, ANOTHER));
    cookies.use(cookies.secrets().followedBy(ANOTHER));

    String renewed = askWith(CLIENT, old);
    assertThat(isVerified()).as("of the secret before").isTrue();
    assertThat(renewed).as("of the new secret").isNotEqualTo(old);

    Asker neighbour = asker(other).from("198.51.100.100");
    neighbour.send(query(CLIENT + renewed).bytes());
    assertThat(neighbour.exchange().cookies.isVerified()).as("one that is behind").isTrue();

    cookies.use(CookieSecrets.of(ANOTHER));
    askWith(CLIENT, old);
    assertThat(isVerified()).as("of a secret that is gone").isFalse();
  }

  /** RFC 7873 section 5.2.2. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 9, 15, 41, 100})
  void ofAnImpossibleLengthIsAFormErr(int octets) {
    assertThat(asker.transcript(query("00".repeat(octets)))).isEqualTo("FORMERR rd\nOPT 1232");
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 23, 25, 40})
  void ofAnotherServersShapeIsRenewed(int octets) {
    asker.send(query("00".repeat(octets)).bytes());

    assertThat(asker.outcome()).isEqualTo(Outcome.ANSWER);
    assertThat(isVerified()).isFalse();
  }

  /** RFC 7873 section 5.2: of several options the first counts. */
  @Test
  void ofSeveralTheFirstCounts() {
    String good = askWith(CLIENT, "");
    asker.send(
        RawQuery.of("a.example", "A")
            .opt(1232, 0, cookie(CLIENT + good), cookie("0000000000000000"))
            .bytes());

    assertThat(isVerified()).isTrue();
  }

  /** RFC 7873 section 5.4: a query for nothing but a cookie. */
  @Test
  void canBeAskedForAlone() {
    var alone = RawQuery.empty().opt(1232, 0, cookie(CLIENT));

    assertThat(asker.transcript(alone)).isEqualTo("NOERROR rd no question\nOPT 1232 option10");
    assertThat(asker.outcome()).isEqualTo(Outcome.COOKIE);
    assertThat(asker.transcript(RawQuery.empty().opt(1232, 0)))
        .isEqualTo("FORMERR rd no question\nOPT 1232");
    assertThat(asker.transcript(RawQuery.empty())).isEqualTo("FORMERR rd no question");
  }

  /** RFC 7873 section 5.2.1, RFC 6891 section 6.1.2: switched off it is an unknown option. */
  @Test
  void isNothingWhereItIsSwitchedOff() {
    var off = Asker.of(new World().zone("example", "a 300 A 192.0.2.1").snapshot());

    assertThat(off.transcript(query("00"))).endsWith("A 192.0.2.1\nOPT 1232");
    assertThat(off.transcript(RawQuery.empty().opt(1232, 0, cookie(CLIENT))))
        .isEqualTo("FORMERR rd no question\nOPT 1232");
  }

  @Test
  void aSecretIsNeverSaid() {
    assertThat(SECRET.toString() + cookies.secrets()).doesNotContain("e5e9", "-");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CookieSecret.parse("e5e973e5a6b2a43f48e7dc849e37bfcx"))
        .withMessage("a secret with a character that is no hexadecimal digit; 32 of them are one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CookieSecret.parse("e5e9"))
        .withMessage("a secret of 4 characters; 32 hexadecimal digits are one");
  }

  @Test
  void renewingTakesNoPartOfTheAnswersRoom() {
    now = now.plus(Duration.ofDays(1));
    assertThat(asker.send(query(CLIENT).bytes())).hasSize(12 + 15 + 16 + 11 + 4 + 24);
  }

  private boolean isVerified() {
    return asker.exchange().cookies.isVerified();
  }

  /** The server cookie of the reply, in hexadecimal digits. */
  private String askWith(String client, String server) {
    Message reply = Asker.parse(asker.send(query(client + server).bytes()));
    EDNSOption option = reply.getOPT().getOptions(COOKIE).getFirst();
    var cookie = (CookieOption) option;
    assertThat(cookie.getClientCookie()).isEqualTo(HexFormat.of().parseHex(client));
    return HexFormat.of().formatHex(cookie.getServerCookie().orElseThrow());
  }

  private static RawQuery query(String cookie) {
    return RawQuery.of("a.example", "A").opt(1232, 0, cookie(cookie));
  }

  private static byte[] cookie(String hex) {
    return option(COOKIE, HexFormat.of().parseHex(hex));
  }
}
