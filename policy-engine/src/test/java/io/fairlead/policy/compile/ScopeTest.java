package io.fairlead.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.policy.RandomService;
import io.fairlead.policy.Sample;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The client subnet's scope never lies: whoever is inside the scope of an answer gets that very
 * answer (RFC 7871 section 7.2.1), at the same turn of whatever takes turns.
 */
class ScopeTest {
  private static final int PAIRS_EACH = 50;

  @Test
  void twoClientsInOneScopeNeverGetDifferentAnswers() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var services = new RandomService(random);
    int pairs = 0;
    int narrowed = 0;
    int target = Sample.of(50_000, 1_000_000);
    while (pairs < target) {
      if (pairs % 2000 == 0) {
        services.elsewhere();
      }
      var service = services.next();
      for (SteeredRrSet rrset : service.compile()) {
        for (int i = 0; i < PAIRS_EACH; i++) {
          var one = RandomService.client(random);
          var answer = service.explain(rrset, one);
          int scope = answer.scopePrefixLength();
          var other = insideOf(one, scope, random);
          assertThat(records(service.explain(rrset, other)))
              .as("seed %d: %s in the scope of %s/%d", seed, text(other), text(one), scope)
              .isEqualTo(records(answer));
          pairs++;
          narrowed += scope > 0 ? 1 : 0;
        }
      }
    }
    assertThat(narrowed).as("answers that were tailored at all").isGreaterThan(target / 20);
  }

  /** Any client that agrees with this one in the scope's bits. */
  private static Client insideOf(Client one, int scope, Random random) {
    var base = one.subnet();
    var other = RandomService.client(random);
    long high = random.nextInt(3) == 0 ? random.nextLong() : other.subnet().high();
    long low = random.nextLong();
    var inside = new Client();
    inside.resolver().set(one.resolver());
    if (base.family() == Address.IPV4) {
      int kept = (int) (base.high(scope) >>> 32);
      int free = scope == 32 ? 0 : (int) (high >>> 32) & (-1 >>> scope);
      inside.subnet().setIpv4(kept | free, 32);
    } else {
      long keptHigh = base.high(scope) | (scope >= 64 ? 0 : high & (-1L >>> scope));
      long keptLow =
          scope == 128
              ? base.low()
              : scope <= 64 ? low : base.low(scope) | (low & (-1L >>> (scope - 64)));
      inside.subnet().setIpv6(keptHigh, keptLow, 128);
    }
    inside.useSubnet();
    return inside;
  }

  private static String records(Choice choice) {
    var text = new StringBuilder(choice.outcome().name());
    for (int i = 0; i < choice.count(); i++) {
      text.append(' ').append(choice.record(i));
    }
    return text.toString();
  }

  private static String text(Client client) {
    return client.subnet().toInetAddress().getHostAddress() + "/" + client.subnet().prefixLength();
  }
}
