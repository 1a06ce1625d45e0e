package io.fairlead.sync.field;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
  @ParameterizedTest
  @CsvSource({
    "WWW.Example.COM, www.example.com",
    "www.example.com., www.example.com",
    "' a.b ', a.b"
  })
  void oneSpelling(String written, String normal) {
    assertThat(HostNames.normal(written)).isEqualTo(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"www.example.com", "a", "x-1.example", "1.example", "xn--bcher-kva.example"})
  void names(String host) {
    assertThat(HostNames.problem(host)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'', empty host",
    "*.example.com, wildcard host *.example.com: a global name is one host",
    "a..b, 'host a..b: \"\" is not a label of a host name'",
    "-a.b, 'host -a.b: \"-a\" is not a label of a host name'",
    "a-.b, 'host a-.b: \"a-\" is not a label of a host name'",
    "a_b.c, 'host a_b.c: \"a_b\" is not a label of a host name'",
    "bücher.example, 'host bücher.example: \"bücher\" is not a label of a host name'",
    "192.0.2.1, host 192.0.2.1 is an address"
  })
  void noNames(String host, String problem) {
    assertThat(HostNames.problem(host)).isEqualTo(problem);
  }

  @Test
  void limitsOfLabelsAndNames() {
    assertThat(HostNames.problem("a".repeat(63) + ".b")).isNull();
    assertThat(HostNames.problem("a".repeat(64) + ".b")).contains("is not a label");
    String longest = ("a".repeat(49) + ".").repeat(5) + "abc";
    assertThat(longest).hasSize(253);
    assertThat(HostNames.problem(longest)).isNull();
    assertThat(HostNames.problem(longest + "d"))
        .isEqualTo("host of 254 characters; a name has at most 253");
  }
}
