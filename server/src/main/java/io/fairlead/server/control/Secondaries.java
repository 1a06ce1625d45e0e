package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.TransferSpec;
import io.fairlead.config.TransferSpec.Services;
import io.fairlead.dns.transfer.TransferTable;
import io.fairlead.dns.transfer.TransferZone;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.StaticRecord;
import io.fairlead.dns.zone.Zone;
import io.fairlead.dns.zone.ZoneContent;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What secondaries may have of the zones: static records, and of services what was asked for. */
public final class Secondaries {
  private Secondaries() {}

  /** What is published, as secondaries may have it. */
  public static TransferTable of(Published published) {
    FairleadConfig config = published.model().config();
    if (config == null) {
      return TransferTable.NONE;
    }
    Map<Name, TransferSpec> specs =
        config.transfers().stream()
            .collect(Collectors.toMap(TransferSpec::apex, Function.identity()));
    var zones = new ArrayList<TransferZone>();
    var served = new ArrayList<Name>();
    for (Zone zone : published.snapshot().zones().zones()) {
      served.add(zone.apex());
      TransferSpec spec = specs.get(zone.apex());
      if (spec != null) {
        zones.add(zone(zone.content(), spec, published.plan()));
      }
    }
    return TransferTable.of(zones, served);
  }

  private static TransferZone zone(ZoneContent content, TransferSpec spec, Plan plan) {
    List<ServiceSpec> services = services(plan, content.apex());
    if (services.isEmpty() || spec.services() == Services.EXCLUDED) {
      return new TransferZone(content, spec.rules(), "");
    }
    if (spec.services() == Services.REFUSED) {
      return new TransferZone(
          content,
          spec.rules(),
          "the zone holds services (%d), which no secondary can steer; transfers.services says what it gets of them"
              .formatted(services.size()));
    }
    var made = new ArrayList<>(content.made());
    made.addAll(allUp(plan, content.apex()));
    return new TransferZone(
        new ZoneContent(content.apex(), content.serial(), content.soa(), made, content.records()),
        spec.rules(),
        "");
  }

  /** Zones whose secondaries see services, and see others than before. */
  static Set<Name> changed(FairleadConfig config, Plan before, Plan after) {
    var changed = new HashSet<Name>();
    for (TransferSpec spec : config.transfers()) {
      boolean seen = spec.services() == Services.CURRENT;
      if (seen && !allUp(before, spec.apex()).equals(allUp(after, spec.apex()))) {
        changed.add(spec.apex());
      }
    }
    return changed;
  }

  /** What the services of a zone would have in turn if all members were up. */
  private static List<StaticRecord> allUp(Plan plan, Name apex) {
    return services(plan, apex).stream()
        .flatMap(
            service ->
                Stream.concat(Stream.of(service.name()), service.aliases().stream())
                    .filter(name -> plan.isIn(apex, name))
                    .flatMap(name -> records(service, name)))
        .distinct()
        .toList();
  }

  private static List<ServiceSpec> services(Plan plan, Name apex) {
    return plan.services().stream()
        .filter(
            service ->
                Stream.concat(Stream.of(service.name()), service.aliases().stream())
                    .anyMatch(name -> plan.isIn(apex, name)))
        .toList();
  }

  /** Of the pools with the highest priority: the others wait for a failure. */
  private static Stream<StaticRecord> records(ServiceSpec service, Name name) {
    List<PoolSpec> enabled =
        service.pools().stream()
            .filter(pool -> pool.enabled() && pool.priority() != PoolSpec.NEVER)
            .toList();
    int highest = enabled.stream().mapToInt(PoolSpec::priority).max().orElse(PoolSpec.NEVER);
    return enabled.stream()
        .filter(pool -> pool.priority() == highest)
        .flatMap(pool -> pool.members().stream())
        .filter(member -> member.enabled())
        .map(member -> member.publicAddress() != null ? member.publicAddress() : member.address())
        .map(address -> record(name, service.ttlSeconds(), address));
  }

  private static StaticRecord record(Name name, int ttlSeconds, InetAddress address) {
    byte[] octets = address.getAddress();
    return new StaticRecord(name, octets.length == 4 ? RrType.A : RrType.AAAA, ttlSeconds, octets);
  }
}
