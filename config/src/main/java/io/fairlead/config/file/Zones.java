package io.fairlead.config.file;

import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Suggestion;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.Spot;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.StaticRecord;
import io.fairlead.dns.zone.ZoneCompiler;
import io.fairlead.dns.zone.ZoneProblem;
import io.fairlead.dns.zone.ZoneSpec;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The zones of a file, and what can only be seen with all of them and all names at hand. */
final class Zones {
  private final LoadContext context;
  private final Problems problems;
  private final List<ZoneSpec> specs = new ArrayList<>();
  private final Map<Name, Spot> apexSpots = new LinkedHashMap<>();
  private final IdentityHashMap<StaticRecord, Spot> recordSpots = new IdentityHashMap<>();
  private boolean allSound;

  Zones(LoadContext context) {
    this.context = context;
    this.problems = context.problems();
  }

  /** Reads the zones; who is not sound is not compared with names later. */
  void read(List<Section> zones, boolean listIsSound) {
    int before = problems.errorCount();
    for (Section zone : zones) {
      ZoneSpec spec = ZoneSection.read(zone, context, recordSpots::put);
      specs.add(spec);
      Spot earlier = apexSpots.putIfAbsent(spec.apex(), zone.spot(ZoneSection.NAME));
      if (earlier != null && zone.isSound(ZoneSection.NAME)) {
        zone.error(
            ZoneSection.NAME,
            spec.apex() + " is a zone already, in line " + earlier.line() + "; one is enough");
      }
    }
    allSound = listIsSound && problems.errorCount() == before;
  }

  List<ZoneSpec> specs() {
    return specs;
  }

  /** Says which names lie in no zone, and what the compiler would stumble over. */
  void check(GlobalNames names) {
    if (!allSound) {
      return;
    }
    List<Name> inZones = new ArrayList<>();
    names
        .spots()
        .forEach(
            (name, spot) -> {
              if (liesInZone(name)) {
                inZones.add(name);
              } else {
                problems.error(spot, name + " lies in no zone; the zones are: " + apexes());
              }
            });
    for (ZoneProblem problem : ZoneCompiler.check(specs, inZones)) {
      problems.error(spotOf(problem, names), problem.text());
    }
  }

  /** RFC 1034 section 3.6.2: where a CNAME is, nothing else is; an apex has SOA and NS. */
  void checkCnames(List<ServiceSpec> services, GlobalNames names) {
    for (ServiceSpec service : services) {
      if (mayBeCname(service)) {
        checkNoApex(service.name(), names);
        service.aliases().forEach(alias -> checkNoApex(alias, names));
      }
    }
  }

  private static boolean mayBeCname(ServiceSpec service) {
    return service.downResponse() instanceof DownResponse.Cname
        || service.pools().stream().anyMatch(pool -> !pool.names().isEmpty());
  }

  private void checkNoApex(Name name, GlobalNames names) {
    Spot spot = names.spots().get(name);
    if (spot != null && apexSpots.containsKey(name)) {
      problems.error(
          spot, name + " is the apex of a zone, which cannot be a CNAME; use addresses there");
    }
  }

  private boolean liesInZone(Name name) {
    Name ancestor = name;
    while (!apexSpots.containsKey(ancestor)) {
      if (ancestor.isRoot()) {
        return false;
      }
      ancestor = ancestor.parent();
    }
    return true;
  }

  private String apexes() {
    return Suggestion.list(apexSpots.keySet().stream().map(Name::toString).toList());
  }

  private Spot spotOf(ZoneProblem problem, GlobalNames names) {
    Spot spot = null;
    if (problem.record() != null) {
      spot = recordSpots.get(problem.record());
    } else if (problem.service() != null) {
      spot = names.spots().get(problem.service());
    }
    return spot != null ? spot : apexSpots.getOrDefault(problem.apex(), Spot.FILE);
  }
}
