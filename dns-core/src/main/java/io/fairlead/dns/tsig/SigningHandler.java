package io.fairlead.dns.tsig;

import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.wire.Header;
import io.fairlead.dns.wire.Octets;
import io.fairlead.dns.wire.Rcode;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * Signs the replies to signed queries, as secondaries send them when they look at the SOA. A query
 * without TSIG goes through at the price of one look; one with TSIG has been answered already when
 * its signature is judged, since nothing that we answer is secret: a bad one gets the error in the
 * answer's place.
 */
public final class SigningHandler implements PacketHandler {
  private static final int RCODE_AT = 3;
  private static final int NO_RCODE = 0xf0;
  private static final int FLAGS_AT = 2;
  private static final int TRUNCATED = 0x02;
  private static final int AUTHORITATIVE = 0x04;
  private static final int COUNTS_AT = 4;

  private final PacketHandler inner;
  private final InstantSource clock;
  private volatile TsigKeys keys = TsigKeys.NONE;

  public SigningHandler(PacketHandler inner, InstantSource clock) {
    this.inner = inner;
    this.clock = clock;
  }

  /** The keys that hold from the next query on. */
  public void use(TsigKeys next) {
    keys = next;
  }

  @Override
  public int respond(MemorySegment query, int queryLength, MemorySegment reply, Exchange exchange) {
    int length = inner.respond(query, queryLength, reply, exchange);
    return exchange.isSigned() && length > 0
        ? signedReply(octets(query, queryLength), octets(reply, length), reply, exchange)
        : length;
  }

  private int signedReply(byte[] query, byte[] plain, MemorySegment reply, Exchange exchange) {
    TsigSession session = TsigSession.judge(query, keys, clock);
    byte[] signed;
    if (session == null) {
      signed = withoutRecords(plain, Rcode.FORMERR);
    } else if (!session.isGood()) {
      signed = session.sign(withoutRecords(plain, Rcode.NOTAUTH));
    } else if (plain.length + session.length() > exchange.longestReply()) {
      byte[] cut = withoutRecords(plain, plain[RCODE_AT] & 0xf);
      cut[FLAGS_AT] |= (byte) (TRUNCATED | (plain[FLAGS_AT] & AUTHORITATIVE));
      signed = session.sign(cut);
    } else {
      signed = session.sign(plain);
    }
    Octets.copy(signed, 0, reply, 0, signed.length);
    return signed.length;
  }

  /** Header and question alone. */
  private static byte[] withoutRecords(byte[] reply, int rcode) {
    int end = Header.LENGTH;
    if (reply[COUNTS_AT + 1] != 0) {
      while (reply[end] != 0) {
        end += 1 + reply[end];
      }
      end += 5;
    }
    byte[] bare = Arrays.copyOf(reply, end);
    Arrays.fill(bare, COUNTS_AT + 2, Header.LENGTH, (byte) 0);
    bare[FLAGS_AT] &= (byte) ~(AUTHORITATIVE | TRUNCATED);
    bare[RCODE_AT] = (byte) ((bare[RCODE_AT] & NO_RCODE) | rcode);
    return bare;
  }

  private static byte[] octets(MemorySegment message, int length) {
    byte[] octets = new byte[length];
    Octets.copy(message, 0, octets, 0, length);
    return octets;
  }
}
