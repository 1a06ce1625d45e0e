package io.fairlead.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "a",
        "a.b.c",
        "*.a",
        "_sip._tcp.a",
        "a\\.b.c",
        "a\\\\b",
        "\\000\\255.a",
        "A.b"
      })
  void printsWhatItReads(String text) {
    Name name = Name.parse(text);
    assertThat(name).hasToString(text);
    assertThat(Name.ofWire(name.wire())).isEqualTo(name).hasToString(text);
  }

  @Test
  void theLastDotMeansNothing() {
    assertThat(Name.parse("a.b.")).isEqualTo(Name.parse("a.b"));
  }

  @ParameterizedTest
  @CsvSource({
    "'',      a name must not be empty",
    "a..b,    has an empty label",
    ".a,      has an empty label",
    "a b,     no printable ASCII",
    "ä,       no printable ASCII",
    "a\\,     a backslash",
    "a\\25,   a backslash",
    "a\\256,  a backslash",
  })
  void saysWhatIsWrongWithText(String text, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Name.parse(text))
        .withMessageContaining(expected);
  }

  /** RFC 1035 section 2.3.4. */
  @Test
  void holdsTheLimits() {
    String label = "x".repeat(63);
    String longest = label + "." + label + "." + label + "." + "y".repeat(61);
    assertThat(Name.parse(longest).length()).isEqualTo(255);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Name.parse(longest + "y"))
        .withMessage("a name of 256 octets, at most 255 are allowed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Name.parse(label + "x"))
        .withMessageEndingWith("has a label of 64 octets, at most 63 are allowed");
  }

  @Test
  void isMadeOfExactlyOneNameInWireForm() {
    for (byte[] wire :
        List.of(new byte[] {}, new byte[] {1, 'a'}, new byte[] {0, 0}, new byte[] {2, 'a', 0})) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Name.ofWire(wire))
          .withMessageStartingWith("not exactly one");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Name.ofWire(new byte[] {(byte) 0xc0, 12}))
        .withMessageStartingWith("a label of 192 octets");
  }

  /** RFC 4343 section 3: ASCII letters only. */
  @Test
  void comparesWithoutCase() {
    assertThat(Name.parse("WWW.Example"))
        .isEqualTo(Name.parse("www.eXAMPLE"))
        .hasSameHashCodeAs(Name.parse("www.example"));
    assertThat(Name.parse("a\\193"))
        .isNotEqualTo(Name.parse("a\\225")); // A and a with an accent, in Latin-1
    assertThat(Name.parse("a[")).isNotEqualTo(Name.parse("a{"));
  }

  @ParameterizedTest
  @CsvSource({
    "a.b.c, b.c,   true",
    "a.b.c, B.C,   true",
    "a.b.c, a.b.c, true",
    "a.b.c, .,     true",
    "a.b.c, a.b,   false",
    "b.c,   a.b.c, false",
    "ab.c,  b.c,   false",
    "'a\\.b.c', b.c, false",
  })
  void knowsItsAncestors(String name, String ancestor, boolean atOrBelow) {
    assertThat(Name.parse(name).isAtOrBelow(Name.parse(ancestor))).isEqualTo(atOrBelow);
  }

  @Test
  void goesUpToTheRoot() {
    assertThat(Name.parse("a.b").parent()).isEqualTo(Name.parse("b"));
    assertThat(Name.parse("b").parent()).isEqualTo(Name.ROOT);
    assertThat(Name.ROOT.parent()).isEqualTo(Name.ROOT);
    assertThat(Name.parse("a.b").labelCount()).isEqualTo(2);
    assertThat(Name.ROOT.labelCount()).isZero();
  }

  /** RFC 4592 section 2.1.1: the label is exactly one asterisk. */
  @Test
  void knowsAWildcard() {
    assertThat(Name.parse("*.a").isWildcard()).isTrue();
    assertThat(Name.parse("*").isWildcard()).isTrue();
    assertThat(Name.parse("a.*").isWildcard()).isFalse();
    assertThat(Name.parse("**.a").isWildcard()).isFalse();
    assertThat(Name.ROOT.isWildcard()).isFalse();
  }

  @Test
  void hasSomeStableOrder() {
    assertThat(
            List.of(Name.parse("b"), Name.parse("aa"), Name.parse("A"), Name.ROOT).stream()
                .sorted()
                .map(Name::toString))
        .containsExactly(".", "A", "b", "aa");
    assertThat(Name.parse("A")).isEqualByComparingTo(Name.parse("a"));
  }
}
