package io.fairlead.server.tap;

import io.fairlead.dns.tap.Tapped;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** dnstap into a file, which begins anew with each start: a stream of frames has one beginning. */
final class DnstapFile implements TapSink {
  private final Path file;
  private final DnstapEncoder encoder;
  private @Nullable OutputStream out;

  DnstapFile(Path file, DnstapEncoder encoder) {
    this.file = file;
    this.encoder = encoder;
  }

  @Override
  public String name() {
    return "dnstap file " + file;
  }

  @Override
  public void open() throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file), 64 << 10);
    out.write(Frames.ofContent(Frames.START).array());
  }

  @Override
  public void write(Tapped tapped, long micros) throws IOException {
    for (byte[] frame : encoder.frames(tapped, micros)) {
      Objects.requireNonNull(out).write(Frames.data(frame).array());
    }
  }

  @Override
  public void flush() throws IOException {
    Objects.requireNonNull(out).flush();
  }

  @Override
  public void close() {
    try (OutputStream last = out) {
      if (last != null) {
        last.write(Frames.stop().array());
      }
    } catch (IOException e) {
      out = null; // the frames before the last one can be read all the same
    }
  }
}
