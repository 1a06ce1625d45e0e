package io.fairlead.policy.geo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Address;
import io.fairlead.policy.TestService;
import io.fairlead.policy.spec.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTableTest {
  private final AddressTable table =
      AddressTable.of(
          List.of(
              entry("10.0.0.0/8", 1),
              entry("10.20.0.0/16", 2),
              entry("10.20.30.0/24", 1),
              entry("255.255.255.0/24", 3),
              entry("0.0.0.0/30", 4),
              entry("2001:db8::/32", 5),
              entry("2001:db8:0:1::/64", 6),
              entry("2001:db8:0:1::80/121", 7),
              entry("ffff::/16", 8)),
          0);

  @ParameterizedTest(name = "{0} is {1}, and so is all of its /{2}")
  @CsvSource({
    "10.1.2.3, 1, 12", // 10.16.0.0/12 holds the exception
    "10.20.1.1, 2, 20", // 10.20.16.0/20 holds the exception to the exception
    "10.20.30.40, 1, 24",
    "10.20.31.0, 2, 24",
    "10.200.0.1, 1, 9",
    "11.0.0.1, 0, 8",
    "128.0.0.1, 0, 2",
    "255.255.255.255, 3, 24",
    "255.255.254.0, 0, 24",
    "0.0.0.3, 4, 30",
    "0.0.0.4, 0, 30",
    "2001:db8::1, 5, 64",
    "2001:db8:1::, 5, 48",
    "2001:db8:0:1::1, 6, 121",
    "2001:db8:0:1::ff, 7, 121",
    "2001:db8:0:1:1::, 6, 80",
    "::, 0, 3",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 8, 16",
  })
  void theInnermostNetworkSaysTheNumberAndTheScopeIsWhatNoOtherReaches(
      String address, int value, int prefixLength) {
    long found = table.find(address(address));
    assertThat(AddressTable.value(found)).isEqualTo(value);
    assertThat(AddressTable.prefixLength(found)).isEqualTo(prefixLength);
  }

  @Test
  void neighboursOfOneNumberAreOneRange() {
    var halves = AddressTable.of(List.of(entry("10.0.0.0/9", 1), entry("10.128.0.0/9", 1)), 0);
    assertThat(AddressTable.prefixLength(halves.find(address("10.1.1.1")))).isEqualTo(8);
    assertThat(AddressTable.prefixLength(AddressTable.constant(7).find(address("10.1.1.1"))))
        .isZero();
  }

  /**
   * Against a look-up that tries every network: the number is right, everything in the prefix has
   * it, and one bit less would take in something else.
   */
  @Test
  void anyNestOfNetworksIsFlattenedRightly() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      boolean six = random.nextBoolean();
      var entries = new ArrayList<AddressTable.Entry>();
      int count = random.nextInt(40);
      for (int i = 0; i < count; i++) {
        entries.add(new AddressTable.Entry(network(random, six), random.nextInt(4)));
      }
      var flat = AddressTable.of(entries, 0);
      for (int i = 0; i < 60; i++) {
        var point = point(random, six);
        long found = flat.find(point);
        String what = "seed " + seed + ", " + point.toInetAddress() + " in " + entries;
        assertThat(AddressTable.value(found)).as(what).isEqualTo(slowly(entries, point));
        int bits = AddressTable.prefixLength(found);
        assertThat(isUniform(flat, point, bits)).as(what).isTrue();
        assertThat(bits == 0 || !isUniform(flat, point, bits - 1)).as(what).isTrue();
      }
    }
  }

  @Test
  void tablesAreLaidOverEachOther() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      boolean six = random.nextBoolean();
      var a = new ArrayList<AddressTable.Entry>();
      var b = new ArrayList<AddressTable.Entry>();
      for (int i = 0; i < 20; i++) {
        a.add(new AddressTable.Entry(network(random, six), random.nextInt(3)));
        b.add(new AddressTable.Entry(network(random, six), random.nextInt(3)));
      }
      var both = AddressTable.of(a, 0).overlay(AddressTable.of(b, 0), (x, y) -> 3 * x + y);
      var mapped = both.map(value -> value / 3);
      for (int i = 0; i < 50; i++) {
        var point = point(random, six);
        int expected = 3 * slowly(a, point) + slowly(b, point);
        assertThat(AddressTable.value(both.find(point))).as("seed %d", seed).isEqualTo(expected);
        assertThat(AddressTable.value(mapped.find(point))).isEqualTo(expected / 3);
      }
    }
  }

  /** Beyond the size at which a table is entered by its first bits. */
  @Test
  void aLargeTableIsSearchedRightly() {
    var random = new Random(5);
    var entries = new ArrayList<AddressTable.Entry>();
    for (int i = 0; i < 20_000; i++) {
      var start = new Address();
      start.setIpv4(random.nextInt() & 0xffffff00, 24);
      entries.add(new AddressTable.Entry(new Network(start.toInetAddress(), 24), i % 7));
    }
    var large = AddressTable.of(entries, 9);
    assertThat(large.ipv4().size()).isGreaterThan(10_000);
    for (int i = 0; i < 20_000; i += 100) {
      var inside = new Address();
      inside.set(entries.get(i).network().address());
      inside.setIpv4((int) (inside.high() >>> 32) | random.nextInt(256), 32);
      int expected = AddressTable.value(large.find(inside));
      assertThat(expected).isEqualTo(slowly(entries, inside));
    }
  }

  private static int slowly(List<AddressTable.Entry> entries, Address point) {
    int best = -1;
    int value = 0;
    for (var entry : entries) {
      int bits = entry.network().prefixLength();
      var start = new Address();
      start.set(entry.network().address());
      boolean inside =
          start.family() == point.family()
              && start.high() == point.high(bits)
              && start.low() == point.low(bits);
      if (inside && bits >= best) {
        best = bits;
        value = entry.value();
      }
    }
    return value;
  }

  /** Whether the whole prefix lies in one range: its first and its last point do. */
  private static boolean isUniform(AddressTable table, Address point, int bits) {
    var ranges = point.family() == Address.IPV4 ? table.ipv4() : table.ipv6();
    int width = 8 * point.family();
    long lastHigh = point.high(bits) | (bits >= 64 ? 0 : -1L >>> bits);
    long lastLow = point.low(bits) | (bits <= 64 ? -1L : bits == 128 ? 0 : -1L >>> (bits - 64));
    if (width == 32) {
      lastHigh &= 0xffffffffL << 32;
      lastLow = 0;
    }
    return ranges.range(point.high(bits), point.low(bits)) == ranges.range(lastHigh, lastLow);
  }

  private static Network network(Random random, boolean six) {
    int bits = six ? random.nextInt(129) : random.nextInt(33);
    return new Network(point(random, six).truncated(bits).toInetAddress(), bits);
  }

  /** Few bits differ, so that networks nest and touch. */
  private static Address point(Random random, boolean six) {
    var point = new Address();
    if (six) {
      long high = random.nextInt(3) == 0 ? random.nextLong() : (long) random.nextInt(4) << 62;
      point.setIpv6(high, random.nextInt(4) == 0 ? -1L : random.nextInt(8), 128);
    } else {
      int address = random.nextInt(2) == 0 ? random.nextInt() : random.nextInt(4) << 30;
      point.setIpv4(address | random.nextInt(8), 32);
    }
    return point;
  }

  private static AddressTable.Entry entry(String network, int value) {
    return new AddressTable.Entry(Network.parse(network), value);
  }

  private static Address address(String literal) {
    var address = new Address();
    address.set(TestService.address(literal));
    return address;
  }
}
