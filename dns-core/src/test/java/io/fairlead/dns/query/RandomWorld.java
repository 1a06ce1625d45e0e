package io.fairlead.dns.query;

import io.fairlead.dns.query.NaiveServer.Rr;
import io.fairlead.dns.testing.World;
import io.fairlead.dns.testing.Zones;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.StaticRecord;
import io.fairlead.dns.zone.SteeredRecord;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.dns.zone.ZoneCompiler;
import io.fairlead.dns.zone.ZoneProblem;
import io.fairlead.dns.zone.ZoneSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Zones and services made of so few labels that they collide: nested zones, cuts, wildcards,
 * aliases in circles. What the compiler refuses is left out, until it takes the rest.
 */
final class RandomWorld {
  private static final List<String> APEXES = List.of("a", "b.a", "c.b.a", "b", "c.b", "");
  private static final List<String> LABELS = List.of("a", "b", "c", "d");
  private static final List<String> STATIC =
      List.of("A", "A", "TXT", "MX", "PTR", "NS", "CNAME", "CNAME", "CNAME", "DNAME", "DS", "AAAA");
  private static final List<String> ASKED =
      List.of("A", "A", "AAAA", "TXT", "MX", "NS", "CNAME", "DNAME", "DS", "SOA", "ANY", "TYPE999");

  private final SplittableRandom random;
  private final Map<String, Map<StaticRecord, Rr>> zones = new LinkedHashMap<>();
  private final List<String> drawn = new ArrayList<>();
  private final Map<String, List<Rr>> services = new LinkedHashMap<>();

  RandomWorld(long seed) {
    random = new SplittableRandom(seed);
    for (String apex : APEXES) {
      if (random.nextBoolean()) {
        zones.put(apex, drawRecords(apex));
      }
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      String name = owner("");
      services.put(name, drawService(name));
    }
    leaveOutProblems();
  }

  private Map<StaticRecord, Rr> drawRecords(String apex) {
    Map<StaticRecord, Rr> records = new LinkedHashMap<>();
    for (int i = random.nextInt(25); i > 0; i--) {
      String owner = owner(apex);
      // A DNAME at the apex would leave no room for the name server inside.
      String type = owner.equals(apex) ? "TXT" : pick(STATIC);
      var rr = new Rr(owner, type, 100 + type.length(), rdata(type));
      records.put(toStatic(rr), rr);
      if (type.equals("NS") && random.nextBoolean()) {
        var glue = new Rr(rr.rdata(), "A", 101, "192.0.2." + random.nextInt(9));
        records.put(toStatic(glue), glue);
      }
    }
    return records;
  }

  private List<Rr> drawService(String name) {
    if (random.nextInt(4) == 0) {
      return List.of(new Rr(name, "CNAME", 5, target()));
    }
    List<Rr> records = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      records.add(new Rr(name, "A", 5, "192.0.2." + (100 + i)));
    }
    if (random.nextBoolean()) {
      records.add(new Rr(name, "AAAA", 5, "2001:db8:0:0:0:0:0:1"));
    }
    return records;
  }

  private String rdata(String type) {
    return switch (type) {
      case "A" -> "192.0.2." + random.nextInt(9);
      case "AAAA" -> "2001:db8:0:0:0:0:0:" + random.nextInt(9);
      case "TXT" -> Integer.toString(random.nextInt(9));
      case "MX" -> random.nextInt(3) + " " + name() + ".";
      case "DS" -> random.nextInt(9) + " 13 2 " + "00".repeat(32);
      default -> target();
    };
  }

  /** A name at an apex or below it; now and then a wildcard. */
  private String owner(String apex) {
    String below = labels(random.nextInt(4));
    String name = below.isEmpty() || apex.isEmpty() ? below + apex : below + "." + apex;
    String owner = random.nextInt(5) > 0 ? name : name.isEmpty() ? "*" : "*." + name;
    drawn.add(owner);
    return owner;
  }

  /** What an alias leads to: most often something that there is. */
  private String target() {
    return drawn.isEmpty() || random.nextInt(4) == 0 ? name() : pick(drawn);
  }

  /** Any name, most often one that may exist. */
  private String name() {
    String name = labels(random.nextInt(1, 5));
    return random.nextInt(10) > 0 ? name : "*." + name;
  }

  private String labels(int count) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      labels.add(pick(LABELS));
    }
    return String.join(".", labels);
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private void leaveOutProblems() {
    List<ZoneProblem> problems = problems();
    while (!problems.isEmpty()) {
      for (ZoneProblem problem : problems) {
        if (problem.record() != null) {
          zones.values().forEach(records -> records.remove(problem.record()));
        } else if (problem.service() != null) {
          services.remove(text(problem.service()));
        } else {
          zones.remove(text(problem.apex()));
        }
      }
      problems = problems();
    }
  }

  private List<ZoneProblem> problems() {
    return ZoneCompiler.check(specs(), services.keySet().stream().map(RandomWorld::parse).toList());
  }

  private List<ZoneSpec> specs() {
    List<ZoneSpec> specs = new ArrayList<>();
    zones.forEach((apex, records) -> specs.add(spec(apex, List.copyOf(records.keySet()))));
    return specs;
  }

  private static ZoneSpec spec(String apex, List<StaticRecord> records) {
    ZoneSpec empty = Zones.zone(apex.isEmpty() ? "." : apex, "");
    return new ZoneSpec(empty.apex(), empty.authority(), empty.serial(), records);
  }

  int size() {
    return zones.values().stream().mapToInt(Map::size).sum() + services.size();
  }

  World compiled() {
    var world = new World();
    specs().forEach(world::zone);
    services.forEach((name, records) -> world.service(parse(name).toString(), rrsets(records)));
    return world;
  }

  private static List<SteeredRrSet> rrsets(List<Rr> records) {
    Map<Integer, List<SteeredRecord>> byType = new LinkedHashMap<>();
    for (Rr rr : records) {
      StaticRecord told = toStatic(rr);
      byType
          .computeIfAbsent(told.type(), _ -> new ArrayList<>())
          .add(new SteeredRecord(told.type(), told.rdata(), SteeredRecord.NO_ENDPOINT));
    }
    List<SteeredRrSet> rrsets = new ArrayList<>();
    byType.forEach(
        (type, of) ->
            rrsets.add(
                World.rrset(
                    type,
                    5,
                    (_, _, _, choice) -> {
                      for (int i = 0; i < of.size(); i++) {
                        choice.take(i);
                      }
                    },
                    of)));
    return rrsets;
  }

  NaiveServer naive() {
    var naive = new NaiveServer();
    zones.forEach(
        (apex, records) -> {
          List<Rr> all = new ArrayList<>(records.values());
          String dot = apex.isEmpty() ? "" : "." + apex;
          String soa =
              "ns1%s. hostmaster%s. %d 3600 600 1209600 30".formatted(dot, dot, Zones.SERIAL);
          all.add(new Rr(apex, "SOA", 30, soa));
          all.add(new Rr(apex, "NS", 3600, "ns1" + dot));
          all.add(new Rr("ns1" + dot, "A", 3600, "192.0.2.53"));
          naive.zone(apex, all);
        });
    services.forEach(naive::service);
    return naive;
  }

  /** A name and a type to ask for: most often a name that there is, or one below it. */
  List<String> question() {
    String name = target();
    String below = random.nextInt(3) > 0 ? "" : labels(random.nextInt(1, 3));
    String asked = below.isEmpty() || name.isEmpty() ? below + name : below + "." + name;
    return List.of(
        asked.startsWith("*") && random.nextBoolean() ? "b" + asked.substring(1) : asked,
        pick(ASKED));
  }

  private static StaticRecord toStatic(Rr rr) {
    boolean isName = List.of("NS", "CNAME", "DNAME", "PTR").contains(rr.type());
    String owner = rr.owner() + ".";
    String rdata = isName ? rr.rdata() + "." : rr.rdata();
    return Zones.records(".", owner + " " + rr.ttl() + " IN " + rr.type() + " " + rdata).getFirst();
  }

  private static Name parse(String name) {
    return name.isEmpty() ? Name.ROOT : Name.parse(name);
  }

  private static String text(Name name) {
    return name.isRoot() ? "" : name.toString().toLowerCase(Locale.ROOT);
  }
}
