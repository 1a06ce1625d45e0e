package io.fairlead.dns.query;

import static io.fairlead.dns.testing.RawQuery.name;
import static io.fairlead.dns.testing.RawQuery.octets;
import static io.fairlead.dns.testing.RawQuery.option;
import static io.fairlead.dns.testing.RawQuery.subnet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.Transcript;
import io.fairlead.dns.testing.World;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the OPT record of a query does to the reply (RFC 6891, RFC 7871, RFC 8914). */
class EdnsTest {
  private static final int DO = 0x8000;
  private static final int VERSION_1 = 1 << 16;
  private static final String ANSWER = "NOERROR aa rd\nAN a.example. 300 A 192.0.2.1";
  private static final String OPT = "\nOPT 1232";
  private static final byte[] ROOT = octets(0);

  private final Asker asker = new World().zone("example", "a 300 A 192.0.2.1").asker();

  record Row(String rfc, String what, RawQuery query, String expected) {
    @Override
    public String toString() {
      return what + " (RFC " + rfc + ")";
    }
  }

  static Stream<Row> ofTheRecord() {
    return Stream.of(
        new Row("6891 7", "no OPT, none back", question(), ANSWER),
        new Row("6891 6.1.1", "OPT, one back", question().opt(4096, 0), ANSWER + OPT),
        new Row("3225 3", "DO is copied", question().opt(1232, DO), ANSWER + OPT + " do"),
        new Row("6891 6.1.4", "Z is not", question().opt(1232, 0x7fff), ANSWER + OPT),
        new Row("6891 6.1.3", "version 1", question().opt(1232, VERSION_1), "BADVERS rd" + OPT),
        new Row(
            "6891 6.1.3",
            "version 255, DO",
            question().opt(1232, 255 << 16 | DO),
            "BADVERS rd" + OPT + " do"),
        new Row(
            "6891 6.1.3",
            "version 1, its options are not read",
            question().opt(1232, VERSION_1, octets(1)),
            "BADVERS rd" + OPT),
        new Row("6891 6.1.1", "two OPT", question().opt(1232, 0).opt(1232, 0), "FORMERR rd" + OPT),
        new Row(
            "6891 6.1.1",
            "OPT in the answer section",
            question().record(1, ROOT, 41, 1232, 0, octets()),
            "FORMERR rd"),
        new Row(
            "6891 6.1.1",
            "OPT in the authority section",
            question().record(2, ROOT, 41, 1232, 0, octets()),
            "FORMERR rd"),
        new Row(
            "6891 6.1.2",
            "an owner that is not the root",
            question().record(3, name("a"), 41, 1232, 0, octets()),
            "FORMERR rd"),
        new Row(
            "6891 6.1.2",
            "an option's head cut off",
            question().opt(1232, 0, octets(0, 10, 0)),
            "FORMERR rd" + OPT),
        new Row(
            "6891 6.1.2",
            "an option longer than RDLEN",
            question().opt(1232, 0, octets(0, 10, 0, 9, 1)),
            "FORMERR rd" + OPT),
        new Row(
            "6891 6.1.2",
            "an unknown option",
            question().opt(1232, 0, option(65_001, octets(1, 2))),
            ANSWER + OPT),
        new Row(
            "5001 2",
            "NSID, which we have not",
            question().opt(1232, 0, option(3, octets())),
            ANSWER + OPT),
        new Row(
            "6891 6.1.1",
            "OPT between other records",
            question()
                .record(3, name("x"), 1, 1, 0, octets(1, 2, 3, 4))
                .opt(1232, DO)
                .record(3, name("y"), 16, 1, 0, octets(0)),
            ANSWER + OPT + " do"),
        new Row(
            "8906 8.1.4",
            "an opcode that is none",
            question().opt(1232, 0).flags(15 << 11),
            "NOTIMP opcode15 no question"),
        new Row(
            "8914 4.21",
            "a name that is not ours",
            RawQuery.of("a.test", "A").opt(1232, 0),
            "REFUSED rd" + OPT + " ede 20"),
        new Row(
            "9824 3.5",
            "a type that is not to ask for",
            RawQuery.of("a.example", "TYPE128").opt(1232, 0),
            "FORMERR rd" + OPT + " ede 30"));
  }

  static Stream<Row> ofClientSubnet() {
    String v4 = ANSWER + OPT + " ecs 192.0.2.0/24/0";
    String soa =
        "AU example. 30 SOA ns1.example. hostmaster.example. 1800000000 3600 600 1209600 30";
    String formErr = "FORMERR rd" + OPT;
    return Stream.of(
        new Row("7871 7.2.1", "IPv4, a static answer", ecs(subnet(1, 24, 0, 192, 0, 2)), v4),
        new Row(
            "7871 7.2.1",
            "IPv4, whole address",
            ecs(subnet(1, 32, 0, 192, 0, 2, 1)),
            ANSWER + OPT + " ecs 192.0.2.1/32/0"),
        new Row(
            "7871 6",
            "IPv4, 1 bit",
            ecs(subnet(1, 1, 0, 128)),
            ANSWER + OPT + " ecs 128.0.0.0/1/0"),
        new Row(
            "7871 6",
            "IPv4, 7 bits in the last octet",
            ecs(subnet(1, 23, 0, 192, 0, 2)),
            ANSWER + OPT + " ecs 192.0.2.0/23/0"),
        new Row(
            "7871 7.2.1",
            "IPv6",
            ecs(subnet(2, 32, 0, 0x20, 1, 0xd, 0xb8)),
            ANSWER + OPT + " ecs 2001:db8:0:0:0:0:0:0/32/0"),
        new Row(
            "7871 6",
            "IPv6, 65 bits",
            ecs(subnet(2, 65, 0, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0x80)),
            ANSWER + OPT + " ecs 2001:db8:0:0:8000:0:0:0/65/0"),
        new Row(
            "7871 6",
            "IPv6, 128 bits",
            ecs(subnet(2, 128, 0, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)),
            ANSWER + OPT + " ecs 2001:db8:0:0:0:0:0:1/128/0"),
        new Row("7871 7.1.2", "SOURCE 0", ecs(subnet(1, 0, 0)), ANSWER + OPT + " ecs 0.0.0.0/0/0"),
        new Row(
            "7871 7.1.2",
            "SOURCE 0, IPv6",
            ecs(subnet(2, 0, 0)),
            ANSWER + OPT + " ecs 0:0:0:0:0:0:0:0/0/0"),
        new Row(
            "7871 12.1",
            "NXDOMAIN",
            RawQuery.of("b.example", "A").opt(1232, 0, subnet(1, 24, 0, 192, 0, 2)),
            "NXDOMAIN aa rd\n" + soa + OPT + " ecs 192.0.2.0/24/0"),
        new Row(
            "7871 12.1",
            "NODATA",
            RawQuery.of("a.example", "MX").opt(1232, 0, subnet(1, 24, 0, 192, 0, 2)),
            "NOERROR aa rd\n" + soa + OPT + " ecs 192.0.2.0/24/0"),
        new Row(
            "7871 7.2.1",
            "REFUSED: no option",
            RawQuery.of("a.test", "A").opt(1232, 0, subnet(1, 24, 0, 192, 0, 2)),
            "REFUSED rd" + OPT + " ede 20"),
        new Row(
            "7871 7.2.1",
            "a family that does not fit the type",
            RawQuery.of("a.example", "AAAA").opt(1232, 0, subnet(1, 24, 0, 192, 0, 2)),
            "NOERROR aa rd\n" + soa + OPT + " ecs 192.0.2.0/24/0"),
        new Row(
            "7871 6",
            "beside other options",
            question()
                .opt(
                    1232,
                    DO,
                    option(65_001, octets(7)),
                    subnet(1, 24, 0, 192, 0, 2),
                    option(65_002, octets())),
            ANSWER + OPT + " do ecs 192.0.2.0/24/0"),
        new Row("7871 6", "SCOPE in a query", ecs(subnet(1, 24, 1, 192, 0, 2)), formErr),
        new Row("7871 6", "an octet too many", ecs(subnet(1, 24, 0, 192, 0, 2, 0)), formErr),
        new Row("7871 6", "an octet too few", ecs(subnet(1, 24, 0, 192, 0)), formErr),
        new Row("7871 6", "an address behind SOURCE 0", ecs(subnet(1, 0, 0, 0)), formErr),
        new Row("7871 6", "a bit past SOURCE", ecs(subnet(1, 23, 0, 192, 0, 3)), formErr),
        new Row(
            "7871 6",
            "a bit past SOURCE, IPv6",
            ecs(subnet(2, 65, 0, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0x40)),
            formErr),
        new Row("7871 6", "SOURCE 33, IPv4", ecs(subnet(1, 33, 0, 192, 0, 2, 1, 0)), formErr),
        new Row("7871 6", "SOURCE 129, IPv6", ecs(subnet(2, 129, 0, new int[17])), formErr),
        new Row("7871 6", "SOURCE 255", ecs(subnet(2, 255, 0, new int[32])), formErr),
        new Row("7871 6", "family 0 with a prefix", ecs(subnet(0, 24, 0, 192, 0, 2)), formErr),
        new Row("7871 6", "family 3", ecs(subnet(3, 24, 0, 192, 0, 2)), formErr),
        new Row("7871 6", "family 3 with SOURCE 0", ecs(subnet(3, 0, 0)), formErr),
        new Row("7871 6", "3 octets", ecs(option(8, octets(0, 1, 24))), formErr),
        new Row("7871 6", "empty", ecs(option(8, octets())), formErr),
        new Row(
            "7871 6",
            "twice",
            ecs(subnet(1, 24, 0, 192, 0, 2), subnet(1, 24, 0, 192, 0, 2)),
            formErr));
  }

  @ParameterizedTest
  @MethodSource({"ofTheRecord", "ofClientSubnet"})
  void isAnsweredAs(Row row) {
    assertThat(asker.transcript(row.query())).isEqualTo(row.expected());
  }

  /**
   * Family 0 is no family of RFC 7871, but {@code dig +subnet=0} sends it; dnsjava cannot read it.
   */
  @Test
  void anUnspecifiedFamilyWithoutAddressIsEchoed() {
    byte[] reply = asker.send(ecs(subnet(0, 0, 0)).bytes());

    assertThat(asker.outcome()).isEqualTo(Outcome.ANSWER);
    assertThat(reply).endsWith(octets(0, 8, 0, 8, 0, 4, 0, 0, 0, 0));
  }

  /**
   * RFC 6891 section 6.2.3, RFC 1035 section 4.2.1: one octet more than fits is truncated over UDP,
   * and whole over TCP.
   */
  @ParameterizedTest
  @CsvSource({
    // asked, fits
    "   -1,  512", // no EDNS
    "    0,  512",
    "  511,  512",
    "  512,  512",
    "  700,  700",
    " 1232, 1232",
    " 4096, 1232",
    "65535, 1232",
  })
  void aReplyIsAsLongAsAskedForAndNoLongerThanOurs(int asked, int fits) {
    Asker exact = withReplyOf(fits, asked);
    Asker tooLong = withReplyOf(fits + 1, asked);
    var query = RawQuery.of("t.example", "TYPE65280");
    byte[] message = (asked < 0 ? query : query.opt(asked, 0)).bytes();

    assertThat(exact.send(message)).hasSize(fits);
    assertThat(exact.outcome()).isEqualTo(Outcome.ANSWER);

    assertThat(Transcript.of(message, tooLong.send(message)))
        .startsWith("NOERROR aa tc rd")
        .doesNotContain("AN");
    assertThat(tooLong.outcome()).isEqualTo(Outcome.TRUNCATED);
    assertThat(tooLong.over(Transport.TCP).send(message)).hasSize(fits + 1);
    assertThat(tooLong.outcome()).isEqualTo(Outcome.ANSWER);
  }

  /** Header 12, question 15, record 12 and, with EDNS, OPT 11: the rest is RDATA. */
  private static Asker withReplyOf(int length, int payload) {
    int rdata = length - 12 - 15 - 12 - (payload < 0 ? 0 : 11);
    return new World()
        .zone("example", "t 300 TYPE65280 \\# " + rdata + " " + "00".repeat(rdata))
        .asker();
  }

  @Test
  void aPayloadOutsideItsBoundsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EdnsSettings(511))
        .withMessage("a payload of 511 octets is outside 512 to 4096");
    assertThatIllegalArgumentException().isThrownBy(() -> new EdnsSettings(4097));
  }

  private static RawQuery question() {
    return RawQuery.of("a.example", "A");
  }

  private static RawQuery ecs(byte[]... options) {
    return question().opt(1232, 0, options);
  }
}
