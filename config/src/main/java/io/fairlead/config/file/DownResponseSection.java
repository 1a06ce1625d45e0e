package io.fairlead.config.file;

import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.spec.DownResponse;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Set;

/** {@code downResponse} of a service. */
final class DownResponseSection {
  private enum Kind {
    ALL_RECORDS,
    NONE,
    NO_DATA,
    SERVFAIL,
    FALLBACK_ADDRESS,
    CNAME
  }

  private static final Key<Kind> TYPE =
      Key.required(
          "type",
          WordValue.of("all-records", Kind.ALL_RECORDS)
              .or("none", Kind.NONE)
              .or("no-data", Kind.NO_DATA)
              .or("servfail", Kind.SERVFAIL)
              .or("fallback-address", Kind.FALLBACK_ADDRESS)
              .or("cname", Kind.CNAME),
          "all members as if they were up, no reply, a reply without records, SERVFAIL, an address"
              + " or a name of last resort");
  private static final Key<Inet4Address> IPV4 =
      Key.otherwise(
          "ipv4", Addresses.IPV4_HOST, "a reply without records", "fallback-address: for A");
  private static final Key<Inet6Address> IPV6 =
      Key.otherwise(
          "ipv6", Addresses.IPV6_HOST, "a reply without records", "fallback-address: for AAAA");
  private static final Key<Name> TARGET =
      Key.otherwise(
          "target", Texts.TARGET_NAME, "none; type cname needs one", "cname: where it points");

  static final KeyTable KEYS = KeyTable.of("a down response", TYPE, IPV4, IPV6, TARGET);

  /** Of imported services: whose names a target would have to be other than is known only later. */
  static final KeyTable IMPORTED_KEYS = KeyTable.of("a down response", TYPE, IPV4, IPV6);

  private DownResponseSection() {}

  /** Reads the down response of imported services. */
  static DownResponse readImported(Section down) {
    if (down.get(TYPE) != Kind.CNAME) {
      return read(down, Set.of());
    }
    down.error(TYPE, "imported services have no name of last resort; allowed: any other type");
    return new DownResponse.NoData();
  }

  /**
   * Reads a down response.
   *
   * @param serviceNames the name and the aliases of its service
   */
  static DownResponse read(Section down, Set<Name> serviceNames) {
    Kind kind = down.get(TYPE);
    Inet4Address ipv4 = down.find(IPV4);
    Inet6Address ipv6 = down.find(IPV6);
    Name target = down.get(TARGET);
    if (down.isSound(TYPE)) {
      refuseOthers(down, kind);
    }
    return switch (kind) {
      case ALL_RECORDS -> new DownResponse.AllRecords();
      case NONE -> new DownResponse.None();
      case NO_DATA -> new DownResponse.NoData();
      case SERVFAIL -> new DownResponse.Servfail();
      case FALLBACK_ADDRESS -> {
        if (ipv4 == null && ipv6 == null) {
          down.error(TYPE, "a fallback address needs ipv4, ipv6 or both");
        }
        yield new DownResponse.FallbackAddress(ipv4, ipv6);
      }
      case CNAME -> {
        checkTarget(down, target, serviceNames);
        yield new DownResponse.Cname(target);
      }
    };
  }

  private static void refuseOthers(Section down, Kind kind) {
    if (kind != Kind.FALLBACK_ADDRESS) {
      down.refuse(IPV4, "type fallback-address");
      down.refuse(IPV6, "type fallback-address");
    }
    if (kind != Kind.CNAME) {
      down.refuse(TARGET, "type cname");
    }
  }

  private static void checkTarget(Section down, Name target, Set<Name> serviceNames) {
    if (!down.has(TARGET)) {
      down.error(TARGET, "type cname needs this key; allowed: " + TARGET.value().allowed());
    } else if (down.isSound(TARGET) && serviceNames.contains(target)) {
      down.error(TARGET, "this is the service's own name, which cannot point to itself");
    }
  }
}
