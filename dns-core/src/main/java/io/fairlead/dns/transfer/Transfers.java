package io.fairlead.dns.transfer;

import io.fairlead.dns.tsig.TsigKey;
import io.fairlead.dns.tsig.TsigSession;
import io.fairlead.dns.wire.Rcode;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.ZoneContent;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers AXFR and IXFR queries, of all connections. */
public final class Transfers {
  /** That run at one time, over all clients: each holds a message or two, and a thread's time. */
  static final int MAX_RUNNING = 32;

  // RFC 8914 section 4.
  private static final int OTHER = 0;
  private static final int PROHIBITED = 18;

  private final InstantSource clock;
  private final Consumer<String> log;
  private final AtomicInteger running = new AtomicInteger();
  private volatile TransferTable table = TransferTable.NONE;

  /**
   * @param log told of each zone that is handed out
   */
  public Transfers(InstantSource clock, Consumer<String> log) {
    this.clock = clock;
    this.log = log;
  }

  /** Nobody may have anything. */
  public static Transfers none() {
    return new Transfers(() -> Instant.EPOCH, _ -> {}); // no key, so no time is asked for
  }

  /** What is answered by from the next query on; what runs goes on with what it began with. */
  public void use(TransferTable next) {
    table = next;
  }

  /** Begins the answer to a message whose question asks for AXFR or IXFR. */
  public Transfer begin(byte[] message, InetAddress peer) {
    TransferTable now = table;
    int id = ((message[0] & 0xff) << 8) | (message[1] & 0xff);
    TransferQuery query = TransferQuery.read(message);
    if (query == null) {
      return refuse(id, null, Rcode.FORMERR, OTHER, "", null);
    }
    TsigSession session = null;
    if (query.signed()) {
      session = TsigSession.judge(message, now.keys(), clock);
      if (session == null) {
        return refuse(id, query, Rcode.FORMERR, OTHER, "", null);
      }
      if (!session.isGood()) {
        return refuse(id, query, Rcode.NOTAUTH, OTHER, "", session);
      }
    }
    return begin(query, now, peer, session);
  }

  private Transfer begin(
      TransferQuery query, TransferTable now, InetAddress peer, @Nullable TsigSession session) {
    TransferZone zone = query.isInternet() ? now.zones().get(query.name()) : null;
    if (zone == null) {
      // RFC 5936 section 2.2.1: NOTAUTH of what we do not serve.
      return query.isInternet() && !now.served().contains(query.name())
          ? refuse(query.id(), query, Rcode.NOTAUTH, OTHER, "this is the apex of no zone", session)
          : refuse(query.id(), query, Rcode.REFUSED, PROHIBITED, "no transfers are set", session);
    }
    TsigKey key = session == null ? null : session.key();
    if (!zone.rules().permit(peer, key)) {
      String reason = "this address, or the key that signed, may not have the zone";
      return refuse(query.id(), query, Rcode.REFUSED, PROHIBITED, reason, session);
    }
    if (!zone.refusal().isEmpty()) {
      return refuse(query.id(), query, Rcode.REFUSED, OTHER, zone.refusal(), session);
    }
    return hand(query, zone.content(), peer, session);
  }

  private Transfer hand(
      TransferQuery query, ZoneContent content, InetAddress peer, @Nullable TsigSession session) {
    if (query.type() == RrType.IXFR && query.isCurrent(content.serial())) {
      var current = new TransferMessage(query.id(), query, 0);
      current.add(content.soa(), Integer.MAX_VALUE);
      if (query.edns()) {
        current.edns(OTHER, "");
      }
      return Transfer.of(current.end(), session);
    }
    if (running.incrementAndGet() > MAX_RUNNING) {
      running.decrementAndGet();
      String reason = MAX_RUNNING + " transfers run already; try again later";
      return refuse(query.id(), query, Rcode.SERVFAIL, OTHER, reason, session);
    }
    log.accept(
        "zone %s with serial %d goes to %s%s"
            .formatted(
                content.apex(),
                content.serial(),
                peer.getHostAddress(),
                session == null ? "" : ", signed by " + session.key()));
    return Transfer.of(query, content, session, running::decrementAndGet);
  }

  private static Transfer refuse(
      int id,
      @Nullable TransferQuery query,
      int rcode,
      int extendedError,
      String reason,
      @Nullable TsigSession session) {
    var reply = new TransferMessage(id, query, rcode);
    if (query != null && query.edns()) {
      reply.edns(extendedError, reason);
    }
    return Transfer.of(reply.end(), session);
  }
}
