package io.fairlead.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.testing.World;
import io.fairlead.dns.testing.Zones;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.NameKey;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.Lookup.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneTableTest {
  private static final int NAMES = 100_000;

  private final NameKey key = new NameKey();
  private final Lookup lookup = new Lookup();

  @ParameterizedTest
  @CsvSource({
    // name, type, kind, node, labels in front of the node, zone
    "a.b.example,    1,  RECORDS,    a.b.example,   0, example",
    "a.b.example,    28, NO_DATA,    a.b.example,   0, example",
    "b.example,      1,  NO_DATA,    b.example,     0, example",
    "x.y.b.example,  1,  NX_DOMAIN,  b.example,     2, example",
    "x.w.example,    16, RECORDS,    *.w.example,   1, example",
    "c.example,      1,  ALIAS,      c.example,     0, example",
    "x.y.d.example,  1,  REFERRAL,   d.example,     2, example",
    "d.example,      1,  REFERRAL,   d.example,     0, example",
    "d.example,      43, NO_DATA,    d.example,     0, example",
    "x.e.example,    1,  SUBSTITUTE, e.example,     1, example",
    "in.example,     2,  RECORDS,    in.example,    0, in.example",
    "in.example,     43, NO_DATA,    in.example,    0, example",
    "s.example,      1,  STEERED,    s.example,     0, example",
    "q.sw.example,   1,  STEERED,    *.sw.example,  1, example",
  })
  void saysWhatANameStandsFor(
      String name, int type, Kind kind, String node, int label, String zone) {
    List<SteeredRrSet> rrsets = List.of(World.addresses(2, (_, _, _, _) -> {}, "192.0.2.1"));
    ServiceTable services =
        ServiceTable.EMPTY.with(Map.of(0, new SteeredService(Name.parse("s.example"), rrsets)));
    String records =
        """
        a.b 300 A     192.0.2.1
        c   300 CNAME a.b
        d   300 NS    ns.test.
        e   300 DNAME f
        *.w 300 TXT   w
        """;
    ZoneTable table =
        ZoneCompiler.compile(
            List.of(Zones.zone("example", records), Zones.zone("in.example", "")),
            Map.of(Name.parse("s.example"), 0, Name.parse("*.sw.example"), 0));
    key.set(Name.parse(name));
    table.find(key, type, services, lookup);

    assertThat(lookup.kind()).isEqualTo(kind);
    assertThat(table.name(lookup.node())).isEqualTo(Name.parse(node));
    assertThat(lookup.label()).isEqualTo(label);
    assertThat(lookup.zone().apex()).isEqualTo(Name.parse(zone));
  }

  @Test
  void anEmptyTableKnowsNothing() {
    for (String name : List.of(".", "a", "a.b.c")) {
      key.set(Name.parse(name));
      ZoneTable.EMPTY.find(key, RrType.A, ServiceTable.EMPTY, lookup);
      assertThat(lookup.kind()).isEqualTo(Kind.NOT_OURS);
    }
    assertThat(ZoneTable.EMPTY.isEmpty()).isTrue();
  }

  /** Linear work: gdnsd needs 83 s for as many names, for it goes over all of them for each. */
  @Test
  void aHundredThousandNamesAreCompiledInSeconds() {
    List<StaticRecord> records = new ArrayList<>();
    Map<Name, Integer> services = new HashMap<>();
    for (int i = 0; i < NAMES; i++) {
      records.add(
          new StaticRecord(
              Name.parse("t" + i + ".r" + i % 100 + ".example"), RrType.A, 300, new byte[4]));
      services.put(Name.parse("s" + i + ".example"), i);
    }
    ZoneSpec empty = Zones.zone("example", "");
    var zone = new ZoneSpec(empty.apex(), empty.authority(), 1, records);

    long before = System.nanoTime();
    ZoneTable table = ZoneCompiler.compile(List.of(zone), services);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));

    ServiceTable none = ServiceTable.EMPTY.with(noRecords());
    for (StaticRecord record : records) {
      key.set(record.owner());
      table.find(key, RrType.A, none, lookup);
      assertThat(lookup.kind()).isEqualTo(Kind.RECORDS);
    }
    for (Name service : services.keySet()) {
      key.set(service);
      table.find(key, RrType.A, none, lookup);
      assertThat(lookup.kind()).isEqualTo(Kind.NO_DATA);
      assertThat(table.name(lookup.node())).isEqualTo(service);
    }
  }

  private static Map<Integer, SteeredService> noRecords() {
    Map<Integer, SteeredService> services = new HashMap<>();
    for (int i = 0; i < NAMES; i++) {
      services.put(i, new SteeredService(Name.ROOT, List.of()));
    }
    return services;
  }
}
