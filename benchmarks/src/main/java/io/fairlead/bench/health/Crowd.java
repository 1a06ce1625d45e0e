package io.fairlead.bench.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * Thousands of HTTP listeners on 127.1.x.y in one process, which all do what they are told on
 * standard input: one of {@link Mood} a line.
 */
public final class Crowd {
  private static final ByteBuf OK =
      Unpooled.unreleasableBuffer(
          Unpooled.copiedBuffer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", US_ASCII));
  private static final ByteBuf FAILING =
      Unpooled.unreleasableBuffer(
          Unpooled.copiedBuffer("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", US_ASCII));

  enum Mood {
    ANSWER,
    FAIL,
    RESET,
    SILENT
  }

  private static volatile Mood mood = Mood.ANSWER;

  /** Arguments: how many listeners. Says their one port on standard output when all are there. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    var server =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 64)
            .childOption(ChannelOption.SO_LINGER, 0)
            .childHandler(new Visitor());
    int port = 0;
    for (int i = 0; i < count; i++) {
      var bound = server.bind(new InetSocketAddress(address(i), port)).sync().channel();
      port = ((InetSocketAddress) bound.localAddress()).getPort();
    }
    System.out.println(port);
    var orders = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      mood = Mood.valueOf(order.toUpperCase(Locale.ROOT));
    }
    System.exit(0);
  }

  static InetAddress address(int number) {
    return InetAddress.ofLiteral("127.1.%d.%d".formatted(number / 250, 1 + number % 250));
  }

  @Sharable
  private static final class Visitor extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ((ByteBuf) message).release();
      var _ =
          switch (mood) {
            case ANSWER -> ctx.writeAndFlush(OK.duplicate());
            case FAIL -> ctx.writeAndFlush(FAILING.duplicate());
            case RESET -> ctx.close();
            case SILENT -> ctx.newSucceededFuture();
          };
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      var _ = ctx.close(); // the prober resets: as expected
    }
  }

  private Crowd() {}
}
