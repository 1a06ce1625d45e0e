package io.fairlead.dns.query;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.NameKey;
import io.fairlead.dns.wire.Question;
import io.fairlead.dns.wire.RrClass;
import io.fairlead.dns.wire.RrType;
import java.nio.charset.StandardCharsets;

/**
 * What this server calls itself: the same text for NSID and for the names of class CH that ask who
 * answers (RFC 4892). Its version is told to nobody: {@code version.bind} is refused as any other
 * name of that class.
 */
final class Identity {
  private static final byte[][] NAMES = {
    Name.parse("id.server").wire(), Name.parse("hostname.bind").wire()
  };

  private final byte[] octets;
  private final byte[] text;

  Identity(String nsid) {
    octets = nsid.getBytes(StandardCharsets.UTF_8);
    text = new byte[1 + octets.length];
    text[0] = (byte) octets.length;
    System.arraycopy(octets, 0, text, 1, octets.length);
  }

  /** The data of the NSID option; empty where there is none. */
  byte[] octets() {
    return octets;
  }

  /** The RDATA of a TXT record. */
  byte[] text() {
    return text;
  }

  boolean isAsked(Question question) {
    int type = question.type();
    return octets.length > 0
        && question.rrClass() == RrClass.CH
        && (type == RrType.TXT || type == RrType.ANY)
        && (isName(question.name(), NAMES[0]) || isName(question.name(), NAMES[1]));
  }

  private static boolean isName(NameKey asked, byte[] name) {
    return asked.suffixEquals(0, name, 0, name.length);
  }
}
