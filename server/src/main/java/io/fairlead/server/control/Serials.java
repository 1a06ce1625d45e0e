package io.fairlead.server.control;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.ZoneSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * SOA serials that rise with every change of a zone and never go back, whatever a file's time says.
 */
final class Serials {
  private Serials() {}

  /**
   * The zones with the serials to serve.
   *
   * @param told as the configuration says them; the serial is its file's time
   * @param served as they are served until now
   * @param kept the last serials of the process before, by the zone's key
   */
  static List<ZoneSpec> rising(List<ZoneSpec> told, List<ZoneSpec> served, Map<String, Long> kept) {
    Map<Name, ZoneSpec> before =
        served.stream().collect(Collectors.toMap(ZoneSpec::apex, Function.identity()));
    return told.stream()
        .map(
            zone -> {
              ZoneSpec last = before.get(zone.apex());
              long serial =
                  last == null
                      ? Math.max(zone.serial(), kept.getOrDefault(Plan.key(zone.apex()), 0L))
                      : after(last, zone);
              return withSerial(zone, serial);
            })
        .toList();
  }

  private static long after(ZoneSpec last, ZoneSpec zone) {
    boolean same = sameContent(last, zone);
    return same ? last.serial() : Math.max(zone.serial(), last.serial() + 1);
  }

  private static boolean sameContent(ZoneSpec a, ZoneSpec b) {
    return withSerial(a, 0).equals(withSerial(b, 0));
  }

  private static ZoneSpec withSerial(ZoneSpec zone, long serial) {
    return new ZoneSpec(
        zone.apex(),
        zone.contact(),
        zone.nameServers(),
        serial,
        zone.negativeTtlSeconds(),
        zone.records());
  }
}
