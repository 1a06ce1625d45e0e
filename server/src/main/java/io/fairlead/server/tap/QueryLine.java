package io.fairlead.server.tap;

import io.fairlead.dns.query.Transport;
import io.fairlead.dns.tap.Tapped;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.server.explain.Codes;
import java.time.Instant;
import java.util.Arrays;

/**
 * One query as text, for people and {@code grep}: when, who, how, what, and what came of it.
 *
 * <pre>
 * 2026-11-25T05:10:00.123456Z 192.0.2.7#5353 udp fruit.example.com IN A NOERROR 61
 * </pre>
 */
final class QueryLine {
  private static final int HEADER = 12;

  private QueryLine() {}

  static String of(Tapped tapped, long micros, Transport transport) {
    Instant time = Instant.ofEpochSecond(0, micros * 1000);
    String peer = tapped.peer().getHostAddress() + "#" + tapped.port();
    String said = tapped.reply().length == 0 ? "-" : rcode(tapped.reply());
    return String.join(
        " ",
        time.toString(),
        peer,
        transport.id(),
        question(tapped.query()),
        said,
        Integer.toString(tapped.reply().length));
  }

  /** Without extended bits, which stand in OPT: BADVERS is NOERROR here. */
  private static String rcode(byte[] reply) {
    return Codes.rcode(reply[3] & 0xf);
  }

  /** Octets of a stranger: what is no question is "- - -", and nothing in it ends the line. */
  private static String question(byte[] query) {
    int end = HEADER;
    while (end < query.length && query[end] != 0) {
      end += 1 + (query[end] & 0xff);
    }
    if (query.length < HEADER || query[5] != 1 || end + 5 > query.length) {
      return "- - -";
    }
    try {
      Name name = Name.ofWire(Arrays.copyOfRange(query, HEADER, end + 1));
      int rrClass = u16(query, end + 3);
      return name + " " + (rrClass == 1 ? "IN" : "CLASS" + rrClass) + " " + type(query, end);
    } catch (IllegalArgumentException e) {
      return "- - -";
    }
  }

  private static String type(byte[] query, int end) {
    return RrType.text(u16(query, end + 1));
  }

  private static int u16(byte[] octets, int at) {
    return (octets[at] & 0xff) << 8 | (octets[at + 1] & 0xff);
  }
}
