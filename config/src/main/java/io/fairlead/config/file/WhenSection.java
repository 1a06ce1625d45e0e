package io.fairlead.config.file;

import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.GeoCodes;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.OneOrMore;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.Value;
import io.fairlead.policy.spec.Network;
import io.fairlead.policy.spec.TopologySpec.When;
import java.util.List;
import java.util.Set;

/** {@code when} of a rule: its conditions, each of which has one of some values. */
final class WhenSection {
  private static final Key<List<String>> CLIENT_GROUP =
      condition("clientGroup", Texts.LABEL, "one of clientGroups that the client is in");
  private static final Key<List<Network>> NETWORK =
      condition("network", Addresses.NETWORK, "a network that the client is in");
  private static final Key<List<String>> CONTINENT =
      condition("continent", GeoCodes.CONTINENT, "where the client is");
  private static final Key<List<String>> COUNTRY =
      condition("country", GeoCodes.COUNTRY, "where the client is");
  private static final Key<List<String>> REGION =
      condition("region", GeoCodes.REGION, "where the client is");
  private static final Key<List<String>> CITY =
      condition("city", GeoCodes.NAME, "where the client is, in English");
  private static final Key<List<Long>> ASN =
      condition("asn", GeoCodes.ASN, "whose network the client is in");
  private static final Key<List<String>> TAG =
      condition("tag", GeoCodes.NAME, "what a CSV file calls the client's network");

  private static final List<Key<?>> ABOUT_PLACES =
      List.of(CONTINENT, COUNTRY, REGION, CITY, ASN, TAG);

  static final KeyTable KEYS =
      KeyTable.of(
          "the conditions of a rule",
          CLIENT_GROUP,
          NETWORK,
          CONTINENT,
          COUNTRY,
          REGION,
          CITY,
          ASN,
          TAG);

  private WhenSection() {}

  private static <T> Key<List<T>> condition(String name, Value<T> value, String meaning) {
    return Key.otherwise(name, new OneOrMore<>(value), "not asked", meaning);
  }

  static When read(Section when, Declarations declared) {
    if (when.has(ASN)) {
      declared.asnConditions().add(when);
    }
    if (!declared.placesOfClients()) {
      ABOUT_PLACES.stream()
          .filter(when::has)
          .forEach(
              key ->
                  when.error(
                      key, "nothing says where clients are, so this is never so; add a database"));
    }
    return new When(
        declared.clientGroups().findAll(when, CLIENT_GROUP),
        when.get(NETWORK),
        Set.copyOf(when.get(CONTINENT)),
        Set.copyOf(when.get(COUNTRY)),
        Set.copyOf(when.get(REGION)),
        Set.copyOf(when.get(CITY)),
        Set.copyOf(when.get(ASN)),
        Set.copyOf(when.get(TAG)));
  }

  static void warnOfUnknownAsns(Section when) {
    when.warning(
        ASN,
        "no database knows autonomous systems, so this is never so; add one of type ASN, or the"
            + " column asn to a CSV file");
  }

  static boolean isEmpty(Section when) {
    return KEYS.keys().values().stream().noneMatch(when::has);
  }
}
