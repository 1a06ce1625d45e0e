package io.fairlead.dns.zone;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.Octets;
import io.fairlead.dns.wire.RrClass;
import io.fairlead.dns.wire.RrType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A record that a chooser may take, ready to be copied into an answer. Immutable. */
public final class SteeredRecord {
  public static final int NO_ENDPOINT = -1;

  /** What stands before RDATA: a pointer to the owner 2, type 2, class 2, TTL 4, RDLEN 2. */
  public static final int RDATA_AT = 12;

  private static final int TTL_AT = 6;
  private static final int MAX_RDATA = 0xffff;

  private final int type;
  private final int endpoint;
  private final byte[] octets;
  private final @Nullable Name target;

  /** Whether RDATA is an IPv4 address: the whole record is then made of what stands right here. */
  private final boolean ipv4;

  private final int address;

  /**
   * @param type the type it is written as: that of the RRset, or CNAME
   * @param rdata uncompressed wire form
   * @param endpoint the member's endpoint, for counting what was handed out; {@link #NO_ENDPOINT}
   *     for a fallback
   */
  public SteeredRecord(int type, byte[] rdata, int endpoint) {
    if (rdata.length > MAX_RDATA) {
      throw new IllegalArgumentException(
          "RDATA of " + rdata.length + " octets, at most 65535 are allowed");
    }
    this.type = type;
    this.endpoint = endpoint;
    this.octets = new byte[RDATA_AT + rdata.length];
    putU16(2, type);
    putU16(4, RrClass.IN);
    putU16(10, rdata.length);
    System.arraycopy(rdata, 0, octets, RDATA_AT, rdata.length);
    this.target = type == RrType.CNAME ? Name.ofWire(rdata) : null;
    this.ipv4 = type == RrType.A && rdata.length == Address.IPV4;
    this.address = ipv4 ? ByteBuffer.wrap(rdata).getInt() : 0;
  }

  private void putU16(int at, int value) {
    octets[at] = (byte) (value >>> 8);
    octets[at + 1] = (byte) value;
  }

  public int type() {
    return type;
  }

  public int endpoint() {
    return endpoint;
  }

  /** What a CNAME stands for; null for other types. */
  public @Nullable Name target() {
    return target;
  }

  /** A copy, for cold paths. */
  public byte[] rdata() {
    return Arrays.copyOfRange(octets, RDATA_AT, octets.length);
  }

  /** Copies RDATA alone into a reply. */
  void writeRdataTo(MemorySegment reply, int at) {
    Octets.copy(octets, RDATA_AT, reply, at, octets.length - RDATA_AT);
  }

  /** Octets of the whole record. */
  public int length() {
    return ipv4 ? RDATA_AT + Address.IPV4 : octets.length;
  }

  /**
   * Copies the record into a reply.
   *
   * @param ownerAt where the owner's name stands in the reply
   */
  public void writeTo(MemorySegment reply, int at, int ownerAt, int ttlSeconds) {
    if (ipv4) {
      Octets.putPointer(reply, at, ownerAt);
      Octets.putU32(reply, at + 2, RrType.A << 16 | RrClass.IN);
      Octets.putU32(reply, at + TTL_AT, ttlSeconds);
      Octets.putU16(reply, at + 10, Address.IPV4);
      Octets.putU32(reply, at + RDATA_AT, address);
      return;
    }
    Octets.copy(octets, 0, reply, at, octets.length);
    Octets.putPointer(reply, at, ownerAt);
    Octets.putU32(reply, at + TTL_AT, ttlSeconds);
  }
}
