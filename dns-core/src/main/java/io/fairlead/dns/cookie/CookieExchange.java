package io.fairlead.dns.cookie;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.wire.Cookie;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The cookies of one query and its reply (RFC 7873 section 5.2, RFC 9018 section 4). Mutable and
 * reused; part of one exchange.
 *
 * <pre>
 * | client cookie 8 | version 1 = 1 | reserved 3 | time 4 | hash 8 |   what is sent
 * | client cookie 8 | version 1 = 1 | reserved 3 | time 4 | peer's address 4 or 16 |   what is hashed
 * </pre>
 */
public final class CookieExchange {
  /** Octets of the option's data in a reply. */
  public static final int LENGTH = Cookie.CLIENT_LENGTH + Cookie.SERVER_LENGTH;

  // RFC 9018 section 4.3.
  private static final int ACCEPTED_SECONDS = 60 * 60;
  private static final int FUTURE_SECONDS = 5 * 60;
  private static final int RENEWED_AFTER_SECONDS = 30 * 60;

  private static final int VERSION_AT = Cookie.CLIENT_LENGTH;
  private static final int TIME_AT = VERSION_AT + 4;
  private static final int HASH_AT = VERSION_AT + 8;
  private static final int VERSION = 1;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** As SipHash's octets go out: the least significant in front. */
  private static final VarHandle HASH =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final SipHash sipHash = new SipHash();
  private final byte[] octets = new byte[LENGTH];
  private final byte[] hashed = new byte[HASH_AT + Address.IPV6];
  private boolean answered;
  private boolean verified;

  /** Forgets the last query. */
  public void clear() {
    answered = false;
    verified = false;
  }

  /** Reads what the client has, and makes what it gets. */
  public void answer(MemorySegment query, Cookie asked, Address peer, ServerCookies ours) {
    CookieSecrets secrets = ours.secrets();
    int now = ours.seconds();
    asked.copyClient(query, octets, 0);
    answered = true;
    if (asked.hasServerCookie()) {
      asked.copyServer(query, octets, VERSION_AT);
      int age = now - time();
      verified =
          octets[VERSION_AT] == VERSION
              && age <= ACCEPTED_SECONDS
              && age >= -FUTURE_SECONDS
              && isMadeBy(secrets, peer);
      if (verified && age <= RENEWED_AFTER_SECONDS && hash() == hash(secrets.active(), peer)) {
        return; // as good as a new one
      }
    }
    INT.set(octets, VERSION_AT, VERSION << 24);
    INT.set(octets, TIME_AT, now);
    HASH.set(octets, HASH_AT, hash(secrets.active(), peer));
  }

  private boolean isMadeBy(CookieSecrets secrets, Address peer) {
    return hash() == hash(secrets.active(), peer) || hash() == hash(secrets.other(), peer);
  }

  private int time() {
    return (int) INT.get(octets, TIME_AT);
  }

  private long hash() {
    return (long) HASH.get(octets, HASH_AT);
  }

  /** The hash that a cookie has with what stands before it. */
  private long hash(CookieSecret secret, Address peer) {
    System.arraycopy(octets, 0, hashed, 0, HASH_AT);
    LONG.set(hashed, HASH_AT, peer.high());
    LONG.set(hashed, HASH_AT + Long.BYTES, peer.low());
    return sipHash.hash(secret, hashed, HASH_AT + peer.family());
  }

  /** Whether the reply has a cookie: the query had one, and we deal in them. */
  public boolean isAnswered() {
    return answered;
  }

  /** Whether the peer has been sent a cookie of ours where it says it is. */
  public boolean isVerified() {
    return verified;
  }

  /** The data of the reply's option, {@link #LENGTH} octets; only when {@link #isAnswered}. */
  public byte[] octets() {
    return octets;
  }
}
