package io.fairlead.dns.cookie;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * What server cookies are made with: a key of SipHash (RFC 9018 section 4.4). Servers of one
 * anycast address share it.
 *
 * @param first the first eight octets, the least significant in front
 * @param second the others
 */
public record CookieSecret(long first, long second) {
  /** Octets of a secret. */
  public static final int LENGTH = 16;

  /**
   * Reads 32 hexadecimal digits.
   *
   * @throws IllegalArgumentException says in words what is wrong with the text, and never the text
   */
  public static CookieSecret parse(String text) {
    if (text.length() != 2 * LENGTH) {
      throw new IllegalArgumentException(
          "a secret of " + text.length() + " characters; 32 hexadecimal digits are one");
    }
    try {
      ByteBuffer octets =
          ByteBuffer.wrap(HexFormat.of().parseHex(text)).order(ByteOrder.LITTLE_ENDIAN);
      return new CookieSecret(octets.getLong(), octets.getLong());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a secret with a character that is no hexadecimal digit; 32 of them are one", e);
    }
  }

  /** A new one, from numbers that nobody can guess. */
  public static CookieSecret random(RandomGenerator random) {
    return new CookieSecret(random.nextLong(), random.nextLong());
  }

  /** A secret stays one: in logs and messages too. */
  @Override
  public String toString() {
    return "(secret)";
  }
}
