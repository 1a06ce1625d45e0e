package io.fairlead.config.file;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.Value;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.SiteSpec;
import io.fairlead.sync.spec.SyncSpec;
import java.util.List;

/** The top of the file. */
final class ConfigSection {
  private static final Value<Integer> VERSION_1 = WordValue.of("1", 1);

  private static final Key<Integer> VERSION =
      Key.required("version", VERSION_1, "the version of this file's language");
  private static final Key<Section> NODE = Key.section("node", NodeSection.KEYS, "this process");
  private static final Key<Section> LISTEN =
      Key.section("listen", ListenSection.KEYS, "where queries come in");
  private static final Key<Section> ADMIN =
      Key.section("admin", AdminSection.KEYS, "the admin API");
  private static final Key<List<Section>> ZONES =
      Key.required("zones", sections(ZoneSection.KEYS, 1), "the zones that are served");
  private static final Key<List<Section>> SITES =
      Key.optional("sites", sections(SiteSection.KEYS, 0), List.of(), "places where VIPs are");
  private static final Key<List<Section>> MONITORS =
      Key.optional("monitors", sections(MonitorSection.KEYS, 0), List.of(), "what is checked");
  private static final Key<List<Section>> SERVICES =
      Key.optional(
          "services", sections(ServiceSection.KEYS, 0), List.of(), "global names and their pools");
  private static final Key<Section> SYNC =
      Key.otherwise(
          "sync", new SectionValue(SyncSection.KEYS), "nothing is imported", "members of clusters");

  static final KeyTable KEYS =
      KeyTable.of(
              "a configuration",
              VERSION,
              NODE,
              LISTEN,
              ADMIN,
              ZONES,
              SITES,
              MONITORS,
              SERVICES,
              SYNC)
          .later("geo", "databases that say where an address is")
          .later("clientGroups", "named sets of networks")
          .later("topologies", "ordered rules that say which sites a client prefers")
          .later("tcp", "limits of TCP connections")
          .later("edns", "payload size, NSID and cookies")
          .later("rateLimit", "response rate limiting")
          .later("queryLog", "a line for each query")
          .later("dnstap", "queries and replies as dnstap frames")
          .later("calm", "hold-down of members that flap")
          .later("guard", "the mass-down guard")
          .later("events", "webhooks that are told of changes")
          .later("telemetry", "metrics by OTLP")
          .later("store", "a store that several nodes share");

  private ConfigSection() {}

  static Value<List<Section>> sections(KeyTable keys, int minimum) {
    return new ListValue<>(new SectionValue(keys), minimum);
  }

  /** Declarations come before what refers to them, wherever they stand in the file. */
  static FairleadConfig read(Section root, LoadContext context) {
    root.get(VERSION);
    var sites = new Declared("site");
    var monitors = new Declared("monitor");
    List<SiteSpec> siteSpecs =
        root.get(SITES).stream().map(site -> SiteSection.read(site, sites)).toList();
    List<MonitorSpec> monitorSpecs =
        root.get(MONITORS).stream().map(monitor -> MonitorSection.read(monitor, monitors)).toList();
    var names = new GlobalNames(context.problems());
    var zones = new Zones(context);
    zones.read(root.get(ZONES), root.isSound(ZONES));
    List<ServiceSpec> serviceSpecs =
        root.get(SERVICES).stream()
            .map(service -> ServiceSection.read(service, sites, monitors, names))
            .toList();
    Section sync = root.find(SYNC);
    SyncSpec syncSpec = sync == null ? null : SyncSection.read(sync, sites, context);
    zones.check(names);
    return new FairleadConfig(
        NodeSection.read(root.get(NODE)),
        ListenSection.read(root.get(LISTEN)),
        AdminSection.read(root.get(ADMIN)),
        zones.specs(),
        siteSpecs,
        monitorSpecs,
        serviceSpecs,
        syncSpec);
  }
}
