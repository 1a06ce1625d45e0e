package io.fairlead.server.control;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.ZoneSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * SOA serials that rise with every change of a zone and never go back, whatever a file's time says.
 */
final class Serials {
  private static final long MASK = 0xffff_ffffL;

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
                      ? afterRestart(zone, kept.get(Plan.key(zone.apex())))
                      : after(last, zone);
              return zone.withSerial(serial);
            })
        .toList();
  }

  /** The zones, with the next serial for those whose secondaries see a change all the same. */
  static List<ZoneSpec> raised(List<ZoneSpec> zones, List<ZoneSpec> served, Set<Name> changed) {
    Set<ZoneSpec> unmoved = new HashSet<>(served);
    return zones.stream()
        .map(
            zone ->
                changed.contains(zone.apex()) && unmoved.contains(zone)
                    ? zone.withSerial(next(zone.serial()))
                    : zone)
        .toList();
  }

  private static long afterRestart(ZoneSpec zone, @Nullable Long kept) {
    return kept == null ? zone.serial() : newer(zone.serial(), kept);
  }

  private static long after(ZoneSpec last, ZoneSpec zone) {
    boolean same = last.withSerial(0).equals(zone.withSerial(0));
    return same ? last.serial() : newer(zone.serial(), next(last.serial()));
  }

  private static long next(long serial) {
    return (serial + 1) & MASK;
  }

  /** The newer of two by RFC 1982 section 3.2: serials are numbers of 32 bits that wrap. */
  private static long newer(long a, long b) {
    return (int) (a - b) > 0 ? a : b;
  }
}
