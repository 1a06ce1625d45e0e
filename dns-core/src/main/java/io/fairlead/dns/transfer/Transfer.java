package io.fairlead.dns.transfer;

import io.fairlead.dns.tsig.TsigSession;
import io.fairlead.dns.zone.StaticRecord;
import io.fairlead.dns.zone.ZoneContent;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one answer, made one by one as the asker takes them. Holds a place among the
 * transfers that run until it is closed; used by one thread.
 */
public final class Transfer implements AutoCloseable {
  /**
   * One message of a whole zone: large enough to waste little, small enough for pointers to reach.
   */
  private static final int MESSAGE = 16_000;

  private final @Nullable TsigSession session;
  private final Runnable end;
  private final @Nullable TransferQuery query;
  private final Iterator<StaticRecord> records;
  private byte @Nullable [] reply;
  private @Nullable StaticRecord next;
  private boolean first = true;
  private boolean closed;

  private Transfer(
      @Nullable TransferQuery query,
      byte @Nullable [] reply,
      Iterator<StaticRecord> records,
      @Nullable TsigSession session,
      Runnable end) {
    this.query = query;
    this.reply = reply;
    this.records = records;
    this.session = session;
    this.end = end;
    this.next = records.hasNext() ? records.next() : null;
  }

  /** One message and no more. */
  static Transfer of(byte[] reply, @Nullable TsigSession session) {
    return new Transfer(null, reply, List.<StaticRecord>of().iterator(), session, () -> {});
  }

  /** The whole zone between two of its SOA (RFC 5936 section 2.2). */
  static Transfer of(
      TransferQuery query, ZoneContent content, @Nullable TsigSession session, Runnable end) {
    Stream<StaticRecord> all =
        Stream.of(
                Stream.of(content.soa()),
                content.made().stream(),
                content.records().stream(),
                Stream.of(content.soa()))
            .flatMap(records -> records);
    return new Transfer(query, null, all.iterator(), session, end);
  }

  /** The next message; null behind the last. */
  public byte @Nullable [] next() {
    byte[] message = reply;
    reply = null;
    if (message == null) {
      message = query == null ? null : records(query);
    }
    return message == null || session == null ? message : session.sign(message);
  }

  private byte @Nullable [] records(TransferQuery asked) {
    if (next == null) {
      return null;
    }
    var message = new TransferMessage(asked.id(), asked, 0);
    while (next != null && message.add(next, MESSAGE)) {
      next = records.hasNext() ? records.next() : null;
    }
    if (!message.hasAnswers()) {
      throw new IllegalStateException("checked when it was loaded: a record fits a message");
    }
    if (first && asked.edns()) {
      message.edns(0, ""); // RFC 5936 section 2.2.5: in the first
    }
    first = false;
    return message.end();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      end.run();
    }
  }
}
