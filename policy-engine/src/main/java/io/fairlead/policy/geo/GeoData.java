package io.fairlead.policy.geo;

import io.fairlead.dns.choice.Address;
import io.fairlead.policy.spec.Location;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that the files of networks say, compiled. */
public final class GeoData {
  public static final GeoData NONE = new GeoData(AddressTable.constant(0), List.of(Place.UNKNOWN));

  private final AddressTable table;
  private final List<Place> places;
  private final Globe globe;

  /**
   * @param table the index in {@code places} of each address's place
   * @param places the first is {@link Place#UNKNOWN}
   */
  GeoData(AddressTable table, List<Place> places) {
    this.table = table;
    this.places = List.copyOf(places);
    this.globe = Globe.of(this.places.stream().map(Place::location).toList());
  }

  public AddressTable table() {
    return table;
  }

  public Place place(int index) {
    return places.get(index);
  }

  /** Where each place is, by its index. */
  public Globe globe() {
    return globe;
  }

  public Place placeOf(InetAddress address) {
    var point = new Address();
    point.set(address);
    return places.get(AddressTable.value(table.find(point)));
  }

  public @Nullable Location locationOf(InetAddress address) {
    return placeOf(address).location();
  }

  /** Whether the number of the autonomous system is known of any network. */
  public boolean knowsAsns() {
    return places.stream().anyMatch(place -> place.asn() != Place.UNKNOWN.asn());
  }

  /** Networks in the tables, as ranges: what a look-up searches. */
  public int size() {
    return table.ipv4().size() + table.ipv6().size();
  }
}
