package io.fairlead.sync.merge;

import io.fairlead.sync.field.Addresses;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;

/** Where a member's clients are sent. */
public sealed interface Destination extends Comparable<Destination> {
  /** A VIP. */
  record Address(InetAddress address) implements Destination {
    @Override
    public String toString() {
      return address.getHostAddress();
    }
  }

  /**
   * A name, because its load balancer has no address of its own.
   *
   * @param name lower case, without the last dot
   */
  record HostName(String name) implements Destination {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Addresses before names, IPv4 before IPv6. */
  Comparator<Destination> ORDER =
      Comparator.comparingInt(Destination::family)
          .thenComparing(Destination::octets, Arrays::compareUnsigned)
          .thenComparing(Destination::toString);

  static Destination of(InetAddress address) {
    return new Address(address);
  }

  /** Of the text that a destination is. */
  static Destination parse(String text) {
    InetAddress address = Addresses.parse(text);
    return address == null ? new HostName(text) : new Address(address);
  }

  @Override
  default int compareTo(Destination other) {
    return ORDER.compare(this, other);
  }

  private int family() {
    return this instanceof Address(var address) ? address.getAddress().length : Integer.MAX_VALUE;
  }

  private byte[] octets() {
    return this instanceof Address(var address) ? address.getAddress() : new byte[0];
  }
}
