package io.fairlead.config;

import io.fairlead.dns.net.ListenSpec;
import io.fairlead.dns.zone.ZoneSpec;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.policy.geo.GeoAttribute;
import io.fairlead.policy.spec.GeoDatabaseSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.SiteSpec;
import io.fairlead.sync.spec.SyncSpec;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration, validated: every reference resolves, every value is possible.
 *
 * @param wire how queries are answered, whatever zones and services say
 * @param sync null = nothing is imported
 * @param calm how members that flap are kept out, and mass failures are met
 * @param geoDatabases each with a priority of its own; each could be loaded when it was checked
 * @param transfers one for each zone that can be had whole
 * @param imported what imported services have in common
 * @param reporting who is told what happens, without having asked
 */
public record FairleadConfig(
    NodeSpec node,
    ListenSpec listen,
    WireSpec wire,
    AdminSpec admin,
    List<ZoneSpec> zones,
    List<SiteSpec> sites,
    List<MonitorSpec> monitors,
    List<ServiceSpec> services,
    @Nullable SyncSpec sync,
    List<GeoDatabaseSpec> geoDatabases,
    CalmSpec calm,
    ImportDefaults imported,
    List<TransferSpec> transfers,
    ReportingSpec reporting) {
  public FairleadConfig {
    zones = List.copyOf(zones);
    sites = List.copyOf(sites);
    monitors = List.copyOf(monitors);
    services = List.copyOf(services);
    geoDatabases = List.copyOf(geoDatabases);
    transfers = List.copyOf(transfers);
  }

  /**
   * Answered by default; nobody knows where clients are; members come back at once; what is
   * imported is as any service.
   */
  public FairleadConfig(
      NodeSpec node,
      ListenSpec listen,
      AdminSpec admin,
      List<ZoneSpec> zones,
      List<SiteSpec> sites,
      List<MonitorSpec> monitors,
      List<ServiceSpec> services,
      @Nullable SyncSpec sync) {
    this(
        node,
        listen,
        WireSpec.DEFAULT,
        admin,
        zones,
        sites,
        monitors,
        services,
        sync,
        List.of(),
        CalmSpec.OFF,
        ImportDefaults.NONE,
        List.of(),
        ReportingSpec.NONE);
  }

  public FairleadConfig withServices(List<ServiceSpec> others) {
    return new FairleadConfig(
        node,
        listen,
        wire,
        admin,
        zones,
        sites,
        monitors,
        others,
        sync,
        geoDatabases,
        calm,
        imported,
        transfers,
        reporting);
  }

  /**
   * What its services ask about places, those of the file and those that may be imported; the rest
   * of the databases need not be kept.
   */
  public Set<GeoAttribute> geoAttributes() {
    return GeoQuestions.of(services, imported, sync);
  }
}
