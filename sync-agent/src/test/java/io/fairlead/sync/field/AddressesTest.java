package io.fairlead.sync.field;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "127.0.0.2, 127.0.0.2",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "::ffff:192.0.2.1, 192.0.2.1"
  })
  void literals(String text, String address) {
    assertThat(Addresses.parse(text)).isNotNull().extracting("hostAddress").isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "10.1",
        "192.0.2.256",
        "192.0.2.1.",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1",
        "fe80::1%eth0",
        "example.com",
        "192.0.2.1:80",
        "[2001:db8::1]",
        "2001:db8::1::2"
      })
  void nothingElse(String text) {
    assertThat(Addresses.parse(text)).isNull();
  }
}
