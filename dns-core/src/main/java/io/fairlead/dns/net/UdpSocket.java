package io.fairlead.dns.net;

import static io.fairlead.dns.net.NetCounter.UDP_RECEIVED;
import static io.fairlead.dns.net.NetCounter.UDP_SENT;
import static io.fairlead.dns.net.NetCounter.UDP_UNSENT;

import io.fairlead.dns.query.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;

/** One UDP socket: answers a batch of datagrams as they are read, and sends the replies at once. */
final class UdpSocket extends ChannelInboundHandlerAdapter {
  /** Datagrams of a batch: one system call reads them, one sends the replies. */
  static final int BATCH = 64;

  /**
   * Most octets of a query that are read: above any packet of Ethernet's 1,500 octets, so that only
   * fragments (RFC 9715) can be longer. A longer query is cut, and then fails to parse.
   */
  static final int MAX_QUERY = 2048;

  private final QueryThread thread;
  private final Drain drain = new Drain();
  private int received;
  private int sent;
  private int unsent;

  UdpSocket(QueryThread thread) {
    this.thread = thread;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var packet = (DatagramPacket) message;
    received++;
    try {
      answer(context, packet);
    } finally {
      packet.release();
    }
  }

  private void answer(ChannelHandlerContext context, DatagramPacket packet) {
    InetSocketAddress peer = packet.sender();
    if (peer.getPort() == 0) {
      return; // nobody can be there: it is forged
    }
    ByteBuf query = packet.content();
    int length =
        thread.respond(
            query,
            query.readerIndex(),
            query.readableBytes(),
            peer.getAddress(),
            peer.getPort(),
            Transport.UDP);
    if (length == 0) {
      return;
    }
    if (!context.channel().isWritable()) {
      unsent++; // the system is behind: a queue would grow, and late replies help nobody
      return;
    }
    ByteBuf reply = context.alloc().directBuffer(length, length);
    thread.copyReply(length, reply);
    var _ = context.write(new DatagramPacket(reply, peer), context.voidPromise());
    sent++;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
    drain.read(received, BATCH);
    thread.counts().add(UDP_RECEIVED, received);
    thread.counts().add(UDP_SENT, sent);
    thread.counts().add(UDP_UNSENT, unsent);
    received = 0;
    sent = 0;
    unsent = 0;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Drain.Event.FINISH) {
      drain.start(context.channel());
    }
  }

  /** The handler threw, or a send failed (ENOBUFS, EPERM, EMSGSIZE): the socket goes on. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      thread.counts().add(UDP_UNSENT, 1);
    }
    var local = (InetSocketAddress) context.channel().localAddress();
    thread.faults().report("udp " + NetUtil.toSocketAddressString(local), cause);
  }
}
