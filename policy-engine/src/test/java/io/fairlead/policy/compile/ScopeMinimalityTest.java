package io.fairlead.policy.compile;

import static io.fairlead.policy.TestService.member;
import static io.fairlead.policy.TestService.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Client;
import io.fairlead.dns.wire.RrType;
import io.fairlead.policy.Sample;
import io.fairlead.policy.TestGeo;
import io.fairlead.policy.TestService;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.Network;
import io.fairlead.policy.spec.TopologySpec;
import io.fairlead.policy.spec.TopologySpec.Rule;
import io.fairlead.policy.spec.TopologySpec.When;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The scope is the widest that is true: with one bit less it would take in a client whom another
 * rule is for. Held against a reading of rules and networks that knows no tables.
 */
class ScopeMinimalityTest {
  private static final List<String> CONTINENTS = List.of("EU", "NA", "AS");
  private static final int CLIENTS_EACH = 100;

  /** A network and what is said of it, as plain numbers. */
  private record Range(long first, int bits, String continent) {
    boolean has(long address) {
      return (address ^ first) >>> (32 - bits) == 0;
    }

    long behind() {
      return first + (1L << (32 - bits));
    }

    String text() {
      return "%d.%d.%d.%d/%d"
          .formatted(first >> 24, first >> 16 & 0xff, first >> 8 & 0xff, first & 0xff, bits);
    }
  }

  /** Passes who is in the network, where there is one, and on the continent, where there is one. */
  private record Condition(Range network, String continent) {}

  private final List<Range> places = new ArrayList<>();
  private final List<Condition> rules = new ArrayList<>();

  @Test
  void oneBitWiderWouldBeWrong() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    int target = Sample.of(5_000, 100_000);
    int tailored = 0;
    for (int asked = 0; asked < target; asked += CLIENTS_EACH) {
      var service = anyWorld(random);
      var rrset = service.rrset(RrType.A);
      for (int i = 0; i < CLIENTS_EACH; i++) {
        long address = address(random);
        var client = new Client();
        client.resolver().setIpv4(0xcb007135, 32);
        client.subnet().setIpv4((int) address, 32);
        client.useSubnet();
        int scope = service.ask(rrset, client).scopePrefixLength();
        String what = "seed " + seed + ": " + new Range(address, 32, "").text() + " of " + this;
        if (scope > 0) {
          assertThat(someOtherRuleIsFor(sibling(address, scope), scope, rule(address)))
              .as("%s: /%d could be wider", what, scope)
              .isTrue();
          tailored++;
        }
        assertThat(someOtherRuleIsFor(address & -1L << (32 - scope), scope, rule(address)))
            .as("%s: /%d is too wide", what, scope)
            .isFalse();
      }
    }
    assertThat(tailored).as("scopes of more than no bits").isGreaterThan(target / 4);
  }

  private TestService anyWorld(Random random) throws Exception {
    places.clear();
    rules.clear();
    Map<String, Range> byNetwork = new LinkedHashMap<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      Range place = range(random, CONTINENTS.get(random.nextInt(3)));
      byNetwork.put(place.text(), place);
    }
    places.addAll(byNetwork.values());
    for (int i = random.nextInt(5); i > 0; i--) {
      rules.add(
          new Condition(
              random.nextInt(3) == 0 ? range(random, "") : new Range(0, 0, ""),
              random.nextInt(3) == 0 ? "" : CONTINENTS.get(random.nextInt(3))));
    }
    var told = new ArrayList<Rule>();
    for (int i = 0; i < rules.size(); i++) {
      told.add(new Rule(when(rules.get(i)), List.of("site-" + i), false));
    }
    var algorithm = new Algorithm.Topology(new TopologySpec("t", told));
    return TestService.of(pool("main", 10, algorithm, member("site-0", "192.0.2.1", 1)))
        .in(
            Map.of(),
            TestGeo.of(
                places.stream()
                    .map(place -> place.text() + ",,," + place.continent() + ",,,,,")
                    .toArray(String[]::new)));
  }

  private static When when(Condition condition) {
    List<Network> networks =
        condition.network().bits() == 0
            ? List.of()
            : List.of(Network.parse(condition.network().text()));
    Set<String> continents =
        condition.continent().isEmpty() ? Set.of() : Set.of(condition.continent());
    return new When(
        List.of(), networks, continents, Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
  }

  private static Range range(Random random, String continent) {
    int bits = 1 + random.nextInt(32);
    return new Range(address(random) & -1L << (32 - bits) & 0xffffffffL, bits, continent);
  }

  /** Few bits are set, so that networks nest and touch. */
  private static long address(Random random) {
    long address = 0;
    for (int i = random.nextInt(6); i > 0; i--) {
      address |= 1L << random.nextInt(32);
    }
    return address;
  }

  /** The first rule that passes this client, found as one reads the rules. */
  private int rule(long address) {
    String continent =
        places.stream()
            .filter(place -> place.has(address))
            .max(Comparator.comparingInt(Range::bits))
            .map(Range::continent)
            .orElse("");
    for (int i = 0; i < rules.size(); i++) {
      Condition rule = rules.get(i);
      boolean inNetwork = rule.network().bits() == 0 || rule.network().has(address);
      if (inNetwork && (rule.continent().isEmpty() || rule.continent().equals(continent))) {
        return i;
      }
    }
    return rules.size();
  }

  private static long sibling(long address, int bits) {
    return (address & -1L << (32 - bits) & 0xffffffffL) ^ 1L << (32 - bits);
  }

  /** What rule is for a client changes at the edges of networks alone. */
  private boolean someOtherRuleIsFor(long first, int bits, int rule) {
    var prefix = new Range(first & 0xffffffffL, bits, "");
    var edges = new ArrayList<Long>(List.of(prefix.first()));
    for (Range place : places) {
      edges.addAll(List.of(place.first(), place.behind()));
    }
    for (Condition each : rules) {
      edges.addAll(List.of(each.network().first(), each.network().behind()));
    }
    return edges.stream()
        .filter(edge -> edge <= 0xffffffffL && (bits == 0 || prefix.has(edge)))
        .anyMatch(edge -> rule(edge) != rule);
  }

  @Override
  public String toString() {
    return places + " and " + rules;
  }
}
