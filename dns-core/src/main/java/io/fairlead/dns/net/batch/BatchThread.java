package io.fairlead.dns.net.batch;

import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.query.Transport;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A socket and the thread that serves it: one system call reads all that has come, up to a batch;
 * each query is answered where it lies; one system call sends the replies.
 */
public final class BatchThread {
  /**
   * Most octets of a query that are read: above any packet of Ethernet's 1,500 octets, so that only
   * fragments (RFC 9715) can be longer. A longer query is cut, and then fails to parse.
   */
  public static final int MAX_QUERY = 2048;

  /** Without it a receive that fails at once, for want of memory, would fail again and again. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** Linux's error numbers are below this. */
  private static final int ERRORS = 256;

  private final BatchSocket socket;
  private final PacketHandler handler;
  private final Exchange exchange;
  private final BatchEvents events;
  private final Thread thread;

  /** Shared, because another thread frees it, after this one has ended. */
  private final Arena arena = Arena.ofShared();

  private final Batch batch;

  /** Told of often, made once: a failing firewall rule must not cost a stack trace for each. */
  private final @Nullable IOException[] sendFailures = new IOException[ERRORS];

  private volatile boolean finishing;
  private int sent;
  private int unsent;

  BatchThread(
      BatchSocket socket,
      String name,
      PacketHandler handler,
      Exchange exchange,
      BatchEvents events) {
    this.socket = socket;
    this.handler = handler;
    this.exchange = exchange;
    this.events = events;
    this.batch = new Batch(socket.isIpv4(), socket.isWildcard(), arena);
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Asks it to answer what the system has received until now, and to end. */
  void finish() {
    finishing = true;
    socket.wake();
  }

  /**
   * Frees everything, if the thread ends in time; else a handler has not returned, and may still
   * write into its memory.
   */
  void close(Duration bound) {
    try {
      if (thread.join(bound)) {
        socket.close();
        arena.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    exchange.transport(Transport.UDP);
    while (!finishing) {
      turn(true);
    }
    while (turn(false)) {
      // until nothing is left
    }
  }

  /** Whether there was something. */
  private boolean turn(boolean wait) {
    int count = socket.receive(batch.received(), Batch.SIZE, wait);
    if (count < 0) {
      failed(-count);
      return false;
    }
    int received = answer(count);
    send();
    events.done(received, sent, unsent);
    sent = 0;
    unsent = 0;
    batch.renew(count);
    return received > 0;
  }

  private void failed(int error) {
    if (error != SystemCalls.EINTR && error != SystemCalls.EAGAIN) {
      events.fault(SystemCalls.failure("recvmmsg", error));
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private int answer(int count) {
    int received = 0;
    for (int i = 0; i < count; i++) {
      if (!batch.hasSender(i)) {
        continue;
      }
      received++;
      if (batch.senderPort(i) == 0) {
        continue; // nobody can be there: it is forged
      }
      if (batch.isFull()) {
        send();
      }
      int length = respond(i);
      if (length > 0) {
        batch.reply(i, length);
      }
    }
    return received;
  }

  private int respond(int index) {
    exchange.peerPort(batch.senderPort(index));
    batch.fillSender(index, exchange.client().resolver());
    try {
      int length =
          handler.respond(
              batch.query(index), batch.received().length(index), batch.place(), exchange);
      if (length < 0 || length > Exchange.MAX_MESSAGE) {
        throw new IllegalStateException("the handler says a length of " + length);
      }
      return length;
    } catch (Throwable failure) {
      events.fault(failure);
      return 0;
    }
  }

  private void send() {
    int count = batch.ready();
    int from = 0;
    while (from < count) {
      int result = socket.send(batch.replies(), from, count - from);
      if (result > 0) {
        sent += result;
        from += result;
      } else if (result == -SystemCalls.EAGAIN) {
        unsent += count - from; // the system is behind: late replies help nobody
        from = count;
      } else if (result != -SystemCalls.EINTR) {
        unsent++;
        from++; // this one cannot be sent; the next may go elsewhere
        events.fault(sendFailure(-result));
      }
    }
    batch.sent();
  }

  private IOException sendFailure(int error) {
    IOException failure = sendFailures[error];
    if (failure == null) {
      failure = SystemCalls.failure("sendmmsg", error);
      sendFailures[error] = failure;
    }
    return failure;
  }
}
