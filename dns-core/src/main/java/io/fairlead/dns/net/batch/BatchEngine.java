package io.fairlead.dns.net.batch;

import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.PacketHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * UDP through recvmmsg(2) and sendmmsg(2). At each address every thread has a socket of its own,
 * and the kernel spreads clients over them (SO_REUSEPORT).
 */
public final class BatchEngine {
  private final int threadsEach;
  private final PacketHandler handler;
  private final Supplier<Exchange> exchanges;
  private final List<BatchThread> threads = new ArrayList<>();

  /**
   * Only where {@link Support#whyNot} finds nothing.
   *
   * @param threadsEach for each address
   * @param exchanges one for each thread
   */
  public BatchEngine(int threadsEach, PacketHandler handler, Supplier<Exchange> exchanges) {
    this.threadsEach = threadsEach;
    this.handler = handler;
    this.exchanges = exchanges;
  }

  /** What was bound: the address with its port, and what the system granted. */
  public record Opened(InetSocketAddress address, int receiveBuffer) {}

  /**
   * Serves at an address. The first socket is bound alone, so that a port which another process has
   * is an error, although ours share theirs; only then do its siblings join it.
   *
   * @throws IOException in the system's words, where it says no; then nothing has changed
   */
  public Opened open(InetSocketAddress address, BatchEvents events) throws IOException {
    var sockets = new ArrayList<BatchSocket>();
    try {
      BatchSocket first = BatchSocket.open(address, false);
      sockets.add(first);
      first.sharePort();
      InetSocketAddress bound = first.localAddress();
      while (sockets.size() < threadsEach) {
        sockets.add(BatchSocket.open(bound, true));
      }
      var opened = new Opened(bound, first.receiveBuffer());
      sockets.forEach(socket -> serve(socket, events));
      return opened;
    } catch (IOException e) {
      sockets.forEach(BatchSocket::close);
      throw e;
    }
  }

  private void serve(BatchSocket socket, BatchEvents events) {
    var thread =
        new BatchThread(
            socket, "fairlead-dns-" + (threads.size() + 1), handler, exchanges.get(), events);
    threads.add(thread);
    thread.start();
  }

  /** Asks every thread to answer what the system has received until now, and to end. */
  public void finish() {
    threads.forEach(BatchThread::finish);
  }

  /**
   * Frees what has ended, after {@link #finish}.
   *
   * @param left how much longer a thread may be waited for
   */
  public void close(Supplier<Duration> left) {
    threads.forEach(each -> each.close(left.get()));
    threads.clear();
  }
}
