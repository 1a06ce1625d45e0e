package io.fairlead.server.explain;

import io.fairlead.dns.wire.Name;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** RDATA of HTTPS and SVCB as people write it (RFC 9460 section 2.1). */
final class BindingText {
  private BindingText() {}

  static String read(byte[] rdata) {
    ByteBuffer message = ByteBuffer.wrap(rdata);
    var words = new ArrayList<String>();
    words.add(Integer.toString(u16(message)));
    words.add(target(message));
    while (message.hasRemaining()) {
      int key = u16(message);
      byte[] value = new byte[u16(message)];
      message.get(value);
      words.add(parameter(key, value));
    }
    return String.join(" ", words);
  }

  private static int u16(ByteBuffer message) {
    return message.getShort() & 0xffff;
  }

  /** Never compressed (RFC 9460 section 2.2). */
  private static String target(ByteBuffer message) {
    var wire = new ByteArrayOutputStream();
    int length;
    do {
      length = message.get() & 0xff;
      wire.write(length);
      for (int i = 0; i < length; i++) {
        wire.write(message.get());
      }
    } while (length > 0);
    Name name = Name.ofWire(wire.toByteArray());
    return name.isRoot() ? "." : name.toString();
  }

  /** Keys: RFC 9460 section 14.3.2. */
  private static String parameter(int key, byte[] value) {
    return switch (key) {
      case 1 -> "alpn=" + String.join(",", protocols(value));
      case 2 -> "no-default-alpn";
      case 3 -> "port=" + u16(ByteBuffer.wrap(value));
      case 4 -> "ipv4hint=" + String.join(",", addresses(value, 4));
      case 6 -> "ipv6hint=" + String.join(",", addresses(value, 16));
      default -> "key" + key + (value.length == 0 ? "" : "=\\# " + HexFormat.of().formatHex(value));
    };
  }

  private static List<String> protocols(byte[] value) {
    var protocols = new ArrayList<String>();
    for (int at = 0; at < value.length; at += 1 + (value[at] & 0xff)) {
      protocols.add(new String(value, at + 1, value[at] & 0xff, StandardCharsets.US_ASCII));
    }
    return protocols;
  }

  private static List<String> addresses(byte[] value, int octets) {
    var addresses = new ArrayList<String>();
    for (int at = 0; at < value.length; at += octets) {
      try {
        byte[] one = Arrays.copyOfRange(value, at, at + octets);
        addresses.add(InetAddress.getByAddress(one).getHostAddress());
      } catch (UnknownHostException e) {
        throw new IllegalStateException("4 or 16 octets are always an address", e);
      }
    }
    return addresses;
  }
}
