package io.fairlead.server.replay;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.geo.RangeTable;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.control.Published;
import io.fairlead.server.explain.Question;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Clients that nobody has recorded: drawn from the networks of the geo data, a large network more
 * often than a small one, and at least one from every place; from all of IPv4 where there is no geo
 * data. The same configurations have the same clients every time.
 */
public final class Population {
  /** A share of one in a thousand is seen. */
  public static final int CLIENTS = 1_000;

  /** What is asked in a few seconds; with more services, fewer clients ask for each. */
  private static final int MAX_QUESTIONS = 200_000;

  private static final int LEAST_CLIENTS = 20;

  /** Any number; a constant, so that two plans can be compared. */
  private static final long SEED = 7871;

  private Population() {}

  /** Every client asks for every service of both. */
  public static SequencedMap<Question, Integer> of(Published before, Published after) {
    Set<Name> names = new LinkedHashSet<>();
    Set<Name> withIpv6 = new HashSet<>();
    Stream.of(before, after)
        .flatMap(published -> published.plan().services().stream())
        .forEach(
            service -> {
              names.add(asked(service.name()));
              if (hasIpv6(service)) {
                withIpv6.add(asked(service.name()));
              }
            });
    int share = names.isEmpty() ? 0 : MAX_QUESTIONS / (names.size() + withIpv6.size());
    int count = Math.clamp(share, LEAST_CLIENTS, CLIENTS);
    List<InetAddress> clients = clients(after.model().geo(), count);
    var questions = new LinkedHashMap<Question, Integer>();
    for (Name name : names) {
      for (InetAddress client : clients) {
        questions.put(new Question(name, RrType.A, client, Question.WHOLE), 1);
        if (withIpv6.contains(name)) {
          questions.put(new Question(name, RrType.AAAA, client, Question.WHOLE), 1);
        }
      }
    }
    return questions;
  }

  /** A wildcard is asked by a name that it stands for. */
  private static Name asked(Name service) {
    String text = service.toString();
    return text.startsWith("*.") ? Name.parse("any" + text.substring(1)) : service;
  }

  private static boolean hasIpv6(ServiceSpec service) {
    return service.pools().stream()
        .flatMap(pool -> pool.members().stream())
        .anyMatch(member -> member.address() instanceof Inet6Address);
  }

  static List<InetAddress> clients(GeoData geo, int count) {
    var random = new SplittableRandom(SEED);
    RangeTable ranges = geo.table().ipv4();
    var clients = new LinkedHashSet<InetAddress>();
    var known = new ArrayList<Integer>();
    var places = new HashSet<Integer>();
    long[] upTo = new long[ranges.size()];
    long total = 0;
    for (int range = 0; range < ranges.size(); range++) {
      if (ranges.value(range) != 0) {
        total += end(ranges, range) - start(ranges, range);
        upTo[known.size()] = total;
        known.add(range);
        if (clients.size() < count && places.add(ranges.value(range))) {
          clients.add(ipv4(start(ranges, range)));
        }
      }
    }
    // Bounded: of a few addresses in all, the same come again.
    for (int draw = 0; draw < 10 * count && clients.size() < count; draw++) {
      clients.add(ipv4(known.isEmpty() ? unicast(random) : drawn(ranges, known, upTo, random)));
    }
    return List.copyOf(clients);
  }

  private static long drawn(
      RangeTable ranges, List<Integer> known, long[] upTo, SplittableRandom random) {
    long at = random.nextLong(upTo[known.size() - 1]);
    int index = 0;
    while (upTo[index] <= at) {
      index++;
    }
    int range = known.get(index);
    return end(ranges, range) - (upTo[index] - at);
  }

  private static long start(RangeTable ranges, int range) {
    return ranges.high(range) >>> 32;
  }

  private static long end(RangeTable ranges, int range) {
    return range + 1 < ranges.size() ? start(ranges, range + 1) : 1L << 32;
  }

  /** From 1.0.0.0 to 223.255.255.255, what is not loopback. */
  private static long unicast(SplittableRandom random) {
    long address = random.nextLong(1L << 24, 224L << 24);
    return address >>> 24 == 127 ? address + (1L << 24) : address;
  }

  private static InetAddress ipv4(long address) {
    try {
      return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt((int) address).array());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }
}
