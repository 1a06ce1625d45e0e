package io.fairlead.server.explain;

import io.fairlead.dns.wire.Name;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is to be explained.
 *
 * @param client the address that is answered for
 * @param prefixLength the client is this subnet, named by a resolver; {@link #WHOLE} = it asks us
 *     itself
 */
public record Question(Name name, int type, InetAddress client, int prefixLength) {
  public static final int WHOLE = -1;

  private static final int CLASS_IN = 1;

  /**
   * Reads {@code ADDRESS} or {@code ADDRESS/LENGTH}.
   *
   * @throws IllegalArgumentException says what is wrong and what is allowed
   */
  public static Question of(Name name, int type, String client) {
    int slash = client.indexOf('/');
    InetAddress address = address(slash < 0 ? client : client.substring(0, slash));
    if (slash < 0) {
      return new Question(name, type, address, WHOLE);
    }
    int bits = address.getAddress().length * 8;
    String length = client.substring(slash + 1);
    if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
      throw new IllegalArgumentException(
          "\""
              + client
              + "\": a prefix length of 0 to "
              + bits
              + " is allowed, not \""
              + length
              + "\"");
    }
    return new Question(name, type, address, Integer.parseInt(length));
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"" + literal + "\" is no IPv4 or IPv6 address; allowed is ADDRESS or ADDRESS/LENGTH",
          e);
    }
  }

  public boolean hasSubnet() {
    return prefixLength != WHOLE;
  }

  /**
   * The query as a resolver would send it: EDNS, and the client subnet option (RFC 7871 section 6)
   * where there is one.
   */
  public byte[] query() {
    byte[] subnet = hasSubnet() ? subnetOption() : new byte[0];
    byte[] qname = name.wire();
    ByteBuffer message = ByteBuffer.allocate(12 + qname.length + 4 + 11 + subnet.length);
    message.putShort((short) 0).putShort((short) 0);
    message.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 1);
    message.put(qname).putShort((short) type).putShort((short) CLASS_IN);
    message.put((byte) 0).putShort((short) 41).putShort((short) 1232).putInt(0);
    message.putShort((short) subnet.length).put(subnet);
    return message.array();
  }

  private byte[] subnetOption() {
    byte[] octets = Arrays.copyOf(client.getAddress(), (prefixLength + 7) / 8);
    if (prefixLength % 8 != 0) {
      octets[octets.length - 1] &= (byte) (0xff << (8 - prefixLength % 8));
    }
    int family = client.getAddress().length == 4 ? 1 : 2;
    return ByteBuffer.allocate(8 + octets.length)
        .putShort((short) 8)
        .putShort((short) (4 + octets.length))
        .putShort((short) family)
        .put((byte) prefixLength)
        .put((byte) 0)
        .put(octets)
        .array();
  }
}
