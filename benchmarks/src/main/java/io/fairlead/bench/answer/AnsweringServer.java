package io.fairlead.bench.answer;

import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turns;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.dns.query.GuardedHandler;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.query.QueryHandler;
import io.fairlead.dns.query.Snapshot;
import io.fairlead.dns.query.SnapshotCell;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.NameServer;
import io.fairlead.dns.zone.ServiceTable;
import io.fairlead.dns.zone.StaticRecord;
import io.fairlead.dns.zone.SteeredService;
import io.fairlead.dns.zone.ZoneCompiler;
import io.fairlead.dns.zone.ZoneSpec;
import io.fairlead.policy.compile.ServiceCompiler;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The handler that the engines call, over a zone of as many static addresses, weighted services of
 * two members (8 to 2) and aliases of them, compiled by the real compilers.
 */
final class AnsweringServer {
  static final String STATIC = "static";
  static final String SERVICE = "service";
  static final String ALIAS = "alias";
  static final String MISSING = "missing";

  private static final Name APEX = Name.parse("gslb.example.com");

  private AnsweringServer() {}

  static PacketHandler start(int names) {
    List<StaticRecord> records = new ArrayList<>();
    Map<Name, Integer> numbers = new HashMap<>();
    Map<Integer, SteeredService> services = new HashMap<>();
    var compiler = new ServiceCompiler((_, address) -> address.hashCode() & 1, new Turns());
    for (int i = 0; i < names; i++) {
      Name service = Queries.name(SERVICE, i);
      numbers.put(service, i);
      services.put(i, compiler.compile(weighted(service), Liveness.NONE, false));
      records.add(
          new StaticRecord(Queries.name(STATIC, i), RrType.A, 300, new byte[] {127, 0, 0, 1}));
      records.add(new StaticRecord(Queries.name(ALIAS, i), RrType.CNAME, 300, service.wire()));
    }
    var cell = new SnapshotCell();
    cell.publish(
        new Snapshot(
            1,
            true,
            ZoneCompiler.compile(List.of(zone(records)), numbers),
            ServiceTable.EMPTY.with(services),
            Liveness.NONE));
    return new GuardedHandler(new QueryHandler(cell, EdnsSettings.DEFAULT), _ -> {});
  }

  private static ZoneSpec zone(List<StaticRecord> records) {
    var address = InetAddress.ofLiteral("192.0.2.53");
    var ns1 = new NameServer(Name.parse("ns1.gslb.example.com"), List.of(address));
    return new ZoneSpec(APEX, Name.parse("hostmaster.example.com"), List.of(ns1), 1, 30, records);
  }

  private static ServiceSpec weighted(Name name) {
    List<MemberSpec> members = List.of(member("192.0.2.1", 8), member("192.0.2.2", 2));
    var pool =
        new PoolSpec("main", PoolSpec.DEFAULT_PRIORITY, new Algorithm.RoundRobin(), true, members);
    return new ServiceSpec(
        name, List.of(), 30, 1, List.of(), new DownResponse.AllRecords(), List.of(pool));
  }

  private static MemberSpec member(String address, int weight) {
    return new MemberSpec(
        "site", InetAddress.ofLiteral(address), weight, true, null, 0, "benchmark");
  }
}
