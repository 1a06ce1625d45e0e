package io.fairlead.dns.query;

import static io.fairlead.dns.testing.World.addresses;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.World;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class AnswerTest {
  private final Asker asker =
      new World()
          .zone(
              "gslb.example.com",
              """
              info     300 IN TXT   "served by fairlead"
              www      300 IN CNAME fruit
              a.b      300 IN A     192.0.2.9
              sub      300 IN NS    ns.sub
              ns.sub   300 IN A     192.0.2.10
              """)
          .service(
              "fruit.gslb.example.com",
              List.of(addresses(2, (_, _, _, choice) -> choice.take(0), "192.0.2.1")))
          .asker();

  @ParameterizedTest
  @CsvSource({
    // name                  , type, outcome   , rcode   , aa   , answer, authority, additional
    "info.gslb.example.com   , TXT , ANSWER    , NOERROR , true , 1     , 0        , 0",
    "www.gslb.example.com    , A   , ANSWER    , NOERROR , true , 2     , 0        , 0",
    "fruit.gslb.example.com  , A   , ANSWER    , NOERROR , true , 1     , 0        , 0",
    "fruit.gslb.example.com  , AAAA, NO_DATA   , NOERROR , true , 0     , 1        , 0",
    "b.gslb.example.com      , A   , NO_DATA   , NOERROR , true , 0     , 1        , 0",
    "x.b.gslb.example.com    , A   , NX_DOMAIN , NXDOMAIN, true , 0     , 1        , 0",
    "gslb.example.com        , NS  , ANSWER    , NOERROR , true , 1     , 0        , 1",
    "gslb.example.com        , SOA , ANSWER    , NOERROR , true , 1     , 0        , 0",
    "foo.sub.gslb.example.com, A   , REFERRAL  , NOERROR , false, 0     , 1        , 1",
    "example.org             , A   , REFUSED   , REFUSED , false, 0     , 0        , 0",
  })
  void eachKindOfAnswerHasItsShape(
      String name,
      String type,
      Outcome outcome,
      String rcode,
      boolean authoritative,
      int answers,
      int authorities,
      int additionals) {
    Message reply = asker.ask(name, type);

    assertThat(asker.outcome()).isEqualTo(outcome);
    assertThat(Rcode.string(reply.getRcode())).isEqualTo(rcode);
    assertThat(reply.getHeader().getFlag(Flags.AA)).isEqualTo(authoritative);
    assertThat(reply.getSection(Section.ANSWER)).hasSize(answers);
    assertThat(reply.getSection(Section.AUTHORITY)).hasSize(authorities);
    assertThat(reply.getSection(Section.ADDITIONAL)).hasSize(additionals);
  }
}
