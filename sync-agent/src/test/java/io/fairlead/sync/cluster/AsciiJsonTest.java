package io.fairlead.sync.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AsciiJsonTest {
  private static final String JSON = "{\"note\":\"až 日本 🐎 é\"}";
  private static final String ESCAPED =
      "{\"note\":\"a\\u017e \\u65e5\\u672c \\ud83d\\udc0e \\u00e9\"}";

  @Test
  void everyCutGivesTheSame() {
    byte[] octets = JSON.getBytes(UTF_8);
    for (int first = 0; first <= octets.length; first++) {
      for (int second = first; second <= octets.length; second++) {
        var ascii = new AsciiJson();
        String whole =
            text(ascii, octets, 0, first)
                + text(ascii, octets, first, second)
                + text(ascii, octets, second, octets.length);
        assertThat(whole).as("cut at %d and %d", first, second).isEqualTo(ESCAPED);
      }
    }
  }

  @Test
  void octetsThatAreNoUtf8AreNoReasonToStop() {
    byte[] odd = {'"', (byte) 0xff, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, '"'};
    var ascii = new AsciiJson();
    assertThat(ascii.escape(ByteBuffer.wrap(odd)).remaining()).isPositive();
    assertThat(text(ascii, JSON.getBytes(UTF_8), 0, JSON.getBytes(UTF_8).length))
        .isEqualTo(ESCAPED);
  }

  private static String text(AsciiJson ascii, byte[] octets, int from, int to) {
    ByteBuffer out = ascii.escape(ByteBuffer.wrap(octets, from, to - from));
    return US_ASCII.decode(out).toString();
  }
}
