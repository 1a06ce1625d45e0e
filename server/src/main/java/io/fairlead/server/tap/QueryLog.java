package io.fairlead.server.tap;

import io.fairlead.dns.query.Transport;
import io.fairlead.dns.tap.Tapped;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A line for each query, appended to a file; a file that is renamed is made anew. */
final class QueryLog implements TapSink {
  private final Path file;
  private @Nullable BufferedWriter out;
  private @Nullable Object key;

  QueryLog(Path file) {
    this.file = file;
  }

  @Override
  public String name() {
    return "query log " + file;
  }

  @Override
  public void open() throws IOException {
    out =
        Files.newBufferedWriter(
            file,
            StandardCharsets.US_ASCII,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND);
    key = keyOfFile();
  }

  @Override
  public void write(Tapped tapped, long micros) throws IOException {
    BufferedWriter open = Objects.requireNonNull(out);
    open.write(QueryLine.of(tapped, micros, Transport.values()[tapped.transport()]));
    open.write('\n');
  }

  /** What rotates logs renames the file, and then the name is free or another file's. */
  @Override
  public void flush() throws IOException {
    Objects.requireNonNull(out).flush();
    if (!Objects.equals(key, keyOfFile())) {
      close();
      open();
    }
  }

  private @Nullable Object keyOfFile() {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      out = null; // what could not be written is lost, as all that comes while a disk is full
    }
  }
}
