package io.fairlead.dns.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of the system is what the system then says. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(NoLeaks.class)
final class NettyTransportTest {
  /** IP_PMTUDISC_OMIT and IPV6_PMTUDISC_OMIT of Linux's in.h and in6.h. */
  private static final int OMIT = 5;

  @Test
  void linuxHasEpoll() {
    assertThat(NettyTransport.best()).isEqualTo(NettyTransport.EPOLL);
  }

  /** RFC 9715 section 3.1: no fragments of ours, and no forged ICMP that asks for them. */
  @ParameterizedTest
  @CsvSource({"127.0.0.1, 0, 10", "::1, 41, 23"})
  void thePathMtuOfStrangersIsIgnored(String host, int level, int option) {
    ChannelOption<Integer> discover = new IntegerUnixChannelOption(host, level, option);
    assertThat(ofBound(Served.address(host, 0), discover)).isEqualTo(OMIT);
  }

  /** The kernel doubles what it grants, and grants at most its net.core.rmem_max. */
  @Test
  void aLargeReceiveBufferIsAskedFor() {
    assertThat(ofBound(Served.IPV4, ChannelOption.SO_RCVBUF))
        .isBetween(212_992, 2 * NettyTransport.UDP_RECEIVE_BUFFER);
  }

  private static <T> T ofBound(InetSocketAddress address, ChannelOption<T> option) {
    var transport = NettyTransport.EPOLL;
    var loops = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
    try {
      Channel socket =
          transport
              .udp(loops, address, false)
              .handler(new ChannelInboundHandlerAdapter())
              .bind()
              .syncUninterruptibly()
              .channel();
      return socket.config().getOption(option);
    } finally {
      var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      loops.terminationFuture().awaitUninterruptibly(30_000);
    }
  }
}
