package io.fairlead.policy.choose;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.policy.TestService;
import io.fairlead.policy.spec.MemberSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Whichever thread serves, the node's answers are split exactly. */
class SharedTurnTest {
  @Test
  void anyNumberOfThreadsSharesAnyWeightsExactly() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      int[] weights = random.ints(1 + random.nextInt(12), 1, 1 + random.nextInt(50) + 1).toArray();
      int threads = 1 + random.nextInt(8);
      int periods = 1 + random.nextInt(20);
      int period = Arrays.stream(weights).sum();
      var service = TestService.of(TestService.pool("main", 10, members(weights)));
      var rrset = service.rrset(RrType.A);
      int before = random.nextInt(100);
      serve(service, rrset, 1, before);
      assertThat(serve(service, rrset, threads, period * periods))
          .as("seed %d, %d threads, weights %s", seed, threads, Arrays.toString(weights))
          .isEqualTo(Arrays.stream(weights).map(weight -> weight * periods).toArray());
    }
  }

  /** How often each member was the answer to so many queries, of so many threads together. */
  private static int[] serve(TestService service, SteeredRrSet rrset, int threads, int queries)
      throws Exception {
    var tasks = new ArrayList<Callable<int[]>>();
    for (int thread = 0; thread < threads; thread++) {
      int share = queries / threads + (thread < queries % threads ? 1 : 0);
      tasks.add(() -> serve(service, rrset, share));
    }
    var sum = new int[rrset.records().size()];
    try (var pool = Executors.newFixedThreadPool(threads)) {
      for (var counts : pool.invokeAll(tasks)) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += counts.get()[i];
        }
      }
    }
    return sum;
  }

  private static int[] serve(TestService service, SteeredRrSet rrset, int queries) {
    var choice = Choice.silent();
    var client = new Client();
    var counts = new int[rrset.records().size()];
    for (int i = 0; i < queries; i++) {
      choice.clear(rrset.ttlSeconds());
      rrset.chooser().choose(client, service.liveness(), rrset.turn(), choice);
      counts[choice.record(0)]++;
    }
    return counts;
  }

  private static MemberSpec[] members(int[] weights) {
    var members = new MemberSpec[weights.length];
    for (int i = 0; i < weights.length; i++) {
      members[i] = TestService.member("site-" + i, "192.0.2." + i, weights[i]);
    }
    return members;
  }
}
