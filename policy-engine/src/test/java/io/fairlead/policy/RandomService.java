package io.fairlead.policy;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Any service at any liveness: the cases that nobody thinks of, from a seed. */
public final class RandomService {
  private static final List<DownResponse> DOWN_RESPONSES =
      List.of(
          new DownResponse.None(),
          new DownResponse.NoData(),
          new DownResponse.Servfail(),
          new DownResponse.AllRecords(),
          new DownResponse.FallbackAddress(
              (Inet4Address) TestService.address("198.51.100.9"), null),
          new DownResponse.Cname(Name.parse("sorry.example.com")));

  private static final List<Algorithm> ALGORITHMS =
      List.of(
          new Algorithm.RoundRobin(),
          new Algorithm.PreferenceOrder(),
          new Algorithm.ConsistentHash(new Algorithm.HashMask(20, 48)));

  private final RandomGenerator random;

  public RandomService(RandomGenerator random) {
    this.random = random;
  }

  public TestService next() {
    var pools = new ArrayList<PoolSpec>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      pools.add(pool("pool-" + i));
    }
    var service =
        TestService.of(pools.toArray(PoolSpec[]::new))
            .answers(random.nextInt(5))
            .minMembersUp(1 + random.nextInt(4))
            .whenDown(DOWN_RESPONSES.get(random.nextInt(DOWN_RESPONSES.size())));
    boolean bad = random.nextInt(4) == 0;
    for (PoolSpec pool : pools) {
      for (MemberSpec member : pool.members()) {
        service.set(member.address(), availability(bad));
      }
    }
    return service;
  }

  private PoolSpec pool(String name) {
    var members = new ArrayList<MemberSpec>();
    int count = 1 + random.nextInt(6);
    int maxWeight = random.nextBoolean() ? 4 : MemberSpec.MAX_WEIGHT;
    for (int i = 0; i < count; i++) {
      members.add(member(1 + random.nextInt(maxWeight)));
    }
    return new PoolSpec(
        name,
        random.nextInt(3) * 10,
        ALGORITHMS.get(random.nextInt(ALGORITHMS.size())),
        random.nextInt(8) > 0,
        members);
  }

  private MemberSpec member(int weight) {
    int host = 1 + random.nextInt(99);
    String address = random.nextInt(3) == 0 ? "2001:db8::" + host : "192.0.2." + host;
    return new MemberSpec(
        "site-" + host,
        TestService.address(address),
        weight,
        random.nextInt(8) > 0,
        null,
        0,
        "file",
        1 + random.nextInt(3),
        null,
        null);
  }

  private Availability availability(boolean bad) {
    var all = Availability.values();
    return bad
        ? all[2 + random.nextInt(all.length - 2)]
        : random.nextInt(3) > 0 ? Availability.UP : all[random.nextInt(all.length)];
  }
}
