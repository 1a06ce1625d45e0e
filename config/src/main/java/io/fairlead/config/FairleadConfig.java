package io.fairlead.config;

import io.fairlead.dns.net.ListenSpec;
import io.fairlead.dns.zone.ZoneSpec;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.SiteSpec;
import io.fairlead.sync.spec.SyncSpec;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration, validated: every reference resolves, every value is possible.
 *
 * @param sync null = nothing is imported
 */
public record FairleadConfig(
    NodeSpec node,
    ListenSpec listen,
    InetSocketAddress admin,
    List<ZoneSpec> zones,
    List<SiteSpec> sites,
    List<MonitorSpec> monitors,
    List<ServiceSpec> services,
    @Nullable SyncSpec sync) {
  public FairleadConfig {
    zones = List.copyOf(zones);
    sites = List.copyOf(sites);
    monitors = List.copyOf(monitors);
    services = List.copyOf(services);
  }
}
