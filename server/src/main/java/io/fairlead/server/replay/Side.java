package io.fairlead.server.replay;

import io.fairlead.dns.count.Tally;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.QueryHandler;
import io.fairlead.dns.query.SnapshotCell;
import io.fairlead.dns.query.Transport;
import io.fairlead.server.control.Published;
import io.fairlead.server.explain.Codes;
import io.fairlead.server.explain.Question;
import io.fairlead.server.explain.ReplyText;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** One of the two configurations, asked by the very handler that answers queries. */
final class Side implements AutoCloseable {
  private static final int MAX_QUERY = 512;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment in = arena.allocate(MAX_QUERY);
  private final MemorySegment out = arena.allocate(Exchange.MAX_MESSAGE);
  private final Exchange exchange = Exchange.of(new Tally());
  private final QueryHandler handler;
  private final Map<String, String> sites = new HashMap<>();
  private final Map<ByteBuffer, Destination> read = new HashMap<>();

  /**
   * Where an answer sends a client.
   *
   * @param words an address with its site, or why there is none
   */
  record Destination(String words, boolean answered) {}

  Side(Published published, EdnsSettings edns) {
    var cell = new SnapshotCell();
    cell.publish(published.snapshot());
    handler = new QueryHandler(cell, edns);
    // TCP: the whole answer is to be seen, whatever a datagram could carry.
    exchange.transport(Transport.TCP);
    published
        .plan()
        .allMembers()
        .forEach(member -> sites.putIfAbsent(member.member().target(), member.member().site()));
  }

  /** Asks several times, as turns go on; how often each destination came. */
  Map<Destination, Integer> ask(Question question, int times) {
    byte[] query = question.query();
    MemorySegment.copy(query, 0, in, ValueLayout.JAVA_BYTE, 0, query.length);
    exchange.client().resolver().set(question.client());
    var came = new HashMap<Destination, Integer>();
    for (int i = 0; i < times; i++) {
      int length = handler.respond(in, query.length, out, exchange);
      byte[] reply = out.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
      Destination there = read.computeIfAbsent(ByteBuffer.wrap(reply), this::destination);
      came.merge(there, 1, Integer::sum);
    }
    if (read.size() > MAX_READ) {
      read.clear();
    }
    return came;
  }

  /** A reply repeats its question, so there are some for each; this many need some megabytes. */
  private static final int MAX_READ = 10_000;

  private Destination destination(ByteBuffer octets) {
    if (octets.remaining() == 0) {
      return new Destination("no reply", false);
    }
    byte[] message = new byte[octets.remaining()];
    octets.get(0, message);
    ReplyText reply = ReplyText.read(message);
    if (reply.answer().isEmpty()) {
      return new Destination(reply.rcode() == 0 ? "no records" : Codes.rcode(reply.rcode()), false);
    }
    return new Destination(first(reply), true);
  }

  /** Clients take the first address; where there is none, what the last record says. */
  private String first(ReplyText reply) {
    for (String record : reply.answer()) {
      String[] words = record.split(" ", 5);
      if (words[3].equals("A") || words[3].equals("AAAA")) {
        String site = sites.get(words[4]);
        return site == null ? words[4] : words[4] + " (" + site + ")";
      }
    }
    return reply.answer().getLast().split(" ", 5)[4];
  }

  @Override
  public void close() {
    arena.close();
  }
}
