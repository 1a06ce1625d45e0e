package io.fairlead.config.file.monitor;

import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.ShortForm;
import io.fairlead.config.file.key.Sizes;
import io.fairlead.config.file.key.TextValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.spec.Octets;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Octets that are sent, and octets that are expected. */
final class Expectations {
  private static final TextValue<String> HEX_OCTETS =
      new TextValue<>("octets in hexadecimal, such as \"01 a0 ff\"", "", Expectations::parseHex);

  private static final TextValue<String> REGULAR_EXPRESSION =
      new TextValue<>("a regular expression", "", Expectations::checkRegex);

  private static final Key<String> TEXT =
      Key.otherwise("text", Texts.ANY, "one of text, regex and hex", "the text itself, in UTF-8");
  private static final Key<String> REGEX =
      Key.otherwise(
          "regex",
          REGULAR_EXPRESSION,
          "one of text, regex and hex",
          "a regular expression that is found somewhere");
  private static final Key<String> HEX =
      Key.otherwise("hex", HEX_OCTETS, "one of text, regex and hex", "the octets themselves");
  private static final Key<Integer> WITHIN =
      Key.optional(
          "within",
          Sizes.between(1, Expected.MAX_WITHIN_OCTETS),
          Expected.DEFAULT_WITHIN_OCTETS,
          "how far it is looked for");

  private static final KeyTable EXPECTED_KEYS =
      KeyTable.of("what is expected", TEXT, REGEX, HEX, WITHIN);
  private static final KeyTable SENT_KEYS = KeyTable.of("what is sent", TEXT, HEX);

  /** What must be found in an answer. */
  static final ShortForm<Expected> EXPECTED =
      new ShortForm<>(
          new TextValue<>(
              "a text",
              Expected.text(""),
              text -> Expected.text(Octets.utf8(text)),
              Expected::text),
          new SectionValue(EXPECTED_KEYS),
          Expectations::expected);

  /** What is sent. */
  static final ShortForm<String> SENT =
      new ShortForm<>(
          new TextValue<>("a text", "", Octets::utf8),
          new SectionValue(SENT_KEYS),
          Expectations::sent);

  private Expectations() {}

  private static Expected expected(Section section) {
    Key<String> form = oneOf(section, List.of(TEXT, REGEX, HEX));
    String said = section.get(form);
    String octets = form == HEX ? said : Octets.utf8(said);
    return new Expected(octets, form == REGEX, section.get(WITHIN));
  }

  private static String sent(Section section) {
    Key<String> form = oneOf(section, List.of(TEXT, HEX));
    String said = section.get(form);
    return form == HEX ? said : Octets.utf8(said);
  }

  private static Key<String> oneOf(Section section, List<Key<String>> forms) {
    List<Key<String>> said = forms.stream().filter(section::has).toList();
    List<String> names = forms.stream().map(Key::name).toList();
    if (said.size() != 1) {
      section.error(
          said.isEmpty() ? forms.getFirst() : said.getLast(),
          "exactly one of %s is needed here".formatted(String.join(", ", names)));
    }
    return said.isEmpty() ? forms.getFirst() : said.getFirst();
  }

  private static String parseHex(String text) {
    String digits = text.replaceAll("[\\s:]", "");
    return new String(HexFormat.of().parseHex(digits), StandardCharsets.ISO_8859_1);
  }

  private static String checkRegex(String text) {
    try {
      Pattern _ = Pattern.compile(text);
      return text;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no regular expression: %s at character %d"
              .formatted(text, e.getDescription(), e.getIndex() + 1),
          e);
    }
  }
}
