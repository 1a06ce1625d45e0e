package io.fairlead.dns.net;

import static io.netty.channel.unix.UnixChannelOption.SO_REUSEPORT;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;

/** How Netty speaks to the system, and how its sockets are set up. */
enum NettyTransport {
  /** Linux: one system call for a batch of datagrams, and a UDP socket for each thread. */
  EPOLL {
    @Override
    IoHandlerFactory ioHandlers() {
      return EpollIoHandler.newFactory();
    }

    @Override
    boolean sharesPorts() {
      return true;
    }

    @Override
    void shareUdpPort(Channel bound) {
      bound.config().setOption(SO_REUSEPORT, true);
    }

    @Override
    Bootstrap udp(EventLoopGroup thread, InetSocketAddress address, boolean joinsPort) {
      // All of the batch in one recvmmsg; asking again would mostly cost a call for nothing.
      var batches =
          new FixedRecvByteBufAllocator(UdpSocket.BATCH * UdpSocket.MAX_QUERY)
              .maxMessagesPerRead(1);
      boolean ipv6 = isIpv6(address);
      return commonUdp(thread, address)
          .channelFactory(() -> new EpollDatagramChannel(family(address)))
          .option(ChannelOption.RECVBUF_ALLOCATOR, batches)
          .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, UdpSocket.MAX_QUERY)
          .option(ipv6 ? IPV6_MTU_DISCOVER : IP_MTU_DISCOVER, PMTUDISC_OMIT)
          .option(SO_REUSEPORT, joinsPort);
    }

    @Override
    ServerBootstrap tcp(EventLoopGroup threads, InetSocketAddress address) {
      return commonTcp(threads, address)
          .channelFactory(() -> new EpollServerSocketChannel(family(address)));
    }
  },

  /** Everywhere. */
  NIO {
    @Override
    IoHandlerFactory ioHandlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    boolean sharesPorts() {
      return false;
    }

    @Override
    void shareUdpPort(Channel bound) {
      throw new UnsupportedOperationException("one socket for each address");
    }

    @Override
    Bootstrap udp(EventLoopGroup thread, InetSocketAddress address, boolean joinsPort) {
      var batches =
          new FixedRecvByteBufAllocator(UdpSocket.MAX_QUERY).maxMessagesPerRead(UdpSocket.BATCH);
      return commonUdp(thread, address)
          .channelFactory(() -> new NioDatagramChannel(family(address)))
          .option(ChannelOption.RECVBUF_ALLOCATOR, batches);
    }

    @Override
    ServerBootstrap tcp(EventLoopGroup threads, InetSocketAddress address) {
      return commonTcp(threads, address)
          .channelFactory(
              () -> new NioServerSocketChannel(SelectorProvider.provider(), family(address)));
    }
  };

  /** A second of 50,000 queries, so that a pause of this process loses none. */
  static final int UDP_RECEIVE_BUFFER = 4 << 20;

  /** Copies in and out of our memory without a view for each; Netty's default makes one. */
  private static final ByteBufAllocator BUFFERS = PooledByteBufAllocator.DEFAULT;

  /** Replies that wait for the system, in octets; beyond them, replies are dropped. */
  private static final WriteBufferWaterMark UDP_WAITING =
      new WriteBufferWaterMark(256 << 10, 1 << 20);

  /** Replies that wait for one client, in octets; beyond them, it is not read from. */
  private static final WriteBufferWaterMark TCP_WAITING =
      new WriteBufferWaterMark(8 << 10, 32 << 10);

  /**
   * Writes go on until the system takes no more. A pause in between would clear the last interest
   * of a half-closed epoll socket, which with Netty 4.2.18 is never ready again.
   */
  private static final int UNTIL_FULL = Integer.MAX_VALUE;

  // Linux's ip(7) and ipv6(7). A reply is never larger than what needs no fragments, and a forged
  // ICMP message about the path's MTU changes nothing (RFC 9715 section 3.1).
  private static final ChannelOption<Integer> IP_MTU_DISCOVER =
      new IntegerUnixChannelOption("IP_MTU_DISCOVER", 0, 10);
  private static final ChannelOption<Integer> IPV6_MTU_DISCOVER =
      new IntegerUnixChannelOption("IPV6_MTU_DISCOVER", 41, 23);
  private static final int PMTUDISC_OMIT = 5;

  /** The fastest of those that this machine has. */
  static NettyTransport best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  abstract IoHandlerFactory ioHandlers();

  /** Whether several UDP sockets of ours can have one port. */
  abstract boolean sharesPorts();

  /** Lets further sockets join the port of a socket that was bound alone. */
  abstract void shareUdpPort(Channel bound);

  /**
   * A UDP socket that is yet to be bound.
   *
   * @param joinsPort whether a socket of ours has this port already, and shares it
   */
  abstract Bootstrap udp(EventLoopGroup thread, InetSocketAddress address, boolean joinsPort);

  /** A listening TCP socket that is yet to be bound. */
  abstract ServerBootstrap tcp(EventLoopGroup threads, InetSocketAddress address);

  private static Bootstrap commonUdp(EventLoopGroup thread, InetSocketAddress address) {
    return new Bootstrap()
        .group(thread)
        .localAddress(address)
        .option(ChannelOption.ALLOCATOR, BUFFERS)
        .option(ChannelOption.SO_RCVBUF, UDP_RECEIVE_BUFFER)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UDP_WAITING);
  }

  private static ServerBootstrap commonTcp(EventLoopGroup threads, InetSocketAddress address) {
    // One read of at most 16 KiB at each turn: a client that sends without end holds up the
    // datagrams on its thread for the time of some 500 queries, not for longer.
    var reads = new AdaptiveRecvByteBufAllocator(512, 2048, 16 << 10).maxMessagesPerRead(1);
    // Up to a batch at each turn, or until nobody waits: epoll would stop after one by itself.
    var accepts =
        new ServerChannelRecvByteBufAllocator()
            .respectMaybeMoreData(false)
            .maxMessagesPerRead(Acceptor.BATCH);
    return new ServerBootstrap()
        .group(threads)
        .localAddress(address)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.RECVBUF_ALLOCATOR, accepts)
        .childOption(ChannelOption.ALLOCATOR, BUFFERS)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.WRITE_SPIN_COUNT, UNTIL_FULL)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, reads)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, TCP_WAITING);
  }

  private static SocketProtocolFamily family(InetSocketAddress address) {
    return isIpv6(address) ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
  }

  private static boolean isIpv6(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address;
  }
}
