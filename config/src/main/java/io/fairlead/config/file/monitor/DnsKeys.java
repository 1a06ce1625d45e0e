package io.fairlead.config.file.monitor;

import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.dns.wire.Name;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.MonitorSpec;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/** What monitors of type dns have. */
final class DnsKeys {
  private static final Key<Name> NAME =
      Key.required("name", Texts.DOMAIN_NAME, "the name that is asked for");
  private static final Key<String> TYPE =
      Key.optional(
          "type", types("A", "AAAA", "SOA", "NS", "TXT", "MX", "SRV", "PTR"), "A", "its type");
  static final KeyTable QUERY_KEYS = KeyTable.of("query", NAME, TYPE);
  static final Key<Section> QUERY =
      Key.otherwise("query", new SectionValue(QUERY_KEYS), "dns: needed", "dns: what is asked");

  /** RFC 1035 section 4.1.1. */
  static final Key<Integer> RCODE =
      Key.optional(
          "rcode",
          WordValue.of("NOERROR", 0)
              .or("SERVFAIL", 2)
              .or("NXDOMAIN", 3)
              .or("REFUSED", 5)
              .or("any", Check.Dns.ANY_RCODE),
          0,
          "dns: the response code of a live member");

  static final Key<List<InetAddress>> ADDRESSES =
      Key.optional(
          "addresses",
          ListValue.any(Addresses.HOST),
          List.of(),
          "dns: of these the answer must hold at least one");

  private DnsKeys() {}

  static MonitorSpec.Type read(Section monitor, Section expect) {
    Section query = monitor.get(QUERY);
    if (!monitor.has(QUERY)) {
      monitor.error(
          QUERY, "a monitor of type dns needs a query; allowed: " + QUERY.value().allowed());
    }
    return new MonitorSpec.Type.Same(
        new Check.Dns(
            query.get(NAME).toString(),
            query.get(TYPE),
            expect.get(RCODE),
            Set.copyOf(expect.get(ADDRESSES))));
  }

  private static WordValue<String> types(String first, String... others) {
    WordValue<String> words = WordValue.of(first, first);
    for (String other : others) {
      words = words.or(other, other);
    }
    return words;
  }
}
