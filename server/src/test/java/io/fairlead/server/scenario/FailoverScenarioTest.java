package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The main job: one global name, two sites; one dies and leaves the answers, and comes back. */
final class FailoverScenarioTest {
  /**
   * Two intervals of 1 s, the timeout of 500 ms, 100 ms for all else; and as much again for a
   * loaded machine.
   */
  private static final Duration GONE = Duration.ofMillis(2600).multipliedBy(2);

  private static final Duration BACK = Duration.ofSeconds(3).multipliedBy(2);

  @TempDir private Path folder;
  private List<Site> sites;
  private FruitServer fruit;
  private Ask ask;

  @BeforeEach
  void start() throws Exception {
    sites = Site.open("127.0.10.1", "127.0.20.1");
    fruit = FruitServer.start(folder, sites.getFirst().port());
    ask = fruit.ask();
  }

  @AfterEach
  void stop() {
    fruit.close();
    sites.forEach(Site::close);
  }

  @Test
  void twentyQuestionsGiveTenAndTen() {
    assertThat(ask.share(FruitServer.NAME, 20))
        .isEqualTo(Map.of("127.0.10.1", 10, "127.0.20.1", 10));
  }

  @Test
  void theAnswerIsAuthoritativeWithItsTtlOverUdpAndTcp() {
    for (Message reply :
        List.of(ask.udp(FruitServer.NAME, Type.A), ask.tcp(FruitServer.NAME, Type.A))) {
      assertThat(reply.getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
      assertThat(reply.getSection(Section.ANSWER))
          .singleElement()
          .satisfies(r -> assertThat(r.getTTL()).isEqualTo(2));
    }
  }

  @Test
  void aSiteThatDiesLeavesTheAnswersAndComesBack() throws Exception {
    sites.getFirst().kill();
    Until.isTrue(
        "home-lab has left", GONE, () -> !ask.share(FruitServer.NAME, 4).containsKey("127.0.10.1"));
    assertThat(ask.share(FruitServer.NAME, 20)).isEqualTo(Map.of("127.0.20.1", 20));

    sites.getFirst().start();
    Until.isTrue(
        "home-lab is back", BACK, () -> ask.share(FruitServer.NAME, 4).containsKey("127.0.10.1"));
    assertThat(ask.share(FruitServer.NAME, 20))
        .isEqualTo(Map.of("127.0.10.1", 10, "127.0.20.1", 10));
  }

  @Test
  void withBothDeadBothAreReturned() {
    sites.forEach(Site::kill);

    Until.isTrue("all records", GONE, () -> ask.addresses(FruitServer.NAME).size() == 2);
    assertThat(ask.addresses(FruitServer.NAME))
        .containsExactlyInAnyOrder("127.0.10.1", "127.0.20.1");
  }

  @Test
  void aStaticCnameIsFollowedToTheSteeredName() {
    Message reply = ask.udp("www.gslb.guzware.net", Type.A);

    assertThat(reply.getSection(Section.ANSWER)).hasSize(2);
    assertThat(reply.getSection(Section.ANSWER).getFirst()).isInstanceOf(CNAMERecord.class);
  }

  @Test
  void aNameThatIsNotThereIsNxdomainWithTheSoa() {
    for (Message reply :
        List.of(
            ask.udp("nope.gslb.guzware.net", Type.A), ask.tcp("nope.gslb.guzware.net", Type.A))) {
      assertThat(reply.getRcode()).isEqualTo(Rcode.NXDOMAIN);
      assertThat(reply.getSection(Section.AUTHORITY))
          .singleElement()
          .isInstanceOfSatisfying(SOARecord.class, soa -> assertThat(soa.getTTL()).isEqualTo(30));
    }
  }

  @Test
  void aServiceWithoutIpv6MembersIsNoDataForAaaa() {
    Message reply = ask.udp(FruitServer.NAME, Type.AAAA);

    assertThat(reply.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(reply.getSection(Section.ANSWER)).isEmpty();
  }

  @Test
  void aNameOfSomebodyElseIsRefused() {
    assertThat(ask.udp("example.org", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
  }
}
