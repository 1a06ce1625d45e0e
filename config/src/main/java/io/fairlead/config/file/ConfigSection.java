package io.fairlead.config.file;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.WireSpec;
import io.fairlead.config.file.key.Catalog;
import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.Value;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.config.file.monitor.MonitorSection;
import io.fairlead.dns.net.TcpLimits;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.SiteSpec;
import java.util.ArrayList;
import java.util.List;

/** The top of the file. */
final class ConfigSection {
  private static final Value<Integer> VERSION_1 = WordValue.of("1", 1);

  private static final Key<Integer> VERSION =
      Key.required("version", VERSION_1, "the version of this file's language");
  private static final Key<Section> NODE = Key.section("node", NodeSection.KEYS, "this process");
  private static final Key<Section> LISTEN =
      Key.section("listen", ListenSection.KEYS, "where queries come in");
  private static final Key<Section> TCP =
      Key.section("tcp", TcpSection.KEYS, "what clients may hold open over TCP");
  private static final Key<Section> EDNS =
      Key.section("edns", EdnsSection.KEYS, "what is said by EDNS: payload size, NSID and cookies");
  private static final Key<Section> RATE_LIMIT =
      Key.otherwise(
          "rateLimit",
          new SectionValue(RateLimitSection.KEYS),
          "its defaults, with loopback allowed",
          "response rate limiting");
  private static final Key<Section> QUERY_LOG =
      Key.otherwise(
          "queryLog", new SectionValue(TapSections.QUERY_LOG), "none", "a line for each query");
  private static final Key<Section> DNSTAP =
      Key.otherwise(
          "dnstap", new SectionValue(TapSections.DNSTAP), "none", "queries and replies as frames");
  private static final Key<Section> ADMIN =
      Key.section("admin", AdminSection.KEYS, "the admin API");
  private static final Key<Section> GEO = Key.section("geo", GeoSection.KEYS, "where clients are");
  private static final Key<List<Section>> ZONES =
      Key.required("zones", sections(ZoneSection.KEYS, 1), "the zones that are served");
  private static final Key<List<Section>> SITES =
      Key.optional("sites", sections(SiteSection.KEYS, 0), List.of(), "places where VIPs are");
  private static final Key<List<Section>> CLIENT_GROUPS =
      Key.optional(
          "clientGroups",
          sections(ClientGroupSection.KEYS, 0),
          List.of(),
          "named sets of networks");
  private static final Key<List<Section>> TOPOLOGIES =
      Key.optional(
          "topologies",
          sections(TopologySection.KEYS, 0),
          List.of(),
          "ordered rules that say which sites a client prefers");
  private static final Key<List<Section>> MONITORS =
      Key.optional("monitors", sections(MonitorSection.KEYS, 0), List.of(), "what is checked");
  private static final Key<List<Section>> SERVICES =
      Key.optional(
          "services", sections(ServiceSection.KEYS, 0), List.of(), "global names and their pools");
  private static final Key<Section> CALM =
      Key.section("calm", CalmSection.KEYS, "how members that flap are kept out");
  private static final Key<Section> GUARD =
      Key.section("guard", GuardSection.KEYS, "what is done when very many members fail at once");
  private static final Key<Section> EVENTS =
      Key.section("events", ReportingSections.EVENTS, "who is told of what happens");
  private static final Key<Section> TELEMETRY =
      Key.section("telemetry", ReportingSections.TELEMETRY, "who is sent metrics");
  private static final Key<Section> SYNC =
      Key.otherwise(
          "sync", new SectionValue(SyncSection.KEYS), "nothing is imported", "members of clusters");

  static final KeyTable KEYS =
      KeyTable.of(
              "a configuration",
              VERSION,
              NODE,
              LISTEN,
              TCP,
              EDNS,
              RATE_LIMIT,
              QUERY_LOG,
              DNSTAP,
              ADMIN,
              GEO,
              ZONES,
              SITES,
              CLIENT_GROUPS,
              TOPOLOGIES,
              MONITORS,
              SERVICES,
              CALM,
              GUARD,
              EVENTS,
              TELEMETRY,
              SYNC)
          .later("store", "a store that several nodes share");

  private ConfigSection() {}

  static Value<List<Section>> sections(KeyTable keys, int minimum) {
    return new ListValue<>(new SectionValue(keys), minimum);
  }

  /** Declarations come before what refers to them, wherever they stand in the file. */
  static FairleadConfig read(Section root, LoadContext context) {
    root.get(VERSION);
    var geo = new GeoSection(root.get(GEO), context);
    var declared =
        new Declarations(
            new Declared("site"),
            new Declared("monitor"),
            new Catalog<>("client group"),
            new Catalog<>("topology"),
            geo.placesClients() || !root.isSound(GEO),
            geo.clientSubnet(),
            new ArrayList<>());
    List<MonitorSpec> monitorSpecs =
        root.get(MONITORS).stream()
            .map(monitor -> MonitorSection.read(monitor, declared.monitors(), context::resolve))
            .toList();
    List<SiteSpec> siteSpecs =
        root.get(SITES).stream().map(site -> SiteSection.read(site, declared)).toList();
    root.get(CLIENT_GROUPS)
        .forEach(group -> ClientGroupSection.read(group, declared.clientGroups()));
    root.get(TOPOLOGIES).forEach(topology -> TopologySection.read(topology, declared));
    var names = new GlobalNames(context.problems());
    var zones = new Zones(context);
    zones.read(root.get(ZONES), root.isSound(ZONES));
    List<ServiceSpec> serviceSpecs =
        root.get(SERVICES).stream()
            .map(service -> ServiceSection.read(service, declared, names))
            .toList();
    Section sync = root.find(SYNC);
    var imports = SyncSection.read(sync, declared, monitorSpecs, context);
    zones.check(names);
    zones.checkCnames(serviceSpecs, names);
    TcpLimits tcp = TcpSection.read(root.get(TCP));
    var config =
        new FairleadConfig(
            NodeSection.read(root.get(NODE)),
            ListenSection.read(root.get(LISTEN), tcp),
            wire(root, tcp, context),
            AdminSection.read(root.get(ADMIN), context),
            zones.specs(),
            siteSpecs,
            monitorSpecs,
            serviceSpecs,
            imports.spec(),
            geo.specs(),
            CalmSection.read(root.get(CALM), GuardSection.read(root.get(GUARD))),
            imports.defaults(),
            zones.transfers(),
            ReportingSections.read(root.get(EVENTS), root.get(TELEMETRY), context));
    if (!geo.check(config.geoAttributes()) && geo.placesClients()) {
      declared.asnConditions().forEach(WhenSection::warnOfUnknownAsns);
    }
    return config;
  }

  private static WireSpec wire(Section root, TcpLimits tcp, LoadContext context) {
    var edns = new EdnsSection(root.get(EDNS));
    return new WireSpec(
        edns.settings(tcp.idleTimeout()),
        edns.cookiesEnabled(),
        edns.secretFile(context),
        RateLimitSection.read(root.find(RATE_LIMIT)),
        TapSections.read(root.find(QUERY_LOG), root.find(DNSTAP)));
  }
}
