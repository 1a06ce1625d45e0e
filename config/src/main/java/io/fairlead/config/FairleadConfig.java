package io.fairlead.config;

import io.fairlead.dns.net.ListenSpec;
import io.fairlead.dns.zone.ZoneSpec;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.policy.geo.GeoAttribute;
import io.fairlead.policy.spec.GeoDatabaseSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.SiteSpec;
import io.fairlead.sync.spec.SyncSpec;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration, validated: every reference resolves, every value is possible.
 *
 * @param sync null = nothing is imported
 * @param calm how members that flap are kept out
 * @param geoDatabases each with a priority of its own; each could be loaded when it was checked
 * @param transfers one for each zone that can be had whole
 */
public record FairleadConfig(
    NodeSpec node,
    ListenSpec listen,
    InetSocketAddress admin,
    List<ZoneSpec> zones,
    List<SiteSpec> sites,
    List<MonitorSpec> monitors,
    List<ServiceSpec> services,
    @Nullable SyncSpec sync,
    List<GeoDatabaseSpec> geoDatabases,
    List<TransferSpec> transfers,
    CalmSpec calm) {
  public FairleadConfig {
    zones = List.copyOf(zones);
    sites = List.copyOf(sites);
    monitors = List.copyOf(monitors);
    services = List.copyOf(services);
    geoDatabases = List.copyOf(geoDatabases);
    transfers = List.copyOf(transfers);
  }

  /** Nobody knows where clients are; members come back at once. */
  public FairleadConfig(
      NodeSpec node,
      ListenSpec listen,
      InetSocketAddress admin,
      List<ZoneSpec> zones,
      List<SiteSpec> sites,
      List<MonitorSpec> monitors,
      List<ServiceSpec> services,
      @Nullable SyncSpec sync) {
    this(node, listen, admin, zones, sites, monitors, services, sync, List.of(),
        List.of(), CalmSpec.OFF);
  }

  public FairleadConfig withServices(List<ServiceSpec> others) {
    return new FairleadConfig(
        node, listen, admin, zones, sites, monitors, others, sync, geoDatabases,
        transfers, calm);
  }

  /** What its services ask about places; the rest of the databases need not be kept. */
  public Set<GeoAttribute> geoAttributes() {
    return GeoQuestions.of(services);
  }
}
