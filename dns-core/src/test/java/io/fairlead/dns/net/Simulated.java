package io.fairlead.dns.net;

import static io.fairlead.dns.net.Messages.ECHO;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.transfer.Transfers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** TCP connections without sockets, on one query thread, in a time that the test moves. */
final class Simulated implements AutoCloseable {
  final NetCounts counts = new NetCounts();
  private final MockTicker ticker = Ticker.newMockTicker();
  private final Connections connections;
  private final QueryThread thread;
  private final List<Connection> all = new ArrayList<>();

  Simulated(TcpLimits limits) {
    this.connections = new Connections(limits, counts, Transfers.none());
    this.thread =
        new QueryThread(
            ECHO,
            new Counters().newTally(),
            counts,
            new Faults(counts, _ -> {}),
            new Holders(10),
            ticker);
  }

  Connection accept(String peer) {
    var connection = new Connection(InetAddress.ofLiteral(peer));
    all.add(connection);
    connection.channel.pipeline().fireChannelActive();
    runTasks();
    return connection;
  }

  /** Time passes, and what is due by then happens. */
  void pass(Duration time) {
    ticker.advance(time.toNanos(), TimeUnit.NANOSECONDS);
    runTasks();
  }

  private void runTasks() {
    all.forEach(each -> each.channel.runPendingTasks());
  }

  void shed(int count) {
    connections.shed(count);
    runTasks();
  }

  @Override
  public void close() {
    all.forEach(each -> each.channel.finishAndReleaseAll());
    thread.close();
  }

  /** One of them, seen from its client. */
  final class Connection {
    private final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(ticker).build();

    private Connection(InetAddress peer) {
      channel.pipeline().addLast(new TcpConnection(channel, peer, thread, connections));
    }

    void send(byte[] octets) {
      channel.writeInbound(Unpooled.wrappedBuffer(octets));
    }

    /** All that has come since the last call. */
    byte[] received() {
      var octets = new ByteArrayOutputStream();
      for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
        byte[] part = new byte[next.readableBytes()];
        next.readBytes(part);
        next.release();
        octets.writeBytes(part);
      }
      return octets.toByteArray();
    }

    /** Whether the client reads; as long as it does not, its replies wait. */
    void reads(boolean reads) {
      ChannelOutboundBuffer waiting = Objects.requireNonNull(channel.unsafe().outboundBuffer());
      waiting.setUserDefinedWritability(1, reads);
      channel.runPendingTasks();
    }

    /** Whether the server goes on reading what the client sends. */
    boolean isReadFrom() {
      return channel.config().isAutoRead();
    }

    boolean isOpen() {
      return channel.isOpen();
    }

    void close() {
      channel.finishAndReleaseAll();
    }
  }
}
