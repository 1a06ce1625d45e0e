package io.fairlead.dns.query;

import static io.fairlead.dns.testing.RawQuery.subnet;
import static io.fairlead.dns.testing.World.addresses;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every octet of one reply of each kind. Read a line as: what it is, then its octets; {@code c0xx}
 * is a compression pointer to the octet xx (hexadecimal) of the message.
 */
class GoldenReplyTest {
  private final Asker asker =
      new World()
          .zone(
              "gslb.example",
              """
              www     300 CNAME fruit
              up      300 CNAME gslb.example.
              mail    300 MX    10 mx
              sub     300 NS    ns.sub
              ns.sub  300 A     192.0.2.10
              """)
          .service(
              "fruit.gslb.example",
              List.of(addresses(2, (_, _, _, choice) -> choice.take(0), "192.0.2.1")))
          .asker();

  record Golden(String what, RawQuery query, String... octets) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Golden> replies() {
    return Stream.of(
        new Golden(
            "a chosen address",
            RawQuery.of("fruit.gslb.example", "A"),
            "header     1234 8500 0001 0001 0000 0000",
            "0c QNAME   05 6672756974 04 67736c62 07 6578616d706c65 00",
            "QTYPE, IN  0001 0001",
            "AN         c00c 0001 0001 00000002 0004 c0000201"),
        new Golden(
            "an alias and its target: the RDATA ends at the apex (12), the next owner is the RDATA"
                + " (30)",
            RawQuery.of("www.gslb.example", "A"),
            "header     1234 8500 0001 0002 0000 0000",
            "0c QNAME   03 777777 04 67736c62 07 6578616d706c65 00",
            "QTYPE, IN  0001 0001",
            "22 AN      c00c 0005 0001 0000012c 0008 05 6672756974 c010",
            "AN         c02e 0001 0001 00000002 0004 c0000201"),
        new Golden(
            "an alias of the apex: RDATA is one pointer, and the next owner points where it points",
            RawQuery.of("up.gslb.example", "SOA"),
            "header     1234 8500 0001 0002 0000 0000",
            "0c QNAME   02 7570 04 67736c62 07 6578616d706c65 00",
            "QTYPE, IN  0006 0001",
            "AN         c00c 0005 0001 0000012c 0002 c00f",
            "AN         c00f 0006 0001 0000001e 0027 03 6e7331 c00f 0a 686f73746d6173746572 c00f",
            "numbers    6b49d200 00000e10 00000258 00127500 0000001e"),
        new Golden(
            "NXDOMAIN",
            RawQuery.of("nope.gslb.example", "A"),
            "header     1234 8503 0001 0000 0001 0000",
            "0c QNAME   04 6e6f7065 04 67736c62 07 6578616d706c65 00",
            "QTYPE, IN  0001 0001",
            "AU         c011 0006 0001 0000001e 0027 03 6e7331 c011 0a 686f73746d6173746572 c011",
            "numbers    6b49d200 00000e10 00000258 00127500 0000001e"),
        new Golden(
            "NODATA",
            RawQuery.of("fruit.gslb.example", "AAAA"),
            "header     1234 8500 0001 0000 0001 0000",
            "0c QNAME   05 6672756974 04 67736c62 07 6578616d706c65 00",
            "QTYPE, IN  001c 0001",
            "AU         c012 0006 0001 0000001e 0027 03 6e7331 c012 0a 686f73746d6173746572 c012",
            "numbers    6b49d200 00000e10 00000258 00127500 0000001e"),
        new Golden(
            "a referral: NS and glue end at the cut (0e)",
            RawQuery.of("x.sub.gslb.example", "A"),
            "header     1234 8100 0001 0000 0001 0001",
            "0c QNAME   01 78 03 737562 04 67736c62 07 6578616d706c65 00",
            "QTYPE, IN  0001 0001",
            "AU         c00e 0002 0001 0000012c 0005 02 6e73 c00e",
            "AD         02 6e73 c00e 0001 0001 0000012c 0004 c000020a"),
        new Golden(
            "NS of the apex: owner and apex are one name",
            RawQuery.of("gslb.example", "NS"),
            "header     1234 8500 0001 0001 0000 0001",
            "0c QNAME   04 67736c62 07 6578616d706c65 00",
            "QTYPE, IN  0002 0001",
            "AN         c00c 0002 0001 00000e10 0006 03 6e7331 c00c",
            "AD         03 6e7331 c00c 0001 0001 00000e10 0004 c0000235"),
        new Golden(
            "MX: the preference, then a name that ends at the apex",
            RawQuery.of("mail.gslb.example", "MX"),
            "header     1234 8500 0001 0001 0000 0000",
            "0c QNAME   04 6d61696c 04 67736c62 07 6578616d706c65 00",
            "QTYPE, IN  000f 0001",
            "AN         c00c 000f 0001 0000012c 0007 000a 02 6d78 c011"),
        new Golden(
            "REFUSED, with EDNS: extended error 20",
            RawQuery.of("a.test", "A").opt(4096, 0x8000),
            "header     1234 8105 0001 0000 0000 0001",
            "0c QNAME   01 61 04 74657374 00",
            "QTYPE, IN  0001 0001",
            "OPT        00 0029 04d0 00008000 0006 000f 0002 0014"),
        new Golden(
            "BADVERS: the upper bits of 16 stand in OPT",
            RawQuery.of("a.test", "A").opt(1232, 1 << 16),
            "header     1234 8100 0001 0000 0000 0001",
            "0c QNAME   01 61 04 74657374 00",
            "QTYPE, IN  0001 0001",
            "OPT        00 0029 04d0 01000000 0000"),
        new Golden(
            "client subnet: as asked, with the scope",
            RawQuery.of("fruit.gslb.example", "A").opt(1232, 0, subnet(1, 24, 0, 192, 0, 2)),
            "header     1234 8500 0001 0001 0000 0001",
            "0c QNAME   05 6672756974 04 67736c62 07 6578616d706c65 00",
            "QTYPE, IN  0001 0001",
            "AN         c00c 0001 0001 00000002 0004 c0000201",
            "OPT        00 0029 04d0 00000000 000b 0008 0007 0001 18 00 c00002"),
        new Golden(
            "FORMERR of a question that cannot be read",
            RawQuery.empty().count(0, 1),
            "header     1234 8101 0000 0000 0000 0000"),
        new Golden(
            "NOTIMP", RawQuery.empty().flags(5 << 11), "header     1234 a804 0000 0000 0000 0000"));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void isThese(Golden golden) {
    byte[] reply = asker.send(golden.query().bytes());
    assertThat(HexFormat.of().formatHex(reply)).isEqualTo(hex(golden.octets()));
  }

  /** What stands behind the eleven columns of explanation, without blanks. */
  private static String hex(String... lines) {
    var hex = new StringBuilder();
    for (String line : lines) {
      hex.append(line.substring(11).replace(" ", ""));
    }
    return hex.toString();
  }
}
