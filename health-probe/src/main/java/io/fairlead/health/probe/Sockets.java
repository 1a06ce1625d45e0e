package io.fairlead.health.probe;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** How probes come by their sockets. */
public enum Sockets {
  /** Linux: fewer system calls for each probe than Java's own. */
  EPOLL {
    @Override
    public IoHandlerFactory ioHandlers() {
      return EpollIoHandler.newFactory();
    }

    @Override
    SocketChannel newStream() {
      return new EpollSocketChannel();
    }

    @Override
    DatagramChannel datagrams() {
      return new EpollDatagramChannel();
    }

    @Override
    SocketChannel halfOpen() {
      SocketChannel stream = stream();
      stream.config().setOption(EpollChannelOption.TCP_QUICKACK, false);
      return stream;
    }
  },

  /** Everywhere. */
  NIO {
    @Override
    public IoHandlerFactory ioHandlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    SocketChannel newStream() {
      return new NioSocketChannel();
    }

    @Override
    DatagramChannel datagrams() {
      return new NioDatagramChannel();
    }

    @Override
    SocketChannel halfOpen() {
      throw new ChannelException(Permissions.halfOpen());
    }
  };

  /** An answer's head fits in one read; a stranger who sends more gets no more of our memory. */
  private static final int READ_OCTETS = 2048;

  /** The best of those that this machine has. */
  public static Sockets best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  /** Those that this loop can serve. */
  static Sockets of(EventLoop loop) {
    return loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class) ? EPOLL : NIO;
  }

  /** For a loop that serves such sockets. */
  public abstract IoHandlerFactory ioHandlers();

  /** A socket for one connection. */
  SocketChannel stream() {
    SocketChannel channel = newStream();
    channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0); // the probe has a deadline
    channel.config().setSoLinger(0); // reset, so that nothing waits on our side
    channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_OCTETS));
    return channel;
  }

  abstract SocketChannel newStream();

  abstract DatagramChannel datagrams();

  /**
   * A socket whose connection is not to open. Without quick acknowledgements Linux holds back the
   * one that would open it, for 40 ms at least, in the hope of data that could carry it (tcp(7));
   * our reset comes first.
   */
  abstract SocketChannel halfOpen();
}
