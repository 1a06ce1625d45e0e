package io.fairlead.sync.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * JSON in pieces, with every character beyond ASCII written as an escape. The client decodes each
 * piece of a watch by itself: a character that is cut in two, or just one of several bytes, breaks
 * the event that it stands in. ASCII cannot be broken.
 */
final class AsciiJson {
  private static final int MAX_SEQUENCE = 4;

  /** The first octets of a character whose last ones come with the next piece. */
  private byte[] rest = new byte[0];

  ByteBuffer escape(ByteBuffer piece) {
    byte[] octets = new byte[rest.length + piece.remaining()];
    System.arraycopy(rest, 0, octets, 0, rest.length);
    piece.get(octets, rest.length, piece.remaining());
    int whole = octets.length - cutOff(octets);
    rest = Arrays.copyOfRange(octets, whole, octets.length);
    String text = new String(octets, 0, whole, UTF_8);
    if (text.length() == whole) {
      return ByteBuffer.wrap(octets, 0, whole); // as many characters as octets: all ASCII
    }
    var escaped = new StringBuilder(whole + 64);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        escaped.append(c);
      } else {
        escaped.append("\\u%04x".formatted((int) c));
      }
    }
    return ByteBuffer.wrap(escaped.toString().getBytes(US_ASCII));
  }

  /** How many octets at the end begin a character and do not end it. RFC 3629 3. */
  private static int cutOff(byte[] octets) {
    for (int back = 1; back < MAX_SEQUENCE && back <= octets.length; back++) {
      int octet = octets[octets.length - back] & 0xff;
      if (octet < 0x80) {
        return 0;
      }
      if (octet >= 0xc0) {
        int length = octet >= 0xf0 ? 4 : octet >= 0xe0 ? 3 : 2;
        return length > back ? back : 0;
      }
    }
    return 0;
  }
}
