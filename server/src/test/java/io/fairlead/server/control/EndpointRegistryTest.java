package io.fairlead.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.geo.GeoData;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Numbers stay with their members; those of members that are long gone are given again. */
class EndpointRegistryTest {
  private static final int SERVICES = 200;
  private static final InetAddress VIP = InetAddress.ofLiteral("192.0.2.1");

  private final List<Integer> freed = new ArrayList<>();
  private final EndpointRegistry registry = new EndpointRegistry(freed::add);

  /** Services of one member each, other ones in each generation. */
  private Plan plan(int generation) {
    var text =
        new StringBuilder(
            """
            version: 1
            zones:
              - name: example.com
                contact: hostmaster.example.com
                nameServers: [ { name: ns.example.com, addresses: [192.0.2.53] } ]
            sites: [ { name: a } ]
            services:
            """);
    for (int i = 0; i < SERVICES; i++) {
      text.append("  - { name: g").append(generation).append("-").append(i);
      text.append(".example.com, pools: [ { name: p, members: [ { site: a, address: 192.0.2.1 }");
      text.append(" ] } ] }\n");
    }
    FairleadConfig config =
        ConfigLoader.load(Path.of("fairlead.yaml"), text.toString()).orElseThrow();
    return Plan.of(config, config.zones(), GeoData.NONE, List.of(), registry);
  }

  private static Set<Integer> numbers(Plan plan) {
    return plan.allMembers().map(PlannedMember::endpoint).collect(Collectors.toSet());
  }

  @Test
  void aMemberThatComesBackSoonIsTheSame() {
    Plan first = plan(0);
    registry.tidy(Plan.EMPTY, first);
    Plan second = plan(1);
    registry.tidy(first, second);
    assertThat(numbers(plan(0))).isEqualTo(numbers(first));
    assertThat(numbers(second)).doesNotContainAnyElementsOf(numbers(first));
    assertThat(freed).isEmpty();
  }

  /** Names of their own for each day would else cost memory for as long as the process lives. */
  @Test
  void manyThatComeAndGoTakeNoMoreNumbersThanAreKept() {
    Plan before = Plan.EMPTY;
    int highest = 0;
    for (int generation = 0; generation < 200; generation++) {
      Plan now = plan(generation);
      assertThat(numbers(now)).hasSize(SERVICES);
      assertThat(Collections.disjoint(numbers(now), numbers(before))).isTrue();
      highest = Math.max(highest, numbers(now).stream().max(Integer::compare).orElseThrow());
      registry.tidy(before, now);
      before = now;
    }
    assertThat(highest).isLessThan(3 * EndpointRegistry.SPARE);
    assertThat(new HashSet<>(freed)).as("given again more than once").hasSizeLessThan(freed.size());
  }

  @Test
  void whoQueriesAreStillAnsweredByKeepsItsNumber() {
    Plan served = plan(0);
    for (int i = 0; i < 2 * EndpointRegistry.SPARE; i++) {
      registry.of(Name.parse("gone" + i + ".example.com"), VIP);
    }
    Plan next = plan(1);
    registry.tidy(served, next);
    assertThat(freed)
        .hasSize(2 * EndpointRegistry.SPARE)
        .doesNotContainAnyElementsOf(numbers(served))
        .doesNotContainAnyElementsOf(numbers(next));
    assertThat(numbers(plan(0))).isEqualTo(numbers(served));
  }
}
