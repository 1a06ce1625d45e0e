package io.fairlead.policy.spec;

import io.fairlead.dns.choice.Address;
import java.net.InetAddress;

/**
 * All addresses that agree with one in its first bits.
 *
 * @param address the first of them: bits behind the prefix are zero
 * @param prefixLength 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Network(InetAddress address, int prefixLength) {
  public Network {
    byte[] octets = address.getAddress();
    if (prefixLength < 0 || prefixLength > 8 * octets.length) {
      throw new IllegalArgumentException(
          "a prefix of "
              + prefixLength
              + " bits for "
              + address.getHostAddress()
              + ", 0 to "
              + 8 * octets.length
              + " are allowed");
    }
    for (int bit = prefixLength; bit < 8 * octets.length; bit++) {
      if ((octets[bit / 8] & 0x80 >>> bit % 8) != 0) {
        throw new IllegalArgumentException(
            address.getHostAddress() + " has bits behind its first " + prefixLength);
      }
    }
  }

  /**
   * Reads "192.0.2.0/24" or a lone address; never asks a resolver.
   *
   * @throws IllegalArgumentException says in words what is wrong with the text
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no network: no address in front", e);
    }
    int bits = 8 * address.getAddress().length;
    if (slash < 0) {
      return new Network(address, bits);
    }
    try {
      return new Network(address, Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no network: a number from 0 to " + bits + " follows the slash", e);
    }
  }

  /** {@link Address#IPV4} or {@link Address#IPV6}. */
  public int family() {
    return address.getAddress().length;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefixLength;
  }
}
