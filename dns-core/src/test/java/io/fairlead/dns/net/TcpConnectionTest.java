package io.fairlead.dns.net;

import static io.fairlead.dns.net.Messages.ECHO;
import static io.fairlead.dns.net.Messages.echoOf;
import static io.fairlead.dns.net.Messages.framed;
import static io.fairlead.dns.net.Messages.framedQueries;
import static io.fairlead.dns.net.Messages.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.count.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Ticker;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a real socket cannot be made to do at will: to be full, and empty again. */
@ExtendWith(NoLeaks.class)
final class TcpConnectionTest {
  private final NetCounts counts = new NetCounts();
  private final QueryThread thread =
      new QueryThread(
          ECHO,
          new Counters().newTally(),
          counts,
          new Faults(counts, _ -> {}),
          new Holders(10),
          Ticker.systemTicker());
  private final EmbeddedChannel channel = new EmbeddedChannel();

  TcpConnectionTest() {
    var connections = new Connections(TcpLimits.DEFAULT, counts);
    var peer = InetAddress.ofLiteral("192.0.2.1");
    channel.pipeline().addLast(new TcpConnection(channel, peer, thread, connections));
  }

  @AfterEach
  void closeAll() {
    channel.finishAndReleaseAll();
    thread.close();
  }

  @Test
  void nothingIsAnsweredWhileTheClientDoesNotRead() {
    takesReplies(false);
    channel.writeInbound(Unpooled.wrappedBuffer(framedQueries(3)));
    assertThat(sent()).isEmpty();
    assertThat(channel.config().isAutoRead()).isFalse();

    takesReplies(true);
    assertThat(sent()).isEqualTo(framedEchoes(0, 3));
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void whatArrivesMeanwhileIsAnsweredInOrder() {
    channel.writeInbound(Unpooled.wrappedBuffer(framed(query(0))));
    takesReplies(false);
    for (int id = 1; id < 100; id++) {
      channel.writeInbound(Unpooled.wrappedBuffer(framed(query(id))));
    }
    takesReplies(true);
    assertThat(sent()).isEqualTo(framedEchoes(0, 100));
  }

  /** The FIN makes epoll read all that the kernel has, wanted or not: that too has a bound. */
  @Test
  void whatWaitsForAnAnswerIsBounded() {
    takesReplies(false);
    byte[] chunk = framed(query(1, 40_000));
    for (int i = 0; i < 3; i++) {
      channel.writeInbound(Unpooled.wrappedBuffer(chunk));
      assertThat(channel.isOpen()).isTrue();
    }
    channel.writeInbound(Unpooled.wrappedBuffer(chunk));
    assertThat(channel.isOpen()).isFalse();
    assertThat(counts.sum(NetCounter.TCP_STALLED)).isOne();
    assertThat(sent()).isEmpty();
  }

  private void takesReplies(boolean takes) {
    ChannelOutboundBuffer buffer = Objects.requireNonNull(channel.unsafe().outboundBuffer());
    buffer.setUserDefinedWritability(1, takes);
    channel.runPendingTasks();
  }

  private byte[] sent() {
    var all = new ByteArrayOutputStream();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      byte[] octets = new byte[next.readableBytes()];
      next.readBytes(octets);
      next.release();
      all.writeBytes(octets);
    }
    return all.toByteArray();
  }

  private static byte[] framedEchoes(int from, int to) {
    var all = new ByteArrayOutputStream();
    for (int id = from; id < to; id++) {
      all.writeBytes(framed(echoOf(query(id))));
    }
    return all.toByteArray();
  }
}
