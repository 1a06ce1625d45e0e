package io.fairlead.server.explain;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A reply of our own, read back for people.
 *
 * @param rcode all twelve bits (RFC 6891 section 6.1.3)
 * @param scope of the client subnet option (RFC 7871 section 6); -1 where there is none
 * @param extendedError of RFC 8914; -1 where there is none
 */
public record ReplyText(
    int rcode, List<String> answer, long ttlSeconds, int scope, int extendedError) {
  private static final int CLIENT_SUBNET = 8;
  private static final int EXTENDED_ERROR = 15;

  public static ReplyText read(byte[] octets) {
    var reader = new Reader(ByteBuffer.wrap(octets));
    return reader.read();
  }

  private static final class Reader {
    private final ByteBuffer message;
    private final List<String> answer = new ArrayList<>();
    private long ttlSeconds = Long.MAX_VALUE;
    private int scope = -1;
    private int extendedError = -1;
    private int rcode;

    Reader(ByteBuffer message) {
      this.message = message;
    }

    ReplyText read() {
      rcode = message.get(3) & 0xf;
      int questions = message.getShort(4);
      int answers = message.getShort(6);
      int others = message.getShort(8) + message.getShort(10);
      message.position(12);
      for (int i = 0; i < questions; i++) {
        name();
        message.getInt();
      }
      for (int i = 0; i < answers; i++) {
        answer.add(record());
      }
      for (int i = 0; i < others; i++) {
        skipOrOpt();
      }
      return new ReplyText(rcode, answer, answer.isEmpty() ? 0 : ttlSeconds, scope, extendedError);
    }

    private String record() {
      Name owner = name();
      int type = message.getShort() & 0xffff;
      message.getShort();
      long ttl = message.getInt() & 0xffffffffL;
      ttlSeconds = Math.min(ttlSeconds, ttl);
      int length = message.getShort() & 0xffff;
      int end = message.position() + length;
      String rdata = rdata(type, length);
      message.position(end);
      return owner + " " + ttl + " IN " + RrType.text(type) + " " + rdata;
    }

    private String rdata(int type, int length) {
      return switch (type) {
        case RrType.A, RrType.AAAA -> address(length);
        case RrType.CNAME, RrType.NS, RrType.PTR -> name().toString();
        case RrType.MX -> u16() + " " + name();
        case RrType.SOA ->
            name() + " " + name() + " " + Integer.toUnsignedString(message.getInt()) + " …";
        case RrType.TXT -> strings(length);
        case RrType.SRV -> u16() + " " + u16() + " " + u16() + " " + name();
        case RrType.HTTPS, RrType.SVCB -> BindingText.read(octets(length));
        default -> "\\# " + length + " " + HexFormat.of().formatHex(octets(length));
      };
    }

    private int u16() {
      return message.getShort() & 0xffff;
    }

    private String address(int length) {
      try {
        return InetAddress.getByAddress(octets(length)).getHostAddress();
      } catch (UnknownHostException e) {
        throw new IllegalStateException("we wrote an address of " + length + " octets", e);
      }
    }

    private String strings(int length) {
      var text = new StringBuilder();
      int end = message.position() + length;
      while (message.position() < end) {
        byte[] string = octets(message.get() & 0xff);
        text.append(text.isEmpty() ? "" : " ")
            .append('"')
            .append(new String(string, StandardCharsets.ISO_8859_1))
            .append('"');
      }
      return text.toString();
    }

    private byte[] octets(int length) {
      byte[] octets = new byte[length];
      message.get(octets);
      return octets;
    }

    private void skipOrOpt() {
      name();
      int type = message.getShort() & 0xffff;
      message.getShort();
      int ttl = message.getInt();
      int end = (message.getShort() & 0xffff) + message.position();
      if (type == RrType.OPT) {
        rcode |= (ttl >>> 24) << 4;
        options(end);
      }
      message.position(end);
    }

    private void options(int end) {
      while (message.position() < end) {
        int code = message.getShort() & 0xffff;
        int next = (message.getShort() & 0xffff) + message.position();
        if (code == CLIENT_SUBNET) {
          scope = message.get(message.position() + 3) & 0xff;
        } else if (code == EXTENDED_ERROR) {
          extendedError = message.getShort(message.position()) & 0xffff;
        }
        message.position(next);
      }
    }

    private Name name() {
      var wire = new ByteArrayOutputStream();
      int after = -1;
      while (true) {
        int length = message.get() & 0xff;
        if (length >= 0xc0) {
          int target = ((length & 0x3f) << 8) | (message.get() & 0xff);
          after = after < 0 ? message.position() : after;
          message.position(target);
        } else {
          wire.write(length);
          if (length == 0) {
            break;
          }
          wire.writeBytes(octets(length));
        }
      }
      if (after >= 0) {
        message.position(after);
      }
      return Name.ofWire(wire.toByteArray());
    }
  }
}
