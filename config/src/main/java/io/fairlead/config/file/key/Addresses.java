package io.fairlead.config.file.key;

import io.fairlead.policy.spec.Network;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IP addresses, always as literals: nothing is ever looked up. */
public final class Addresses {
  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  /** Only what can be a literal: a zone (%eth0) would ask for this machine's interfaces. */
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[([^\\]]*)\\]|([^:\\[\\]]*)):(0|[1-9][0-9]{0,4})");

  private static final Pattern WITH_PREFIX = Pattern.compile("([^/]*)(?:/(?:0|[1-9][0-9]{0,2}))?");

  private static final int DNS_PORT = 53;

  private static final InetAddress STAND_IN = InetAddress.ofLiteral("127.0.0.1");

  /** An address that a client can be sent to. */
  public static final TextValue<InetAddress> HOST =
      new TextValue<>(
          "an IPv4 or IPv6 address of one host, such as 192.0.2.1 or \"2001:db8::1\"",
          STAND_IN,
          Addresses::host,
          InetAddress::getHostAddress);

  public static final TextValue<Inet4Address> IPV4_HOST =
      new TextValue<>(
          "an IPv4 address of one host, such as 192.0.2.1",
          Inet4Address.ofLiteral("127.0.0.1"),
          Addresses::ipv4Host,
          InetAddress::getHostAddress);

  public static final TextValue<Inet6Address> IPV6_HOST =
      new TextValue<>(
          "an IPv6 address of one host, such as \"2001:db8::1\"",
          (Inet6Address) InetAddress.ofLiteral("::1"),
          Addresses::ipv6Host,
          InetAddress::getHostAddress);

  public static final TextValue<Network> NETWORK =
      new TextValue<>(
          "a network such as 192.0.2.0/24 or \"2001:db8::/32\", or an address",
          new Network(STAND_IN, 32),
          Addresses::network);

  /** Where to listen. */
  public static final TextValue<InetSocketAddress> LISTEN =
      new TextValue<>(
          "an address and a port from 0 (any that is free) to 65535, such as \"127.0.0.1:5300\" or"
              + " \"[::1]:5300\"",
          new InetSocketAddress(STAND_IN, 0),
          Addresses::withPort,
          Addresses::show);

  /** Where another server listens. */
  public static final TextValue<InetSocketAddress> SECONDARY =
      new TextValue<>(
          "the address of a server, with a port where it is not 53, such as 192.0.2.53,"
              + " \"192.0.2.53:5300\" or \"[2001:db8::53]:5300\"",
          new InetSocketAddress(STAND_IN, DNS_PORT),
          Addresses::secondary,
          Addresses::show);

  private Addresses() {}

  private static InetSocketAddress secondary(String text) {
    if (IPV4.matcher(text).matches() || (IPV6.matcher(text).matches() && !isIpv4WithPort(text))) {
      return new InetSocketAddress(host(text), DNS_PORT);
    }
    InetSocketAddress socket = withPort(text);
    host(socket.getAddress().getHostAddress());
    if (socket.getPort() == 0) {
      throw new IllegalArgumentException("a port of 0 is no server's");
    }
    return socket;
  }

  private static boolean isIpv4WithPort(String text) {
    return text.indexOf('.') > 0 && text.indexOf(':') == text.lastIndexOf(':');
  }

  private static InetAddress literal(String text) {
    if (IPV4.matcher(text).matches()) {
      return Inet4Address.ofLiteral(text);
    }
    if (!IPV6.matcher(text).matches()) {
      throw new IllegalArgumentException(Quote.of(text) + " is not an IP address");
    }
    InetAddress address = Inet6Address.ofLiteral(text);
    if (address instanceof Inet4Address) {
      throw new IllegalArgumentException(
          text + " is an IPv4 address in IPv6 form; write " + address.getHostAddress());
    }
    return address;
  }

  private static InetAddress host(String text) {
    InetAddress address = literal(text);
    if (address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || text.equals("255.255.255.255")) {
      throw new IllegalArgumentException(text + " is not the address of one host");
    }
    return address;
  }

  private static Inet4Address ipv4Host(String text) {
    if (host(text) instanceof Inet4Address ipv4) {
      return ipv4;
    }
    throw new IllegalArgumentException(text + " is an IPv6 address");
  }

  private static Inet6Address ipv6Host(String text) {
    if (host(text) instanceof Inet6Address ipv6) {
      return ipv6;
    }
    throw new IllegalArgumentException(text + " is an IPv4 address");
  }

  private static Network network(String text) {
    Matcher matcher = WITH_PREFIX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(Quote.of(text) + " is no network");
    }
    literal(matcher.group(1));
    return Network.parse(text);
  }

  private static InetSocketAddress withPort(String text) {
    Matcher matcher = WITH_PORT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(Quote.of(text) + " is not ADDRESS:PORT");
    }
    boolean bracketed = matcher.group(1) != null;
    InetAddress address = literal(bracketed ? matcher.group(1) : matcher.group(2));
    if (bracketed && address instanceof Inet4Address) {
      throw new IllegalArgumentException(Quote.of(text) + ": brackets are for IPv6");
    }
    int port = Integer.parseInt(matcher.group(3));
    if (port > 0xffff) {
      throw new IllegalArgumentException("a port of " + port + " is out of range");
    }
    return new InetSocketAddress(address, port);
  }

  private static String show(InetSocketAddress socket) {
    String address = socket.getAddress().getHostAddress();
    return '"'
        + (address.contains(":") ? "[" + address + "]" : address)
        + ":"
        + socket.getPort()
        + '"';
  }
}
