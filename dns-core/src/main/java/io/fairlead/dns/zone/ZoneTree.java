package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All zones, and which of them holds a name. Cold. */
final class ZoneTree {
  private final List<ZoneData> zones = new ArrayList<>();
  private final Map<Name, ZoneData> byApex = new HashMap<>();

  ZoneTree(List<ZoneSpec> specs) {
    for (ZoneSpec spec : specs) {
      var zone = new ZoneData(spec, zones.size());
      zones.add(zone);
      byApex.putIfAbsent(spec.apex(), zone);
    }
  }

  List<ZoneData> zones() {
    return zones;
  }

  /** The zone whose apex is the nearest at or above a name; null where there is none. */
  @Nullable ZoneData zoneOf(Name name) {
    for (Name at = name; ; at = at.parent()) {
      ZoneData zone = byApex.get(at);
      if (zone != null || at.isRoot()) {
        return zone;
      }
    }
  }

  /** The zone of ours that is the nearest strictly above a zone; null where there is none. */
  @Nullable ZoneData above(ZoneData zone) {
    return zone.apex().isRoot() ? null : zoneOf(zone.apex().parent());
  }

  /** Whether a zone answers for a name itself: no cut above it, no zone of ours in between. */
  boolean isAuthoritative(ZoneData zone, Name name) {
    return zone.equals(zoneOf(name)) && zone.cutAtOrAbove(name) == null;
  }
}
