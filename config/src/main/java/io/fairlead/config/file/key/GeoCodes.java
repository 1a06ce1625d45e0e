package io.fairlead.config.file.key;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What places and networks are called. Letter case does not matter in any of these. */
public final class GeoCodes {
  private static final Set<String> CONTINENTS = Set.of("AF", "AN", "AS", "EU", "NA", "OC", "SA");
  private static final Set<String> COUNTRIES = countries();
  private static final Pattern REGION_FORM = Pattern.compile("([A-Z]{2}-)?[A-Z0-9]{1,3}");
  private static final Pattern NAME_FORM = Pattern.compile("\\P{Cc}{1,100}");

  /** RFC 6793: 32 bits; RFC 7607 reserves 0. */
  private static final Pattern ASN_FORM = Pattern.compile("[1-9][0-9]{0,9}");

  private static final long MAX_ASN = 0xffff_ffffL;

  public static final TextValue<String> CONTINENT =
      new TextValue<>(
          "a continent: AF, AN, AS, EU, NA, OC or SA",
          "",
          text -> known(text, CONTINENTS.contains(upper(text)), "is no continent"));

  public static final TextValue<String> COUNTRY =
      new TextValue<>(
              "a country as ISO 3166-1 has it, such as DE",
              "",
              text -> known(text, COUNTRIES.contains(upper(text)), "is no country"))
          .advising("UK", "the United Kingdom is GB");

  public static final TextValue<String> REGION =
      new TextValue<>(
          "a region as ISO 3166-2 has it, such as GB-ENG or ENG",
          "",
          text -> known(text, REGION_FORM.matcher(upper(text)).matches(), "is no region"));

  /** A city, or a word of the operator's own. */
  public static final TextValue<String> NAME =
      new TextValue<>(
          "text of 1 to 100 characters",
          "",
          text -> known(text, NAME_FORM.matcher(text).matches(), "does not fit"));

  public static final TextValue<Long> ASN =
      new TextValue<>("the number of an autonomous system, 1 to 4294967295", 1L, GeoCodes::asn);

  private GeoCodes() {}

  private static String known(String text, boolean known, String otherwise) {
    if (!known) {
      throw new IllegalArgumentException(Quote.of(text) + " " + otherwise);
    }
    return text;
  }

  private static long asn(String text) {
    if (!ASN_FORM.matcher(text).matches() || Long.parseLong(text) > MAX_ASN) {
      throw new IllegalArgumentException(Quote.of(text) + " is no such number");
    }
    return Long.parseLong(text);
  }

  /** ASCII alone: the capital of ß is SS, which is South Sudan. */
  private static String upper(String text) {
    return text.chars().allMatch(c -> c < 0x80) ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static Set<String> countries() {
    var countries = new HashSet<>(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2));
    countries.add("XK"); // Kosovo: in no list of ISO's, and in all databases.
    return Set.copyOf(countries);
  }
}
