package io.fairlead.config.file.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.policy.spec.Network;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of policies: networks, names of places, and lists that may be one value. */
class PolicyValuesTest {
  private final Problems problems = new Problems("f");

  private static Node scalar(String text) {
    return new Node.Scalar(text, 1, 1);
  }

  private <T> T read(Value<T> value, String text) {
    return value.read(scalar(text), KeyPath.ROOT, problems);
  }

  private <T> void assertRefused(Value<T> value, String text) {
    assertThat(read(value, text)).isEqualTo(value.standIn());
    assertThat(problems.errors()).hasSize(1);
    assertThat(problems.errors().getFirst().reason()).endsWith("; allowed: " + value.allowed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "10.0.0.0/8", "192.0.2.7/32", "0:0:0:0:0:0:0:0/0"})
  void networks(String text) {
    assertThat(read(Addresses.NETWORK, text)).hasToString(text);
    assertThat(problems.errors()).isEmpty();
  }

  @Test
  void aLoneAddressIsANetwork() {
    assertThat(read(Addresses.NETWORK, "2001:db8::1"))
        .isEqualTo(Network.parse("2001:db8:0:0:0:0:0:1/128"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.1/8",
        "10.0.0.0/",
        "10.0.0.0/+8",
        "10.0.0.0/08",
        "10.0.0.0/-1",
        "10.0.0.0/８",
        "10.0.0.0/8/8",
        "10.0.0/8",
        "010.0.0.0/8",
        "10/8",
        "/8",
        "example.com/8",
        "fe80::%lo/64",
        "::ffff:10.0.0.0/104",
        "2001:db8::/129",
        "2001:db8::1/64"
      })
  void noNetworks(String text) {
    assertRefused(Addresses.NETWORK, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DE", "no", "GB", "XK"})
  void countries(String text) {
    assertThat(read(GeoCodes.COUNTRY, text)).isEqualTo(text);
    assertThat(problems.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UK", "EU", "DEU", "D", "Germany", "ß", "49"})
  void noCountries(String text) {
    assertRefused(GeoCodes.COUNTRY, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "64500", "4294967295"})
  void numbersOfAutonomousSystems(String text) {
    assertThat(read(GeoCodes.ASN, text)).isEqualTo(Long.parseLong(text));
    assertThat(problems.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "4294967296", "99999999999", "AS64500", "1.10", "064500"})
  void noNumbersOfAutonomousSystems(String text) {
    assertRefused(GeoCodes.ASN, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GB-ENG", "ENG", "03", "us-va"})
  void regions(String text) {
    assertThat(read(GeoCodes.REGION, text)).isEqualTo(text);
    assertThat(problems.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"England", "GB-", "GBR-ENG", "GB ENG"})
  void noRegions(String text) {
    assertRefused(GeoCodes.REGION, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "*.example.com", "a..example.com"})
  void whatACnameCannotPointTo(String text) {
    assertRefused(Texts.TARGET_NAME, text);
  }

  @Test
  void addressesOfOneFamily() {
    assertThat(read(Addresses.IPV4_HOST, "192.0.2.1").getHostAddress()).isEqualTo("192.0.2.1");
    assertThat(read(Addresses.IPV6_HOST, "2001:db8::1").getHostAddress())
        .isEqualTo("2001:db8:0:0:0:0:0:1");
    assertThat(problems.errors()).isEmpty();
    assertRefused(Addresses.IPV4_HOST, "2001:db8::1");
  }

  @Test
  void oneValueIsAListOfOne() {
    var value = new OneOrMore<>(GeoCodes.ASN);
    assertThat(read(value, "7")).containsExactly(7L);
    assertThat(value.show(List.of(7L, 8L))).isEqualTo("[7, 8]");

    var list = new Node.Sequence(List.of(scalar("8"), scalar("x"), scalar("9")), 1, 1);
    assertThat(value.read(list, KeyPath.ROOT, problems)).containsExactly(8L, 1L, 9L);
    assertThat(problems.errors()).hasSize(1);
    assertThat(problems.errors().getFirst().key()).isEqualTo("[1]");
  }
}
