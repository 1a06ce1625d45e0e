package io.fairlead.dns.query;

import static io.fairlead.dns.testing.RawQuery.name;
import static io.fairlead.dns.testing.RawQuery.octets;
import static io.fairlead.dns.testing.RawQuery.option;
import static io.fairlead.dns.testing.RawQuery.subnet;
import static io.fairlead.dns.testing.World.addresses;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/** Good queries with octets changed, cut off, doubled: none throws, each reply is one. */
class MutationTest {
  private static final long SEED = 20_261_123L;
  private static final int PACKETS = 200_000;

  private static final List<byte[]> SEEDS =
      List.of(
          RawQuery.of("fruit.example", "A").bytes(),
          RawQuery.of("www.example", "A").opt(1232, 0x8000).bytes(),
          RawQuery.of("x.sub.example", "AAAA").opt(4096, 0, subnet(1, 24, 0, 192, 0, 2)).bytes(),
          RawQuery.of("q.wild.example", "TXT")
              .opt(512, 0, option(10, new byte[8]), subnet(2, 56, 0, 32, 1, 13, 184, 0, 0, 0))
              .bytes(),
          RawQuery.of("a.old.example", "ANY")
              .record(1, octets(0xc0, 12), 5, 1, 60, name("b"))
              .record(3, name("c.d"), 250, 255, 0, new byte[20])
              .bytes(),
          RawQuery.empty().question(name("x".repeat(63) + "." + "y".repeat(63)), 65280, 3).bytes());

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Asker asker =
      new World()
          .zone(
              "example",
              """
              www    300 CNAME fruit
              *.wild 300 TXT   wild
              sub    300 NS    ns.sub
              ns.sub 300 A     192.0.2.1
              old    300 DNAME wild
              """)
          .service(
              "fruit.example",
              List.of(addresses(2, (_, _, _, choice) -> choice.take(0), "192.0.2.1")))
          .asker();

  @Test
  void anyPacketIsAnsweredRightlyOrNotAtAll() {
    Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = mutate(SEEDS.get(random.nextInt(SEEDS.size())));
      byte[] reply;
      try {
        reply = asker.send(packet);
      } catch (RuntimeException e) {
        throw new AssertionError(
            "seed " + SEED + ", packet " + HexFormat.of().formatHex(packet), e);
      }
      seen.add(asker.outcome());
      if (reply.length > 0) {
        check(packet, reply);
      }
    }
    assertThat(seen)
        .as("the mutations reach them all")
        .containsAll(EnumSet.range(Outcome.ANSWER, Outcome.REFERRAL))
        .containsAll(EnumSet.range(Outcome.REFUSED, Outcome.NOT_IMPLEMENTED))
        .contains(Outcome.DROPPED);
  }

  private static void check(byte[] packet, byte[] reply) {
    String what = HexFormat.of().formatHex(packet);
    assertThat(reply.length).as(what).isLessThanOrEqualTo(1232);
    Message read = Asker.parse(reply); // throws where it cannot be read
    assertThat(read.getHeader().getID()).as(what).isEqualTo(Asker.id(packet));
    assertThat(read.getHeader().getFlag(Flags.QR)).as(what).isTrue();
    assertThat(read.getHeader().getFlag(Flags.RA)).as(what).isFalse();
  }

  private byte[] mutate(byte[] seed) {
    byte[] packet = seed.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(Math.max(1, packet.length));
      switch (random.nextInt(6)) {
        case 0 -> packet = Arrays.copyOf(packet, at);
        case 1 -> packet = inserted(packet, at);
        case 2 -> packet = removed(packet, at);
        case 3 -> set(packet, at, 0xc0 | random.nextInt(2));
        case 4 -> set(packet, random.nextInt(14), random.nextInt(3));
        default -> set(packet, at, random.nextInt(256));
      }
    }
    return packet;
  }

  private static void set(byte[] packet, int at, int value) {
    if (at < packet.length) {
      packet[at] = (byte) value;
    }
  }

  private byte[] inserted(byte[] packet, int at) {
    byte[] longer = Arrays.copyOf(packet, packet.length + 1);
    System.arraycopy(packet, at, longer, at + 1, packet.length - at);
    longer[at] = (byte) random.nextInt(256);
    return longer;
  }

  private static byte[] removed(byte[] packet, int at) {
    if (packet.length == 0) {
      return packet;
    }
    byte[] shorter = Arrays.copyOf(packet, packet.length - 1);
    System.arraycopy(packet, at + 1, shorter, at, shorter.length - at);
    return shorter;
  }
}
