package io.fairlead.server.explain;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.QueryHandler;
import io.fairlead.dns.query.Snapshot;
import io.fairlead.dns.query.SnapshotCell;
import io.fairlead.dns.query.Transport;
import io.fairlead.dns.wire.Rcode;
import io.fairlead.dns.wire.RrType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Asks a snapshot as a client would, by the very handler that answers clients, and keeps the
 * reasons.
 */
public final class Explainer {
  private Explainer() {}

  /** One question to one snapshot; spends no turn and counts nothing. */
  public static Explanation explain(Snapshot snapshot, Question question, EdnsSettings edns) {
    var cell = new SnapshotCell();
    cell.publish(snapshot);
    var exchange = Exchange.recording();
    // TCP: the whole answer is to be seen, whatever a datagram could carry.
    exchange.transport(Transport.TCP);
    exchange.client().resolver().set(question.client());
    byte[] reply = respond(new QueryHandler(cell, edns), question.query(), exchange);
    return explanation(snapshot, question, reply, exchange.choice());
  }

  private static byte[] respond(QueryHandler handler, byte[] query, Exchange exchange) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = arena.allocateFrom(ValueLayout.JAVA_BYTE, query);
      MemorySegment out = arena.allocate(Exchange.MAX_MESSAGE);
      int length = handler.respond(in, query.length, out, exchange);
      return out.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static Explanation explanation(
      Snapshot snapshot, Question question, byte[] octets, Choice choice) {
    if (octets.length == 0) {
      return of(
          snapshot, question, "no reply", new ReplyText(0, List.of(), 0, -1, -1), true, choice);
    }
    ReplyText reply = ReplyText.read(octets);
    boolean served = reply.rcode() != Rcode.NXDOMAIN && reply.rcode() != Rcode.REFUSED;
    return of(snapshot, question, Codes.rcode(reply.rcode()), reply, served, choice);
  }

  private static Explanation of(
      Snapshot snapshot,
      Question question,
      String rcode,
      ReplyText reply,
      boolean served,
      Choice choice) {
    return new Explanation(
        question.name().toString(),
        RrType.text(question.type()),
        client(question),
        rcode,
        reply.answer(),
        reply.ttlSeconds(),
        reply.scope(),
        Codes.extendedError(reply.extendedError()),
        snapshot.generation(),
        served,
        choice.reasons());
  }

  private static String client(Question question) {
    String address = question.client().getHostAddress();
    return question.hasSubnet()
        ? address + "/" + question.prefixLength() + ", a subnet that a resolver names (RFC 7871)"
        : address + ", asking by itself";
  }
}
