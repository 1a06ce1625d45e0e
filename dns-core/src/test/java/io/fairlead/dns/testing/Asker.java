package io.fairlead.dns.testing;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.count.Counters;
import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.query.QueryHandler;
import io.fairlead.dns.query.Snapshot;
import io.fairlead.dns.query.SnapshotCell;
import io.fairlead.dns.query.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Asks a handler without a socket, and reads its replies with dnsjava. Holds of every query: it
 * moves exactly one outcome, which is {@link #outcome()} then.
 */
public final class Asker {
  private final PacketHandler handler;
  private final Counters counters = new Counters();
  private final Exchange exchange = Exchange.of(counters.newTally());
  private final MemorySegment query = Arena.ofAuto().allocate(Exchange.MAX_MESSAGE);
  private final MemorySegment reply = Arena.ofAuto().allocate(Exchange.MAX_MESSAGE);
  private Outcome outcome = Outcome.DROPPED;

  public Asker(PacketHandler handler) {
    this.handler = handler;
    from("198.51.100.7");
  }

  public static Asker of(Snapshot snapshot) {
    var cell = new SnapshotCell();
    cell.publish(snapshot);
    return new Asker(new QueryHandler(cell, EdnsSettings.DEFAULT));
  }

  public Asker over(Transport transport) {
    exchange.transport(transport);
    return this;
  }

  /** The resolver's address. */
  public Asker from(String resolver) {
    exchange.client().resolver().set(InetAddress.ofLiteral(resolver));
    return this;
  }

  public Message ask(String name, String type) {
    return ask(query(name, type));
  }

  /** A query without EDNS and with RD, as dig asks. */
  public static Message query(String name, String type) {
    try {
      return Message.newQuery(
          Record.newRecord(Name.fromString(name, Name.root), Type.value(type), DClass.IN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Message ask(Message message) {
    byte[] answer = send(message.toWire());
    assertThat(answer).as("reply to %s", message.getQuestion()).isNotEmpty();
    return parse(answer);
  }

  public static int id(byte[] message) {
    return (message[0] & 0xff) << 8 | (message[1] & 0xff);
  }

  public static Message parse(byte[] message) {
    try {
      return new Message(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The reply in words, see {@link Transcript}. */
  public String transcript(RawQuery raw) {
    byte[] message = raw.bytes();
    return Transcript.of(message, send(message));
  }

  /** The octets of the reply; none where nothing is sent. */
  public byte[] send(byte[] message) {
    long[] before = counts();
    MemorySegment.copy(message, 0, query, JAVA_BYTE, 0, message.length);
    int length = handler.respond(query, message.length, reply, exchange);
    outcome = moved(before, counts());
    assertThat(length > 0).as("something sent: %s", outcome).isEqualTo(outcome.isSent());
    byte[] answer = new byte[length];
    MemorySegment.copy(reply, JAVA_BYTE, 0, answer, 0, length);
    return answer;
  }

  private long[] counts() {
    long[] counts = new long[Outcome.values().length];
    for (Outcome each : Outcome.values()) {
      counts[each.ordinal()] = counters.count(each);
    }
    return counts;
  }

  private static Outcome moved(long[] before, long[] after) {
    Outcome moved = null;
    for (Outcome each : Outcome.values()) {
      long by = after[each.ordinal()] - before[each.ordinal()];
      if (by != 0) {
        assertThat(by).as("%s", each).isOne();
        assertThat(moved).as("a second outcome beside %s", each).isNull();
        moved = each;
      }
    }
    assertThat(moved).as("an outcome").isNotNull();
    return java.util.Objects.requireNonNull(moved);
  }

  /** What became of the last query. */
  public Outcome outcome() {
    return outcome;
  }

  public long handedOut(int endpoint) {
    return counters.handedOut(endpoint);
  }

  public Exchange exchange() {
    return exchange;
  }

  public Address resolver() {
    return exchange.client().resolver();
  }
}
