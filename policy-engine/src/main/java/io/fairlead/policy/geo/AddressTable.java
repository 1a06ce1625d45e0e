package io.fairlead.policy.geo;

import io.fairlead.dns.choice.Address;
import io.fairlead.policy.spec.Network;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/** A number for every address of both families. */
public record AddressTable(RangeTable ipv4, RangeTable ipv6) {
  /** A network's number. */
  public record Entry(Network network, int value) {}

  public static AddressTable constant(int value) {
    return new AddressTable(RangeTable.constant(value), RangeTable.constant(value));
  }

  /**
   * Networks may nest: the longest prefix that holds an address says its number, and of equal
   * prefixes the last in the list.
   *
   * @param elsewhere the number of addresses outside all networks
   */
  public static AddressTable of(List<Entry> entries, int elsewhere) {
    return new AddressTable(
        flatten(entries, Address.IPV4, elsewhere), flatten(entries, Address.IPV6, elsewhere));
  }

  /** 1 for the addresses of these networks, 0 for all others. */
  public static AddressTable membership(List<Network> networks) {
    return of(networks.stream().map(network -> new Entry(network, 1)).toList(), 0);
  }

  /**
   * The address's number in the upper bits, above 8 bits for how many of its bits it depends on;
   * see {@link #value} and {@link #prefixLength}.
   */
  public long find(Address address) {
    RangeTable table = address.family() == Address.IPV4 ? ipv4 : ipv6;
    int range = table.range(address.high(), address.low());
    return ((long) table.value(range) << 8)
        | table.prefixLength(range, address.high(), address.low());
  }

  public static int value(long found) {
    return (int) (found >> 8);
  }

  /** All addresses that share so many bits have the number, and those of one bit less do not. */
  public static int prefixLength(long found) {
    return (int) (found & 0xff);
  }

  public AddressTable map(IntUnaryOperator operator) {
    return new AddressTable(ipv4.map(operator), ipv6.map(operator));
  }

  public AddressTable overlay(AddressTable other, IntBinaryOperator operator) {
    return new AddressTable(ipv4.overlay(other.ipv4, operator), ipv6.overlay(other.ipv6, operator));
  }

  /** A network as the part of the line that it covers; an end of 0 is the end of the line. */
  private record Span(long high, long low, long endHigh, long endLow, int bits, int value) {
    static Span of(Entry entry) {
      var start = new Address();
      start.set(entry.network().address());
      int bits = entry.network().prefixLength();
      long endHigh = start.high();
      long endLow = start.low();
      if (bits > 64) {
        endLow += 1L << (128 - bits);
        endHigh += endLow == 0 ? 1 : 0;
      } else if (bits > 0) {
        endHigh += 1L << (64 - bits);
      } else {
        endHigh = 0;
      }
      return new Span(start.high(), start.low(), endHigh, endLow, bits, entry.value());
    }

    boolean endsAtOrBefore(Span other) {
      if (endHigh == 0 && endLow == 0) {
        return false;
      }
      int order = Long.compareUnsigned(endHigh, other.high);
      return order < 0 || (order == 0 && Long.compareUnsigned(endLow, other.low) <= 0);
    }
  }

  /** Sweeps the line once; the networks open at a point are nested, the innermost on top. */
  private static RangeTable flatten(List<Entry> entries, int family, int elsewhere) {
    var spans = new ArrayList<Span>();
    for (Entry entry : entries) {
      if (entry.network().family() == family) {
        spans.add(Span.of(entry));
      }
    }
    spans.sort(
        Comparator.comparing(Span::high, Long::compareUnsigned)
            .thenComparing(Span::low, Long::compareUnsigned)
            .thenComparingInt(Span::bits));
    var builder = new RangeTable.Builder(2 * spans.size() + 1);
    builder.from(0, 0, elsewhere);
    Deque<Span> open = new ArrayDeque<>();
    for (Span span : spans) {
      while (!open.isEmpty() && open.peek().endsAtOrBefore(span)) {
        close(open, builder, elsewhere);
      }
      open.push(span);
      builder.from(span.high(), span.low(), span.value());
    }
    while (!open.isEmpty()) {
      close(open, builder, elsewhere);
    }
    return builder.build();
  }

  private static void close(Deque<Span> open, RangeTable.Builder builder, int elsewhere) {
    Span closed = open.pop();
    if (closed.endHigh() != 0 || closed.endLow() != 0) {
      builder.from(
          closed.endHigh(), closed.endLow(), open.isEmpty() ? elsewhere : open.peek().value());
    }
  }
}
