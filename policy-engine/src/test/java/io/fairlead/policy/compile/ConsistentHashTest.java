package io.fairlead.policy.compile;

import static io.fairlead.policy.TestService.member;
import static io.fairlead.policy.TestService.pool;
import static io.fairlead.policy.TestService.resolver;
import static io.fairlead.policy.TestService.subnet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.wire.RrType;
import io.fairlead.policy.TestService;
import io.fairlead.policy.choose.Rendezvous;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsistentHashTest {
  private static final Algorithm HASH =
      new Algorithm.ConsistentHash(new Algorithm.HashMask(24, 56));

  private final TestService sticky =
      TestService.of(
          pool(
              "main",
              10,
              HASH,
              member("oslo", "192.0.2.11", 1),
              member("dublin", "192.0.2.12", 1),
              member("virginia", "192.0.2.13", 1),
              member("oslo", "2001:db8::11", 1),
              member("dublin", "2001:db8::12", 1),
              member("virginia", "2001:db8::13", 1)));

  /** As another implementation, with floating-point logarithms, has worked them out. */
  @ParameterizedTest
  @CsvSource({
    "198.51.100.7/32, 12",
    "198.51.100.200/32, 12",
    "198.51.101.7/32, 13",
    "203.0.113.0/24, 11",
    "10.0.0.0/8, 12",
    "2001:db8:1::/48, 12",
    "2001:db8:1:ff::/64, 12",
    "2001:db8:1:100::/64, 11",
  })
  void aClientGoesWhereItAlwaysWent(String client, String expected) {
    assertThat(answer(sticky, subnet(client))).isEqualTo(expected);
  }

  @Test
  void bothFamiliesOfAClientFindOneSite() {
    var a = sticky.rrset(RrType.A);
    var aaaa = sticky.rrset(RrType.AAAA);
    for (int i = 0; i < 1000; i++) {
      var client = resolver("10.1." + i / 250 + "." + i % 250);
      assertThat(sticky.ask(a, client).record(0)).isEqualTo(sticky.ask(aaaa, client).record(0));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.0/24, 24",
    "198.51.100.7/32, 24",
    "198.51.0.0/16, 24",
    "2001:db8::/48, 56",
    "2001:db8::/64, 56",
  })
  void theScopeIsTheMaskWhateverTheResolverTold(String client, int scope) {
    assertThat(sticky.ask(sticky.rrset(RrType.A), subnet(client)).scopePrefixLength())
        .isEqualTo(scope);
  }

  @Test
  void aSubnetThatDoesNotCountLeavesTheScopeAloneAndTheResolverDecides() {
    sticky.clientSubnet(false);
    var client = subnet("198.51.101.0/24");
    assertThat(answer(sticky, client)).isEqualTo(answer(sticky, resolver("203.0.113.53")));
    assertThat(sticky.ask(sticky.rrset(RrType.A), client).scopePrefixLength()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 10, 64, 65, 300})
  void whoLeavesMovesOnlyItsOwnClientsAndTakesTheSameOnesBack(int members) {
    var service = large(members, _ -> 1);
    var before = answers(service);
    service.set("10.0.0.2", Availability.DOWN);
    var without = answers(service);
    int gone = 2;
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) != gone) {
        assertThat(without.get(i)).isEqualTo(before.get(i));
      } else {
        assertThat(without.get(i)).isNotEqualTo(gone);
      }
    }
    service.set("10.0.0.2", Availability.UP);
    assertThat(answers(service)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 64})
  void sharesFollowTheWeights(int members) {
    var service = large(members, i -> 1 + i % 4);
    var count = new int[members];
    var answers = answers(service);
    answers.forEach(member -> count[member]++);
    int sum = members / 4 * 10;
    for (int i = 0; i < members; i++) {
      double expected = answers.size() * (1.0 + i % 4) / sum;
      // Five standard deviations of a binomial: a wrong weight is many more away.
      assertThat((double) count[i]).isCloseTo(expected, within(5 * Math.sqrt(expected)));
    }
  }

  @Test
  void aMemberMoreTakesItsShareFromAllAndMovesNobodyBetweenTheOthers() {
    for (int size : new int[] {5, 70}) {
      var before = answers(large(size, _ -> 1));
      var after = answers(large(size + 1, _ -> 1));
      int moved = 0;
      for (int i = 0; i < before.size(); i++) {
        if (!before.get(i).equals(after.get(i))) {
          assertThat(after.get(i)).isEqualTo(size);
          moved++;
        }
      }
      double ideal = (double) before.size() / (size + 1);
      assertThat((double) moved).isCloseTo(ideal, within(6 * Math.sqrt(ideal)));
    }
  }

  @Test
  void furtherAnswersAreThoseThatWouldFollow() {
    var client = resolver("10.9.8.7");
    var rrset = sticky.answers(3).rrset(RrType.A);
    var order = TestService.lastOctets(rrset, sticky.ask(rrset, client));
    assertThat(order).hasSize(6);
    sticky.set("192.0.2." + order.substring(0, 2), Availability.DOWN);
    rrset = sticky.rrset(RrType.A);
    assertThat(TestService.lastOctets(rrset, sticky.ask(rrset, client)))
        .isEqualTo(order.substring(2));
  }

  @Test
  void aLargePoolGivesDistinctAnswersToo() {
    var service = large(200, _ -> 1).answers(20);
    var choice = service.ask(service.rrset(RrType.A), resolver("10.9.8.7"));
    assertThat(IntStream.range(0, choice.count()).map(choice::record).distinct()).hasSize(20);
  }

  @Test
  void theDrawIsTheBinaryLogarithmToSevenDigits() {
    var random = new Random(3);
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      double draw = Rendezvous.draw(random.nextLong(), random.nextLong()) / 0x1p32;
      assertThat(draw).isBetween(0.0, 64.0);
      sum += draw;
    }
    // -log2 of a uniform number has the mean 1 / ln 2.
    assertThat(sum / 100_000).isCloseTo(1 / Math.log(2), within(0.03));
  }

  private static TestService large(int members, IntUnaryOperator weight) {
    var list = new ArrayList<MemberSpec>();
    for (int i = 0; i < members; i++) {
      list.add(member("site-" + i, "10.0." + i / 200 + "." + i % 200, weight.applyAsInt(i)));
    }
    return TestService.of(new PoolSpec("main", 10, HASH, true, list));
  }

  /** The member of each of 20,000 clients. */
  private static List<Integer> answers(TestService service) {
    var rrset = service.rrset(RrType.A);
    var client = new Client();
    var answers = new ArrayList<Integer>();
    for (int i = 0; i < 20_000; i++) {
      client.resolver().setIpv4(i << 8, 32);
      answers.add(service.ask(rrset, client).record(0));
    }
    return answers;
  }

  private static String answer(TestService service, Client client) {
    var rrset = service.rrset(RrType.A);
    return TestService.lastOctets(rrset, service.ask(rrset, client));
  }
}
