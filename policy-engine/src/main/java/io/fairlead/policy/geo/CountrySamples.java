package io.fairlead.policy.geo;

import io.fairlead.dns.choice.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Some clients of each country, spread over its networks: what one asks to see who goes where. */
public final class CountrySamples {
  private CountrySamples() {}

  /**
   * Clients by country, as ISO 3166-1 writes it.
   *
   * @param data must keep countries
   * @param most of each country
   */
  public static Map<String, List<InetAddress>> of(GeoData data, int most) {
    var samples = new TreeMap<String, List<InetAddress>>();
    add(data, data.table().ipv4(), Address.IPV4, most, samples);
    add(data, data.table().ipv6(), Address.IPV6, most, samples);
    return samples;
  }

  private static void add(
      GeoData data,
      RangeTable table,
      int family,
      int most,
      Map<String, List<InetAddress>> samples) {
    var ranges = new TreeMap<String, List<Integer>>();
    for (int range = 0; range < table.size(); range++) {
      String country = data.place(table.value(range)).country();
      if (!country.isEmpty()) {
        ranges.computeIfAbsent(country, _ -> new ArrayList<>()).add(range);
      }
    }
    ranges.forEach(
        (country, its) -> {
          List<InetAddress> into = samples.computeIfAbsent(country, _ -> new ArrayList<>());
          int wanted = Math.min(most - into.size(), its.size());
          for (int i = 0; i < wanted; i++) {
            int range = its.get((int) ((long) i * its.size() / wanted));
            into.add(address(table, range, family));
          }
        });
  }

  private static InetAddress address(RangeTable table, int range, int family) {
    ByteBuffer octets =
        ByteBuffer.allocate(16).putLong(table.high(range)).putLong(table.low(range));
    byte[] wire = new byte[family == Address.IPV4 ? 4 : 16];
    octets.flip().get(wire);
    try {
      return InetAddress.getByAddress(wire);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are an address", e);
    }
  }
}
