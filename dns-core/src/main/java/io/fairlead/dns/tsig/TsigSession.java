package io.fairlead.dns.tsig;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrClass;
import io.fairlead.dns.wire.RrType;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One signed request, judged, and the signatures of what is said to it: each message's MAC also
 * covers the one before it (RFC 8945 section 5.3).
 */
public final class TsigSession {
  /** RFC 8945 section 10: "a fudge value of 300 seconds is RECOMMENDED". */
  public static final int FUDGE_SECONDS = 300;

  /** RFC 8945 section 5.2.2.1: a shorter MAC is no MAC. */
  private static final int LEAST_MAC = 10;

  private static final int ID_AT = 0;
  private static final int ADDITIONALS_AT = 10;

  private final TsigRecord request;
  private final @Nullable TsigKey key;
  private final TsigError error;
  private final InstantSource clock;
  private byte[] lastMac;
  private boolean first = true;

  private TsigSession(
      TsigRecord request, @Nullable TsigKey key, TsigError error, InstantSource clock) {
    this.request = request;
    this.key = key;
    this.error = error;
    this.clock = clock;
    this.lastMac = request.mac();
  }

  /**
   * Judges a request that has a TSIG record somewhere.
   *
   * @return null where it is a FORMERR
   */
  public static @Nullable TsigSession judge(byte[] message, TsigKeys keys, InstantSource clock) {
    TsigRecord record = TsigRecord.last(message);
    if (record == null) {
      return null;
    }
    // The order is RFC 8945 section 5.2's: key, MAC, time.
    TsigKey key = keys.find(record.key(), record.algorithm());
    if (key == null) {
      return new TsigSession(record, null, TsigError.BADKEY, clock);
    }
    int whole = key.algorithm().macLength();
    int length = record.mac().length;
    if (length > whole || length < Math.max(LEAST_MAC, whole / 2)) {
      return null;
    }
    byte[] mac = requestMac(message, record, key);
    if (!MessageDigest.isEqual(Arrays.copyOf(mac, length), record.mac())) {
      return new TsigSession(record, null, TsigError.BADSIG, clock);
    }
    long apart = Math.abs(clock.instant().getEpochSecond() - record.timeSigned());
    return new TsigSession(
        record, key, apart > record.fudge() ? TsigError.BADTIME : TsigError.NONE, clock);
  }

  private static byte[] requestMac(byte[] message, TsigRecord record, TsigKey key) {
    Mac mac = mac(key);
    byte[] signed = Arrays.copyOf(message, record.at());
    ByteBuffer header = ByteBuffer.wrap(signed);
    header.putShort(ID_AT, (short) record.originalId());
    header.putShort(ADDITIONALS_AT, (short) (header.getShort(ADDITIONALS_AT) - 1));
    mac.update(signed);
    mac.update(variables(key, record.timeSigned(), record.fudge(), record.error(), record.other()));
    return mac.doFinal();
  }

  /** Signs a request of ours, in place of an answer: {@code message} gets its TSIG record. */
  public static byte[] signRequest(byte[] message, TsigKey key, InstantSource clock) {
    long now = clock.instant().getEpochSecond();
    Mac mac = mac(key);
    mac.update(message);
    mac.update(variables(key, now, FUDGE_SECONDS, 0, new byte[0]));
    int id = ByteBuffer.wrap(message).getShort(ID_AT) & 0xffff;
    return with(
        message,
        record(key.name(), key.algorithm().dnsName(), now, mac.doFinal(), id, 0, new byte[0]));
  }

  /** The key that has signed the request; null where it is not to be believed. */
  public @Nullable TsigKey key() {
    return isGood() ? key : null;
  }

  public boolean isGood() {
    return error == TsigError.NONE;
  }

  /** Octets that {@link #sign} will add. */
  public int length() {
    int mac = key == null ? 0 : key.algorithm().macLength();
    int other = error == TsigError.BADTIME ? 6 : 0;
    return request.key().length() + request.algorithm().length() + 10 + 16 + mac + other;
  }

  /**
   * The next reply with its TSIG record: signed, but where the request's key or MAC was wrong (RFC
   * 8945 section 5.3.2).
   */
  public byte[] sign(byte[] reply) {
    long now = clock.instant().getEpochSecond();
    // RFC 8945 section 5.2.3: their time is repeated, so that they verify it, and ours is told.
    boolean badTime = error == TsigError.BADTIME;
    long timeSigned = badTime ? request.timeSigned() : now;
    byte[] other = badTime ? u48(now) : new byte[0];
    byte[] mac = new byte[0];
    if (key != null) {
      Mac digest = mac(key);
      digest.update((byte) (lastMac.length >>> 8));
      digest.update((byte) lastMac.length);
      digest.update(lastMac);
      digest.update(reply);
      digest.update(
          first
              ? variables(key, timeSigned, FUDGE_SECONDS, error.code(), other)
              : timers(timeSigned));
      mac = digest.doFinal();
      lastMac = mac;
      first = false;
    }
    return with(
        reply,
        record(
            request.key(),
            request.algorithm(),
            timeSigned,
            mac,
            request.originalId(),
            error.code(),
            other));
  }

  private static byte[] with(byte[] message, byte[] record) {
    byte[] signed = Arrays.copyOf(message, message.length + record.length);
    System.arraycopy(record, 0, signed, message.length, record.length);
    ByteBuffer header = ByteBuffer.wrap(signed);
    header.putShort(ADDITIONALS_AT, (short) (header.getShort(ADDITIONALS_AT) + 1));
    return signed;
  }

  private static byte[] record(
      Name key, Name algorithm, long timeSigned, byte[] mac, int id, int error, byte[] other) {
    int length = algorithm.length() + 16 + mac.length + other.length;
    return ByteBuffer.allocate(key.length() + 10 + length)
        .put(key.wire())
        .putShort((short) RrType.TSIG)
        .putShort((short) RrClass.ANY)
        .putInt(0)
        .putShort((short) length)
        .put(algorithm.wire())
        .put(u48(timeSigned))
        .putShort((short) FUDGE_SECONDS)
        .putShort((short) mac.length)
        .put(mac)
        .putShort((short) id)
        .putShort((short) error)
        .putShort((short) other.length)
        .put(other)
        .array();
  }

  /** RFC 8945 section 4.3.3; names in canonical form, which is lower case. */
  private static byte[] variables(
      TsigKey key, long timeSigned, int fudge, int error, byte[] other) {
    byte[] name = lower(key.name());
    byte[] algorithm = lower(key.algorithm().dnsName());
    return ByteBuffer.allocate(name.length + 6 + algorithm.length + 12 + other.length)
        .put(name)
        .putShort((short) RrClass.ANY)
        .putInt(0)
        .put(algorithm)
        .put(u48(timeSigned))
        .putShort((short) fudge)
        .putShort((short) error)
        .putShort((short) other.length)
        .put(other)
        .array();
  }

  /** RFC 8945 section 5.3.1: from the second message of a transfer on. */
  private static byte[] timers(long timeSigned) {
    return ByteBuffer.allocate(8).put(u48(timeSigned)).putShort((short) FUDGE_SECONDS).array();
  }

  private static byte[] u48(long value) {
    return ByteBuffer.allocate(6).putShort((short) (value >>> 32)).putInt((int) value).array();
  }

  private static byte[] lower(Name name) {
    byte[] wire = name.wire();
    for (int i = 0; i < wire.length; i++) {
      wire[i] = Name.lower(wire[i]);
    }
    return wire;
  }

  private static Mac mac(TsigKey key) {
    try {
      Mac mac = Mac.getInstance(key.algorithm().jdkName());
      mac.init(new SecretKeySpec(key.secret(), key.algorithm().jdkName()));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + key.algorithm().jdkName(), e);
    }
  }
}
