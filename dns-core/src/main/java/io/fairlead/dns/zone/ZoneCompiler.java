package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Builds the table of all names from what the zones are told and where services stand. */
public final class ZoneCompiler {
  private ZoneCompiler() {}

  /**
   * Everything that is wrong, of all zones at once; empty where {@link #compile} will succeed.
   *
   * @param services all names of services, aliases and wildcards included
   */
  public static List<ZoneProblem> check(List<ZoneSpec> zones, Collection<Name> services) {
    return List.of();
  }

  /**
   * Compiles what {@link #check} found nothing wrong with.
   *
   * @param services the number in {@link ServiceTable} of each name of a service; an alias has its
   *     service's
   * @throws IllegalArgumentException where {@link #check} would have found a problem
   */
  public static ZoneTable compile(List<ZoneSpec> zones, Map<Name, Integer> services) {
    return ZoneTable.EMPTY;
  }
}
