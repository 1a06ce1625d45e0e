package io.fairlead.server.tap;

import io.fairlead.dns.tap.Tapped;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * dnstap over a Unix socket on which a reader listens. A reader that does not read for a moment
 * loses its connection, not us our time.
 */
final class DnstapSocket implements TapSink {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** No control frame that a reader sends is longer (fstrm's own bound). */
  private static final int MAX_CONTROL = 512;

  private final Path path;
  private final DnstapEncoder encoder;
  private @Nullable SocketChannel socket;
  private @Nullable Selector selector;

  DnstapSocket(Path path, DnstapEncoder encoder) {
    this.path = path;
    this.encoder = encoder;
  }

  @Override
  public String name() {
    return "dnstap socket " + path;
  }

  @Override
  public void open() throws IOException {
    socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    socket.connect(UnixDomainSocketAddress.of(path));
    socket.configureBlocking(false);
    selector = Selector.open();
    socket.register(selector, SelectionKey.OP_WRITE);
    send(Frames.ofContent(Frames.READY));
    expect(Frames.ACCEPT);
    send(Frames.ofContent(Frames.START));
  }

  @Override
  public void write(Tapped tapped, long micros) throws IOException {
    for (byte[] frame : encoder.frames(tapped, micros)) {
      send(Frames.data(frame));
    }
  }

  @Override
  public void flush() {
    // each frame has gone out
  }

  private void send(ByteBuffer octets) throws IOException {
    SocketChannel open = Objects.requireNonNull(socket);
    while (octets.hasRemaining()) {
      if (open.write(octets) == 0) {
        await(SelectionKey.OP_WRITE, "the reader does not read");
      }
    }
  }

  private void expect(int type) throws IOException {
    ByteBuffer head = receive(8);
    int length = head.getInt(4);
    if (head.getInt(0) != 0 || length < 4 || length > MAX_CONTROL) {
      throw new IOException("the reader speaks another language than Frame Streams");
    }
    int found = receive(length).getInt(0);
    if (found != type) {
      throw new IOException("the reader sent control frame " + found + ", not " + type);
    }
  }

  private ByteBuffer receive(int length) throws IOException {
    ByteBuffer octets = ByteBuffer.allocate(length);
    while (octets.hasRemaining()) {
      int read = Objects.requireNonNull(socket).read(octets);
      if (read < 0) {
        throw new IOException("the reader has closed");
      }
      if (read == 0) {
        await(SelectionKey.OP_READ, "the reader says nothing");
      }
    }
    return octets.flip();
  }

  private void await(int operation, String otherwise) throws IOException {
    Selector wakes = Objects.requireNonNull(selector);
    wakes.keys().forEach(key -> key.interestOps(operation));
    int ready = wakes.select(PATIENCE.toMillis());
    wakes.selectedKeys().clear();
    if (ready == 0) {
      throw new IOException(otherwise);
    }
  }

  @Override
  public void close() {
    try (SocketChannel last = socket;
        Selector _ = selector) {
      if (last != null && last.isConnected()) {
        send(Frames.stop());
        expect(Frames.FINISH);
      }
    } catch (IOException e) {
      // It is over in any case.
    }
    socket = null;
    selector = null;
  }
}
