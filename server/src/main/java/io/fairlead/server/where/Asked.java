package io.fairlead.server.where;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.QueryHandler;
import io.fairlead.dns.query.Snapshot;
import io.fairlead.dns.query.SnapshotCell;
import io.fairlead.server.control.PlannedMember;
import io.fairlead.server.explain.Question;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks a snapshot for many clients, by the handler that answers them, and counts who gets what. */
final class Asked {
  private final Counters counters = new Counters();
  private final Exchange exchange = Exchange.of(counters.newTally());
  private final QueryHandler handler;
  private final byte[] query;
  private final List<PlannedMember> members;

  /**
   * @param members those of the service that is asked for
   */
  Asked(Snapshot snapshot, Question question, List<PlannedMember> members) {
    var cell = new SnapshotCell();
    cell.publish(snapshot);
    this.handler = new QueryHandler(cell, EdnsSettings.DEFAULT);
    this.query = question.query();
    this.members = members;
  }

  /**
   * The share of each site in what these clients get; empty where they get none of its members.
   *
   * @param times how often each of them asks, so that turns and weights are seen
   */
  Map<String, Double> shares(List<InetAddress> clients, int times) {
    long[] before = handedOut();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = arena.allocateFrom(ValueLayout.JAVA_BYTE, query);
      MemorySegment out = arena.allocate(Exchange.MAX_MESSAGE);
      for (InetAddress client : clients) {
        for (int i = 0; i < times; i++) {
          exchange.client().resolver().set(client);
          handler.respond(in, query.length, out, exchange);
        }
      }
    }
    return shares(before, handedOut());
  }

  private long[] handedOut() {
    return members.stream().mapToLong(member -> counters.handedOut(member.endpoint())).toArray();
  }

  private Map<String, Double> shares(long[] before, long[] after) {
    var counts = new TreeMap<String, Long>();
    long sum = 0;
    for (int i = 0; i < members.size(); i++) {
      long count = after[i] - before[i];
      if (count > 0) {
        counts.merge(members.get(i).member().site(), count, Long::sum);
        sum += count;
      }
    }
    var shares = new TreeMap<String, Double>();
    for (var count : counts.entrySet()) {
      shares.put(count.getKey(), (double) count.getValue() / sum);
    }
    return shares;
  }
}
