package io.fairlead.server.telemetry;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/** A message of protocol buffers as it is written, field by field. */
final class Fields {
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(octets);

  /** What can be written to memory, which cannot fail. */
  private interface Write {
    void run() throws IOException;
  }

  private Fields write(Write write) {
    try {
      write.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
  }

  Fields text(int field, String value) {
    return value.isEmpty() ? this : write(() -> out.writeString(field, value));
  }

  Fields number(int field, double value) {
    return write(() -> out.writeDouble(field, value));
  }

  Fields fixed(int field, long value) {
    return write(() -> out.writeFixed64(field, value));
  }

  Fields word(int field, int value) {
    return write(() -> out.writeEnum(field, value));
  }

  Fields flag(int field) {
    return write(() -> out.writeBool(field, true));
  }

  Fields message(int field, Consumer<Fields> content) {
    var inner = new Fields();
    content.accept(inner);
    return write(() -> out.writeByteArray(field, inner.octets()));
  }

  /** All in one field (packed), as proto3 has repeated numbers. */
  Fields fixed(int field, List<Long> values) {
    var inner = new Fields();
    values.forEach(value -> inner.write(() -> inner.out.writeFixed64NoTag(value)));
    return write(() -> out.writeByteArray(field, inner.octets()));
  }

  Fields numbers(int field, List<Double> values) {
    var inner = new Fields();
    values.forEach(value -> inner.write(() -> inner.out.writeDoubleNoTag(value)));
    return write(() -> out.writeByteArray(field, inner.octets()));
  }

  byte[] octets() {
    write(out::flush);
    return octets.toByteArray();
  }
}
