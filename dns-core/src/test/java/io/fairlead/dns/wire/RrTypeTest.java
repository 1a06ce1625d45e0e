package io.fairlead.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RrTypeTest {
  @ParameterizedTest
  @CsvSource({
    "A, 1",
    "aaaa, 28",
    "Cname, 5",
    "HTTPS, 65",
    "ANY, 255",
    "TYPE0, 0",
    "type65535, 65535",
    "TYPE001, 1"
  })
  void parses(String text, int number) {
    assertThat(RrType.parse(text)).isEqualTo(OptionalInt.of(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "TYPE",
        "TYPE65536",
        "TYPE100000",
        "TYPE1a",
        "TYPE-1",
        "TYPE+1",
        "TYPE\u0661",
        "B"
      })
  void knowsWhatIsNone(String text) {
    assertThat(RrType.parse(text)).isEmpty();
  }

  /** RFC 3597 section 5. */
  @Test
  void printsWhatItParses() {
    for (int type = 0; type <= 0xffff; type++) {
      assertThat(RrType.parse(RrType.text(type))).hasValue(type);
    }
    assertThat(RrType.text(1)).isEqualTo("A");
    assertThat(RrType.text(65280)).isEqualTo("TYPE65280");
  }
}
