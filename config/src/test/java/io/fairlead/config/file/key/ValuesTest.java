package io.fairlead.config.file.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of value: what is read, what is refused, and that a stand-in follows a refusal. */
class ValuesTest {
  private static final Value<Duration> DURATION =
      Durations.between(Duration.ofMillis(100), Duration.ofHours(1));

  private final Problems problems = new Problems("f");

  private <T> T read(Value<T> value, String text) {
    return value.read(new Node.Scalar(text, 1, 1), KeyPath.ROOT, problems);
  }

  private <T> void assertRefused(Value<T> value, String text) {
    assertThat(read(value, text)).isEqualTo(value.standIn());
    assertThat(problems.errors()).hasSize(1);
    assertThat(problems.errors().getFirst().reason()).endsWith("; allowed: " + value.allowed());
  }

  @ParameterizedTest
  @CsvSource({"100ms, 100", "500ms, 500", "2s, 2000", "5m, 300000", "1h, 3600000"})
  void durations(String text, long millis) {
    assertThat(read(DURATION, text)).isEqualTo(Duration.ofMillis(millis));
    assertThat(DURATION.show(Duration.ofMillis(millis))).isEqualTo(text);
    assertThat(problems.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99ms",
        "61m",
        "2h",
        "1",
        "s",
        "1 s",
        "1S",
        "-1s",
        "+1s",
        "01s",
        "1.5s",
        "1m30s",
        "1d",
        "999999999999h",
        "9999999999999999999s",
        "0x10s",
        "１s"
      })
  void noDurations(String text) {
    assertRefused(DURATION, text);
  }

  @ParameterizedTest
  @CsvSource({"0s, 0", "60000ms, 60", "2147483647s, 2147483647", "1h, 3600"})
  void ttls(String text, long seconds) {
    assertThat(read(Durations.TTL, text)).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(problems.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483648s", "999999999999h", "1500ms", "30", "-1s"})
  void noTtls(String text) {
    assertRefused(Durations.TTL, text);
  }

  @ParameterizedTest
  @CsvSource({"-3, -3", "0, 0", "7, 7"})
  void wholeNumbers(String text, int number) {
    assertThat(read(Numbers.between(-3, 7), text)).isEqualTo(number);
    assertThat(problems.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-4",
        "8",
        "1.0",
        "1e3",
        "01",
        "-0",
        "+1",
        "1_0",
        "0x1",
        "one",
        " 1",
        "9999999999999999999"
      })
  void noWholeNumbers(String text) {
    assertRefused(Numbers.between(-3, 7), text);
  }

  @ParameterizedTest
  @CsvSource({"-90, -90", "59.91, 59.91", "0, 0", "90.0, 90"})
  void decimals(String text, double number) {
    assertThat(read(Numbers.decimal(-90, 90), text)).isEqualTo(number);
    assertThat(problems.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"90.1", "NaN", ".inf", "1e1", ".5", "5.", "1,5", "59°"})
  void noDecimals(String text) {
    assertRefused(Numbers.decimal(-90, 90), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no", "on", "off", "True", "FALSE", "1", "y"})
  void onlyTrueAndFalseAreYesAndNo(String text) {
    assertRefused(Numbers.TRUE_OR_FALSE, text);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "127.0.0.1, 127.0.0.1",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "::1, 0:0:0:0:0:0:0:1"
  })
  void addresses(String text, String address) {
    assertThat(read(Addresses.HOST, text).getHostAddress()).isEqualTo(address);
    assertThat(problems.errors()).isEmpty();
  }

  /** Shorthands of old resolvers, names, interfaces: none of it is looked up or guessed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost", "127.1", "2130706433", "0x7f.0.0.1", "010.0.0.1", "256.0.0.1", "1.2.3",
        "1.2.3.4.5", "192.0.2.1:80", "fe80::1%lo", "::ffff:192.0.2.1", "[::1]", "1::2::3", ":::",
        "0.0.0.0", "::", "224.0.0.1", "ff02::1", "255.255.255.255", "192.0.2.1/24"
      })
  void noAddresses(String text) {
    assertRefused(Addresses.HOST, text);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:5300, 127.0.0.1, 5300",
    "0.0.0.0:53, 0.0.0.0, 53",
    "[::1]:0, 0:0:0:0:0:0:0:1, 0",
    "[::]:65535, 0:0:0:0:0:0:0:0, 65535"
  })
  void placesToListen(String text, String address, int port) {
    var socket = read(Addresses.LISTEN, text);
    assertThat(socket.getAddress().getHostAddress()).isEqualTo(address);
    assertThat(socket.getPort()).isEqualTo(port);
    assertThat(problems.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "53",
        ":53",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:65536",
        "127.0.0.1:053",
        "::1:53",
        "[127.0.0.1]:53",
        "localhost:53",
        "[::1]53",
        "127.0.0.1:-1",
        "*:53"
      })
  void noPlacesToListen(String text) {
    assertRefused(Addresses.LISTEN, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"home-lab", "Ørsta", "東京", "no", "1.10", "a_b", "x"})
  void labels(String text) {
    assertThat(read(Texts.LABEL, text)).isEqualTo(text);
    assertThat(problems.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "-a", "a/b", "a\nb", "a\"", "a=b", "."})
  void noLabels(String text) {
    assertRefused(Texts.LABEL, text);
  }

  @Test
  void aLabelOf64Characters() {
    assertRefused(Texts.LABEL, "x".repeat(64));
  }

  /** What ends a line of a request would begin another one. */
  @ParameterizedTest
  @ValueSource(strings = {"healthz", "/a b", "/a\r\nX: y", "/ø", ""})
  void noPathsOfHttp(String text) {
    assertRefused(Texts.HTTP_PATH, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\r\nX: y", "höst", "http://a"})
  void noHosts(String text) {
    assertRefused(Texts.HOST, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", ".a", "a b", "ø.example.com"})
  void noDomainNames(String text) {
    assertRefused(Texts.DOMAIN_NAME, text);
  }

  @Test
  void labelsOfKubernetes() {
    var mapping =
        new Node.Mapping(
            List.of(
                new Node.Entry("app.kubernetes.io/name", 1, 1, new Node.Scalar("x", 1, 9)),
                new Node.Entry("empty", 2, 1, new Node.Scalar("", 2, 9)),
                new Node.Entry("on", 3, 1, new Node.Scalar("true", 3, 9))),
            1,
            1);
    assertThat(new LabelsValue().read(mapping, KeyPath.ROOT, problems))
        .isEqualTo(Map.of("app.kubernetes.io/name", "x", "empty", "", "on", "true"));
    assertThat(problems.errors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a b, x", "a, x y", "'', x", "a, -x", "UPPER/x, x"})
  void noLabelsOfKubernetes(String name, String value) {
    var entry = new Node.Entry(name, 4, 5, new Node.Scalar(value, 4, 9));
    var _ = new LabelsValue().read(new Node.Mapping(List.of(entry), 4, 5), KeyPath.ROOT, problems);
    assertThat(problems.errors()).hasSize(1);
    assertThat(problems.errors().getFirst().line()).isEqualTo(4);
  }

  @Test
  void anItemThatIsWrongKeepsItsPlaceInTheList() {
    var list =
        new Node.Sequence(
            List.of(
                new Node.Scalar("5", 1, 1), new Node.Scalar("x", 2, 1), new Node.Scalar("6", 3, 1)),
            1,
            1);
    assertThat(ListValue.any(Numbers.between(1, 9)).read(list, KeyPath.ROOT, problems))
        .containsExactly(5, 1, 6);
    assertThat(problems.errors()).singleElement().extracting("key", "line").contains("[1]", 2);
  }

  @Test
  void aLongTextDoesNotHideWhatIsSaidOfIt() {
    assertRefused(Numbers.between(1, 9), "x".repeat(10_000));
    assertThat(problems.errors().getFirst().reason()).hasSizeLessThan(200);
  }

  @ParameterizedTest
  @CsvSource({
    "prioritty, priority",
    "priorty, priority",
    "Weight, weight",
    "wieght, weight",
    "stateDir, ''",
    "x, ''",
    "tpye, type"
  })
  void suggestions(String word, String meant) {
    assertThat(Suggestion.of(word, List.of("name", "priority", "weight", "type", "members")))
        .isEqualTo(meant.isEmpty() ? "" : " (did you mean \"" + meant + "\"?)");
  }

  @Test
  void listsOfNamesAreShort() {
    assertThat(Suggestion.list(List.of())).isEqualTo("none, as none is declared");
    assertThat(Suggestion.list(List.of("a", "b"))).isEqualTo("a, b");
    assertThat(Suggestion.list(java.util.Collections.nCopies(15, "a"))).endsWith("a and 3 more");
  }
}
