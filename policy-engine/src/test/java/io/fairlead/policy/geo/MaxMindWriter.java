package io.fairlead.policy.geo;

import io.fairlead.policy.spec.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a small database in MaxMind's format 2.0, IPv6 tree, records of 32 bits, so that tests say
 * what is in it. Networks must not nest.
 */
final class MaxMindWriter {
  private static final int EMPTY = -1;

  private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final String type;

  MaxMindWriter(String type) {
    this.type = type;
  }

  /**
   * @param value of maps, lists, strings, doubles and longs
   */
  MaxMindWriter put(String network, Map<String, ?> value) {
    var parsed = Network.parse(network);
    byte[] octets = new byte[16];
    byte[] address = parsed.address().getAddress();
    System.arraycopy(address, 0, octets, 16 - address.length, address.length);
    int bits = parsed.prefixLength() + 8 * (16 - address.length);
    int node = 0;
    for (int bit = 0; bit < bits - 1; bit++) {
      int side = octets[bit / 8] >> (7 - bit % 8) & 1;
      if (nodes.get(node)[side] == EMPTY) {
        nodes.add(new int[] {EMPTY, EMPTY});
        nodes.get(node)[side] = nodes.size() - 1;
      }
      node = nodes.get(node)[side];
    }
    nodes.get(node)[octets[(bits - 1) / 8] >> (7 - (bits - 1) % 8) & 1] = -2 - data.size();
    write(data, value);
    return this;
  }

  Path write(Path file) throws IOException {
    var out = new ByteArrayOutputStream();
    for (int[] node : nodes) {
      for (int record : node) {
        big(
            out,
            record == EMPTY ? nodes.size() : record < 0 ? nodes.size() + 16 - 2 - record : record,
            4);
      }
    }
    out.writeBytes(new byte[16]);
    out.writeBytes(data.toByteArray());
    out.writeBytes(new byte[] {(byte) 0xab, (byte) 0xcd, (byte) 0xef});
    out.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("binary_format_major_version", 2L);
    metadata.put("binary_format_minor_version", 0L);
    metadata.put("build_epoch", 1_700_000_000L);
    metadata.put("database_type", type);
    metadata.put("description", Map.of("en", "a test"));
    metadata.put("ip_version", 6L);
    metadata.put("languages", List.of("en"));
    metadata.put("node_count", (long) nodes.size());
    metadata.put("record_size", 32L);
    write(out, metadata);
    return Files.write(file, out.toByteArray());
  }

  private static void write(ByteArrayOutputStream out, Object value) {
    switch (value) {
      case String text -> {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        control(out, 2, octets.length);
        out.writeBytes(octets);
      }
      case Double number -> {
        control(out, 3, 8);
        big(out, Double.doubleToLongBits(number), 8);
      }
      case Long number -> {
        control(out, 6, 4);
        big(out, number, 4);
      }
      case Map<?, ?> map -> {
        control(out, 7, map.size());
        map.forEach(
            (key, each) -> {
              write(out, key);
              write(out, each);
            });
      }
      case List<?> list -> {
        out.write(list.size());
        out.write(11 - 7);
        list.forEach(each -> write(out, each));
      }
      default -> throw new IllegalArgumentException("no such type: " + value);
    }
  }

  /** Sizes of 29 and more have an octet of their own. */
  private static void control(ByteArrayOutputStream out, int type, int size) {
    out.write(type << 5 | Math.min(size, 29));
    if (size >= 29) {
      out.write(size - 29);
    }
  }

  private static void big(ByteArrayOutputStream out, long value, int octets) {
    for (int i = octets - 1; i >= 0; i--) {
      out.write((int) (value >>> (8 * i)));
    }
  }
}
