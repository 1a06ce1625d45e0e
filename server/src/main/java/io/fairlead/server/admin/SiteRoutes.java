package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.policy.geo.GeoFileException;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.SiteSpec;
import io.fairlead.server.admin.http.Call;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Refusal;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.admin.http.Status;
import io.fairlead.server.control.PlannedMember;
import io.fairlead.server.control.Published;
import io.fairlead.server.where.Atlas;
import io.fairlead.server.where.Destinations;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sites, and where clients go: now, and what if sites were down. */
public final class SiteRoutes implements Routes {
  private final AdminBackend backend;
  private final Atlas atlas = new Atlas();

  public SiteRoutes(AdminBackend backend) {
    this.backend = backend;
  }

  @Override
  public void addTo(Paths paths) {
    paths.get("/api/v1/sites", Set.of(), this::sites);
    paths.get("/api/v1/where", Set.of("service", "type", "down"), this::where);
  }

  /** Counted over the members of all services. */
  private static final class Site {
    private @Nullable Location location;
    private boolean enabled = true;
    private int members;
    private int eligible;
    private int disabled;
    private long lately;
  }

  private Reply sites(Call call) {
    Published now = backend.published();
    var sites = new TreeMap<String, Site>();
    FairleadConfig config = now.model().config();
    if (config != null) {
      config.sites().forEach(spec -> add(sites, spec));
    }
    long sum = 0;
    for (PlannedMember member : (Iterable<PlannedMember>) now.plan().allMembers()::iterator) {
      Site site = sites.computeIfAbsent(member.member().site(), _ -> new Site());
      Availability availability = now.availability(member);
      long lately = backend.shares().lately(member.endpoint());
      site.members++;
      site.eligible += availability.eligible() ? 1 : 0;
      site.disabled += availability.enabled() ? 0 : 1;
      site.lately += lately;
      sum += lately;
    }
    ObjectNode root = Views.object();
    var nodes = root.putArray("sites");
    for (var entry : sites.entrySet()) {
      nodes.add(view(entry.getKey(), entry.getValue(), sum));
    }
    return Reply.ok(root);
  }

  private static void add(Map<String, Site> sites, SiteSpec spec) {
    var site = new Site();
    site.location = spec.location();
    site.enabled = spec.enabled();
    sites.put(spec.name(), site);
  }

  private static ObjectNode view(String name, Site site, long sum) {
    ObjectNode node = Views.object().put("name", name).put("enabled", site.enabled);
    if (site.location != null) {
      node.putObject("location")
          .put("latitude", site.location.latitude())
          .put("longitude", site.location.longitude());
    }
    return node.put("members", site.members)
        .put("eligible", site.eligible)
        .put("disabled", site.disabled)
        .put("shareLately", sum == 0 ? 0.0 : (double) site.lately / sum);
  }

  private Reply where(Call call) {
    String text = call.query("service");
    if (text == null) {
      throw Refusal.badRequest(
          "the parameter \"service\" is missing; allowed are service, type and down");
    }
    Published now = backend.published();
    int service = now.plan().number(Call.parse(Name::parse, text));
    if (service < 0) {
      throw Refusal.notFound("no service of the name " + text);
    }
    int type = Call.parse(SiteRoutes::type, call.query("type", "A"));
    Destinations there = Call.parse(_ -> destinations(now, service, type, call), "down");
    ObjectNode root = Views.object();
    root.set("everyone", shares(there.everyone()));
    ObjectNode countries = root.putObject("countries");
    new TreeMap<>(there.countries())
        .forEach((country, shares) -> countries.set(country, shares(shares)));
    return Reply.ok(root);
  }

  private Destinations destinations(Published now, int service, int type, Call call) {
    try {
      return atlas.of(now, service, type, call.all("down"));
    } catch (GeoFileException e) {
      throw new Refusal(Status.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private static int type(String text) {
    return RrType.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no record type"));
  }

  private static ObjectNode shares(Map<String, Double> shares) {
    ObjectNode node = Views.object();
    new TreeMap<>(shares).forEach(node::put);
    return node;
  }
}
