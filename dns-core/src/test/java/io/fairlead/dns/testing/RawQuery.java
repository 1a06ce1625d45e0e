package io.fairlead.dns.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A query put together octet by octet, so that it can be wrong in every way. */
public final class RawQuery {
  public static final int ID = 0x1234;
  public static final int RD = 0x0100;

  private final int[] counts = new int[4];
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int flags = RD;

  /** A header without anything. */
  public static RawQuery empty() {
    return new RawQuery();
  }

  public static RawQuery of(String name, String type) {
    return empty().question(name(name), org.xbill.DNS.Type.value(type), 1);
  }

  /** Labels out of dotted text, without escapes. */
  public static byte[] name(String dotted) {
    if (dotted.equals(".")) {
      return octets(0);
    }
    var name = new ByteArrayOutputStream();
    for (String label : List.of(dotted.split("\\.", -1))) {
      byte[] octets = label.getBytes(StandardCharsets.ISO_8859_1);
      name.write(octets.length);
      name.writeBytes(octets);
    }
    if (!dotted.endsWith(".")) {
      name.write(0);
    }
    return name.toByteArray();
  }

  public static byte[] octets(int... values) {
    byte[] octets = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      octets[i] = (byte) values[i];
    }
    return octets;
  }

  public RawQuery flags(int value) {
    flags = value;
    return this;
  }

  /** Counts a section has, whatever stands there: 0 question to 3 additional. */
  public RawQuery count(int section, int value) {
    counts[section] = value;
    return this;
  }

  public RawQuery question(byte[] name, int type, int rrClass) {
    counts[0]++;
    return octetsAfter(name).u16(type).u16(rrClass);
  }

  public RawQuery record(int section, byte[] owner, int type, int rrClass, int ttl, byte[] rdata) {
    counts[section]++;
    octetsAfter(owner).u16(type).u16(rrClass);
    return u16(ttl >>> 16).u16(ttl).u16(rdata.length).octetsAfter(rdata);
  }

  /** An OPT record; {@code flags} are version (8 bits), DO, Z. */
  public RawQuery opt(int payload, int versionAndFlags, byte[]... options) {
    var rdata = new ByteArrayOutputStream();
    for (byte[] option : options) {
      rdata.writeBytes(option);
    }
    return record(3, octets(0), 41, payload, versionAndFlags, rdata.toByteArray());
  }

  public static byte[] option(int code, byte[] data) {
    return ByteBuffer.allocate(4 + data.length)
        .putShort((short) code)
        .putShort((short) data.length)
        .put(data)
        .array();
  }

  /** A client subnet option (RFC 7871 section 6). */
  public static byte[] subnet(int family, int source, int scope, int... address) {
    byte[] data =
        ByteBuffer.allocate(4 + address.length)
            .putShort((short) family)
            .put((byte) source)
            .put((byte) scope)
            .put(octets(address))
            .array();
    return option(8, data);
  }

  public RawQuery octetsAfter(byte[] octets) {
    body.writeBytes(octets);
    return this;
  }

  public RawQuery u16(int value) {
    body.write(value >>> 8);
    body.write(value);
    return this;
  }

  public byte[] bytes() {
    ByteBuffer message = ByteBuffer.allocate(12 + body.size());
    message.putShort((short) ID).putShort((short) flags);
    for (int count : counts) {
      message.putShort((short) count);
    }
    return message.put(body.toByteArray()).array();
  }
}
