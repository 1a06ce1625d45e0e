package io.fairlead.dns.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the vectors that the authors of SipHash publish: key 00 01 … 0f, message 00 01 …. */
class SipHashTest {
  @ParameterizedTest
  @CsvSource({
    "0, 726fdb47dd0e0e31",
    "1, 74f839c593dc67fd",
    "7, ab0200f58b01d137",
    "8, 93f5f5799a932462",
    "15, a129ca6149be45e5",
    "16, 3f2acc7f57c29bdb",
  })
  void is(int length, String expected) {
    byte[] message = new byte[length];
    for (int i = 0; i < length; i++) {
      message[i] = (byte) i;
    }
    var key = CookieSecret.parse("000102030405060708090a0b0c0d0e0f");

    assertThat(new SipHash().hash(key, message, length))
        .isEqualTo(Long.parseUnsignedLong(expected, 16));
  }
}
