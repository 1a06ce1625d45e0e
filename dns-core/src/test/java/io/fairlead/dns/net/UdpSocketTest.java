package io.fairlead.dns.net;

import static io.fairlead.dns.net.Messages.ECHO;
import static io.fairlead.dns.net.Messages.echoOf;
import static io.fairlead.dns.net.Messages.query;
import static io.fairlead.dns.net.NetCounter.UDP_RECEIVED;
import static io.fairlead.dns.net.NetCounter.UDP_SENT;
import static io.fairlead.dns.net.NetCounter.UDP_UNSENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.count.Counters;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a real socket cannot be made to do at will. */
@ExtendWith(NoLeaks.class)
final class UdpSocketTest {
  private static final InetSocketAddress SERVER = Served.address("192.0.2.53", 53);

  private final NetCounts counts = new NetCounts();
  private final QueryThread thread =
      new QueryThread(
          ECHO,
          new Counters().newTally(),
          counts,
          new Faults(counts, _ -> {}),
          new Holders(10),
          Ticker.systemTicker());
  private final EmbeddedChannel channel = new EmbeddedChannel(new UdpSocket(thread));

  @AfterEach
  void closeAll() {
    channel.finishAndReleaseAll();
    thread.close();
  }

  @Test
  void aReplyGoesToWhoeverAsked() {
    var peer = Served.address("198.51.100.7", 40_000);
    channel.writeInbound(from(peer));
    DatagramPacket reply = channel.readOutbound();
    assertThat(reply.recipient()).isEqualTo(peer);
    assertThat(ByteBufUtil.getBytes(reply.content())).isEqualTo(echoOf(query(1)));
    reply.release();
  }

  /** No program has port 0: the source is forged, and a reply could only do harm. */
  @Test
  void portZeroIsNeverAnswered() {
    channel.writeInbound(from(Served.address("198.51.100.7", 0)));
    assertThat(channel.<Object>readOutbound()).isNull();
    assertThat(counts.sum(UDP_RECEIVED)).isOne();
    assertThat(counts.sum(UDP_SENT)).isZero();
  }

  @Test
  void aReplyIsDroppedWhileTheSystemIsBehind() {
    ChannelOutboundBuffer buffer = Objects.requireNonNull(channel.unsafe().outboundBuffer());
    var peer = Served.address("198.51.100.7", 40_000);
    buffer.setUserDefinedWritability(1, false);
    channel.writeInbound(from(peer));
    assertThat(channel.<Object>readOutbound()).isNull();
    assertThat(counts.sum(UDP_UNSENT)).isOne();

    buffer.setUserDefinedWritability(1, true);
    channel.writeInbound(from(peer));
    DatagramPacket reply = channel.readOutbound();
    reply.release();
    assertThat(counts.sum(UDP_SENT)).isOne();
  }

  private static DatagramPacket from(InetSocketAddress peer) {
    return new DatagramPacket(Unpooled.wrappedBuffer(query(1)), SERVER, peer);
  }
}
