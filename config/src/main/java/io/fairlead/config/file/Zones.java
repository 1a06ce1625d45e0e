package io.fairlead.config.file;

import io.fairlead.config.TransferSpec;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Suggestion;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.Spot;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.StaticRecord;
import io.fairlead.dns.zone.ZoneCompiler;
import io.fairlead.dns.zone.ZoneProblem;
import io.fairlead.dns.zone.ZoneSpec;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The zones of a file, and what can only be seen with all of them and all names at hand. */
final class Zones {
  private final LoadContext context;
  private final Problems problems;
  private final List<ZoneSpec> specs = new ArrayList<>();
  private final Map<Name, Spot> apexSpots = new LinkedHashMap<>();
  private final List<TransferSpec> transfers = new ArrayList<>();
  private final List<ZoneRecords> records = new ArrayList<>();
  private boolean allSound;

  Zones(LoadContext context) {
    this.context = context;
    this.problems = context.problems();
  }

  /** Reads the zones; who is not sound is not compared with names later. */
  void read(List<Section> zones, boolean listIsSound) {
    int before = problems.errorCount();
    for (Section zone : zones) {
      ZoneSpec spec = ZoneSection.read(zone, context, records::add);
      specs.add(spec);
      TransferSpec transfer = ZoneSection.readTransfers(zone, context);
      if (transfer != null) {
        transfers.add(transfer);
      }
      Spot earlier = apexSpots.putIfAbsent(spec.apex(), zone.spot(ZoneSection.NAME));
      if (earlier != null && zone.isSound(ZoneSection.NAME)) {
        zone.error(
            ZoneSection.NAME,
            spec.apex() + " is a zone already, in line " + earlier.line() + "; one is enough");
      }
    }
    allSound = listIsSound && problems.errorCount() == before;
  }

  List<TransferSpec> transfers() {
    return transfers;
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
      problems.error(spotOf(problem, names), inWords(problem, names));
    }
  }

  /** RFC 1034 section 3.6.2: where a CNAME is, nothing else is; an apex has SOA and NS. */
  void checkCnames(List<ServiceSpec> services, GlobalNames names) {
    Set<Name> mayBeCnames = new HashSet<>();
    for (ServiceSpec service : services) {
      if (mayBeCname(service)) {
        mayBeCnames.add(service.name());
        mayBeCnames.addAll(service.aliases());
      }
    }
    mayBeCnames.forEach(name -> checkNoApex(name, names));
    if (mayBeCnames.isEmpty() || !allSound) {
      return;
    }
    for (ZoneRecords zone : records) {
      for (StaticRecord record : zone.records()) {
        if (mayBeCnames.contains(record.owner()) && !isSteered(record)) {
          problems.error(
              orElse(zone.spotOf(record), Spot.FILE),
              record.owner()
                  + " "
                  + RrType.text(record.type())
                  + ": a service of the same name may answer with a CNAME, which stands alone (RFC"
                  + " 1034 section 3.6.2)"
                  + placeOf(record.owner(), names));
        }
      }
    }
  }

  /** Those are refused beside any service. */
  private static boolean isSteered(StaticRecord record) {
    return record.type() == RrType.A || record.type() == RrType.AAAA;
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

  /** Where a record and a service are at odds, both places are said. */
  private static String inWords(ZoneProblem problem, GlobalNames names) {
    return problem.record() != null && problem.service() != null
        ? problem.text() + placeOf(problem.service(), names)
        : problem.text();
  }

  private static String placeOf(Name service, GlobalNames names) {
    Spot spot = names.spots().get(service);
    return spot == null ? "" : "; the service stands at " + spot.path() + " in line " + spot.line();
  }

  private Spot spotOf(ZoneProblem problem, GlobalNames names) {
    Spot spot = null;
    StaticRecord record = problem.record();
    if (record != null) {
      for (int i = 0; i < records.size() && spot == null; i++) {
        spot = records.get(i).spotOf(record);
      }
    } else if (problem.service() != null) {
      spot = names.spots().get(problem.service());
    }
    return orElse(spot, apexSpots.getOrDefault(problem.apex(), Spot.FILE));
  }

  private static Spot orElse(@Nullable Spot spot, Spot other) {
    return spot != null ? spot : other;
  }
}
