package io.fairlead.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The addresses that an asker will want next (RFC 1034 section 4.3.2, step 6). */
class AdditionalTest {
  private static final String HOST =
      "AD host.example. 60 A 192.0.2.1\nAD host.example. 60 AAAA 2001:db8:0:0:0:0:0:1";

  private final Asker asker =
      new World()
          .zone(
              "example",
              """
              host     60 A     192.0.2.1
              host     60 AAAA  2001:db8::1
              mail    300 MX    10 host
              mail    300 MX    20 HOST
              away    300 MX    10 mx.elsewhere.test.
              none    300 MX    0 .
              _s._tcp 300 SRV   1 2 53 host
              web     300 HTTPS 1 host alpn=h2
              self    300 HTTPS 1 . alpn=h2
              alias   300 SVCB  0 host
              *.wild  300 MX    10 host
              """)
          .asker();

  /** RFC 1035 section 3.3.9, RFC 2782, RFC 9460 section 4.1; each host once. */
  @ParameterizedTest
  @CsvSource({
    "mail, MX, 2",
    "_s._tcp, SRV, 1",
    "web, HTTPS, 1",
    "alias, SVCB, 1",
    "a.wild, MX, 1",
  })
  void ofTheHostThatARecordLeadsTo(String name, String type, int answers) {
    String reply = asker.transcript(RawQuery.of(name + ".example", type));

    assertThat(reply).startsWith("NOERROR aa rd\nAN ").endsWith(HOST);
    assertThat(reply.lines()).hasSize(1 + answers + 2);
  }

  @ParameterizedTest
  @CsvSource({"away, MX", "none, MX", "self, HTTPS", "host, A"})
  void noneWhereItLeadsOutOrNowhere(String name, String type) {
    assertThat(asker.transcript(RawQuery.of(name + ".example", type)).lines())
        .hasSize(2)
        .noneMatch(line -> line.startsWith("AD"));
  }

  /** RFC 2181 section 9: they are left out before anything is truncated. */
  @Test
  void theyAreLeftOutWhereTheyDoNotFit() {
    var text = new StringBuilder();
    for (int i = 0; i < 14; i++) {
      text.append("mail 300 MX %d h%d\nh%d 60 A 192.0.2.%d\n".formatted(i, i, i, i));
    }
    var many = new World().zone("example", text.toString()).asker();

    assertThat(many.transcript(RawQuery.of("mail.example", "MX")).lines())
        .startsWith("NOERROR aa rd")
        .hasSize(1 + 14);
    assertThat(many.transcript(RawQuery.of("mail.example", "MX").opt(1232, 0)).lines())
        .hasSize(1 + 14 + 14 + 1);
  }
}
