package io.fairlead.dns.wire;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A domain name in wire form: labels of 1 to 63 octets, each after its length, ended by the root's
 * zero octet; 255 octets in all (RFC 1035 section 3.1). Case is kept and not compared (RFC 4343).
 *
 * <p>For cold paths. A query's name is never one of these: it stays in the packet.
 */
public final class Name implements Comparable<Name> {
  /** RFC 1035 section 2.3.4. */
  public static final int MAX_LENGTH = 255;

  /** RFC 1035 section 2.3.4. */
  public static final int MAX_LABEL_LENGTH = 63;

  public static final Name ROOT = new Name(new byte[] {0});

  private final byte[] wire;

  private Name(byte[] wire) {
    this.wire = wire;
  }

  /**
   * Reads presentation form, with or without the last dot; {@code \.} and {@code \DDD} as in RFC
   * 1035 section 5.1.
   *
   * @throws IllegalArgumentException says in words what is wrong with the text
   */
  public static Name parse(String text) {
    if (text.equals(".")) {
      return ROOT;
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a name must not be empty");
    }
    var name = new ByteArrayOutputStream(text.length() + 2);
    var label = new ByteArrayOutputStream(MAX_LABEL_LENGTH);
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '.') {
        endLabel(text, label, name);
      } else if (c == '\\') {
        at = escaped(text, at, label);
      } else if (c <= ' ' || c > '~') {
        throw new IllegalArgumentException(
            "\""
                + text
                + "\" has a character that is no printable ASCII; write it as \\DDD or in its"
                + " A-label form");
      } else {
        label.write(c);
      }
    }
    if (label.size() > 0) {
      endLabel(text, label, name);
    }
    name.write(0);
    return ofWire(name.toByteArray());
  }

  private static int escaped(String text, int at, ByteArrayOutputStream label) {
    if (at < text.length() && !isDigit(text.charAt(at))) {
      label.write(text.charAt(at));
      return at + 1;
    }
    if (at + 3 <= text.length() && isDigit(text.charAt(at + 1)) && isDigit(text.charAt(at + 2))) {
      int octet = Integer.parseInt(text.substring(at, at + 3));
      if (octet <= 255) {
        label.write(octet);
        return at + 3;
      }
    }
    throw new IllegalArgumentException(
        "\""
            + text
            + "\" has a backslash that is followed by neither a character nor three digits up to"
            + " 255");
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static void endLabel(
      String text, ByteArrayOutputStream label, ByteArrayOutputStream name) {
    if (label.size() == 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has an empty label (two dots in a row, or a dot in front)");
    }
    if (label.size() > MAX_LABEL_LENGTH) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has a label of " + label.size() + " octets, at most 63 are allowed");
    }
    name.write(label.size());
    name.writeBytes(label.toByteArray());
    label.reset();
  }

  /**
   * Takes uncompressed wire form.
   *
   * @throws IllegalArgumentException where the octets are not exactly one name
   */
  public static Name ofWire(byte[] wire) {
    int at = 0;
    while (at < wire.length && wire[at] != 0) {
      int length = wire[at] & 0xff;
      if (length > MAX_LABEL_LENGTH) {
        throw new IllegalArgumentException(
            "a label of " + length + " octets, at most 63 are allowed");
      }
      at += 1 + length;
    }
    if (at != wire.length - 1) {
      throw new IllegalArgumentException("not exactly one name in " + wire.length + " octets");
    }
    if (wire.length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a name of " + wire.length + " octets, at most 255 are allowed");
    }
    return new Name(wire.clone());
  }

  /** Uncompressed wire form, case as it was given; a copy. */
  public byte[] wire() {
    return wire.clone();
  }

  void copyTo(byte[] target) {
    System.arraycopy(wire, 0, target, 0, wire.length);
  }

  /** Writes the name into a message, uncompressed. */
  public void writeTo(MemorySegment message, int at) {
    Octets.copy(wire, 0, message, at, wire.length);
  }

  /** Octets in wire form, the root's zero included. */
  public int length() {
    return wire.length;
  }

  /** Labels, the root not counted. */
  public int labelCount() {
    int count = 0;
    for (int at = 0; wire[at] != 0; at += 1 + wire[at]) {
      count++;
    }
    return count;
  }

  public boolean isRoot() {
    return wire.length == 1;
  }

  /** Whether the first label is {@code *} (RFC 4592 section 2.1.1). */
  public boolean isWildcard() {
    return wire.length > 2 && wire[0] == 1 && wire[1] == '*';
  }

  /** The name without its first label; the root has none and returns itself. */
  public Name parent() {
    return isRoot() ? this : new Name(Arrays.copyOfRange(wire, 1 + wire[0], wire.length));
  }

  /** Whether this name is the given one or lies below it. */
  public boolean isAtOrBelow(Name ancestor) {
    int skip = wire.length - ancestor.wire.length;
    if (skip < 0) {
      return false;
    }
    int at = 0;
    while (at < skip) {
      at += 1 + wire[at];
    }
    return at == skip && equalFrom(skip, ancestor);
  }

  private boolean equalFrom(int offset, Name other) {
    for (int i = 0; i < other.wire.length; i++) {
      if (lower(wire[offset + i]) != lower(other.wire[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * ASCII lower case of one octet; others, length octets included, stay as they are (RFC 4343
   * section 3).
   */
  public static byte lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? (byte) (octet + ('a' - 'A')) : octet;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Name name && name.wire.length == wire.length && equalFrom(0, name);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (byte octet : wire) {
      hash = 31 * hash + lower(octet);
    }
    return hash;
  }

  /** By octets in lower case: some stable order for people and files, not DNSSEC's. */
  @Override
  public int compareTo(Name other) {
    int shared = Math.min(wire.length, other.wire.length);
    for (int i = 0; i < shared; i++) {
      int difference = Byte.compareUnsigned(lower(wire[i]), lower(other.wire[i]));
      if (difference != 0) {
        return difference;
      }
    }
    return wire.length - other.wire.length;
  }

  /** Presentation form without the last dot; the root is ".". */
  @Override
  public String toString() {
    if (isRoot()) {
      return ".";
    }
    String plain = plainText();
    return plain != null ? plain : escapedText();
  }

  /** The octets with dots between labels; null where one of them needs an escape. */
  private @Nullable String plainText() {
    byte[] text = Arrays.copyOfRange(wire, 1, wire.length - 1);
    int label = 0;
    for (int i = 0; i < text.length; i++) {
      if (i == wire[label] + label) {
        label = i + 1;
        text[i] = '.';
      } else if (text[i] <= ' ' || text[i] > '~' || text[i] == '.' || text[i] == '\\') {
        return null;
      }
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private String escapedText() {
    var text = new StringBuilder(wire.length);
    for (int at = 0; wire[at] != 0; at += 1 + wire[at]) {
      if (at > 0) {
        text.append('.');
      }
      for (int i = at + 1; i <= at + wire[at]; i++) {
        appendOctet(text, wire[i] & 0xff);
      }
    }
    return text.toString();
  }

  private static void appendOctet(StringBuilder text, int octet) {
    if (octet == '.' || octet == '\\') {
      text.append('\\').append((char) octet);
    } else if (octet <= ' ' || octet > '~') {
      text.append('\\')
          .append((char) ('0' + octet / 100))
          .append((char) ('0' + octet / 10 % 10))
          .append((char) ('0' + octet % 10));
    } else {
      text.append((char) octet);
    }
  }
}
