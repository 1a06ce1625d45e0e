package io.fairlead.dns.net;

import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection: messages, each behind two octets of length (RFC 7766 section 8), answered in
 * the order in which they came. All that one read brings is answered in one pass and sent with one
 * flush. While its client does not read, nothing more is read from it. Between messages it holds no
 * buffer.
 */
final class TcpConnection extends ChannelInboundHandlerAdapter {
  /** What may wait for an answer: a peer that has sent more without reading is no resolver. */
  private static final int MAX_HELD = 2 * (Frames.LENGTH_OCTETS + Exchange.MAX_MESSAGE);

  /**
   * A usual query fits, so that 10,000 of them cut in the middle hold 5 MB; more is for {@link
   * Holders}.
   */
  private static final int FREELY_HELD = 512;

  private final Channel channel;
  private final InetAddress peer;
  private final int port;
  private final QueryThread thread;
  private final Connections connections;
  private final Replies replies;

  private volatile long lastMessageNanos;

  /** Received and not answered: a message that is not whole, or all that an unread reply stops. */
  private @Nullable ByteBuf held;

  /** A zone that is on its way out; null = none. */
  private @Nullable TransferStream transfer;

  private @Nullable Future<?> idleCheck;
  private int answered;
  private int sent;
  private boolean inPass;
  private boolean inputEnded;
  private boolean ending;
  private boolean quiet;

  TcpConnection(Channel channel, InetAddress peer, QueryThread thread, Connections connections) {
    this.channel = channel;
    this.peer = peer;
    this.port = channel.remoteAddress() instanceof InetSocketAddress socket ? socket.getPort() : 0;
    this.thread = thread;
    this.connections = connections;
    this.replies = new Replies(channel, thread);
    this.lastMessageNanos = thread.nanoTime();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connections.admit(this);
    scheduleIdleCheck(connections.idleNanos());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var received = (ByteBuf) message;
    inPass = true;
    quiet = false;
    try {
      if (ending) {
        return;
      }
      if (held == null) {
        answer(received);
        hold(received);
      } else {
        hold(received);
        answerHeld();
      }
    } finally {
      received.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    endPass();
  }

  /** The client reads again: on with what was held back. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (transfer != null) {
      transfer.goOn();
    } else if (!inPass && !ending && channel.isWritable()) {
      inPass = true;
      answerHeld();
      endPass();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      endPass();
    } else if (event == Drain.Event.FINISH) {
      lookAgain();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ending = true;
    connections.closed(this);
    thread.holders().update(this, false);
    if (transfer != null) {
      transfer.close();
    }
    if (idleCheck != null) {
      idleCheck.cancel(false);
    }
    release();
    replies.release();
  }

  /** The handler threw, and the client gets no answer; or the peer has broken the connection. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      var _ = context.close();
    } else {
      thread.faults().report("tcp", cause);
      end();
      endPass();
    }
  }

  /** Answers whole messages, as long as there are some and the client takes the replies. */
  private void answer(ByteBuf in) {
    while (!ending && transfer == null && Frames.hasNext(in) && replies.areTaken()) {
      int length = in.readUnsignedShort();
      if (length < Frames.MIN_MESSAGE) {
        end();
        return;
      }
      answered++;
      if (Frames.asksForZone(in, in.readerIndex(), length)) {
        transfer(in, length);
        continue;
      }
      int reply = thread.respond(in, in.readerIndex(), length, peer, port, Transport.TCP);
      in.skipBytes(length);
      if (reply == 0) {
        end();
        return;
      }
      replies.add(reply);
      sent++;
    }
    replies.write();
  }

  /** Hands the answer to a stream of its own; what the client sends meanwhile waits. */
  private void transfer(ByteBuf in, int length) {
    byte[] message = new byte[length];
    in.readBytes(message);
    thread.counts().add(NetCounter.TCP_TRANSFERS, 1);
    transfer =
        new TransferStream(
            channel,
            connections.transfers().begin(message, peer),
            () -> lastMessageNanos = thread.nanoTime(),
            this::transferred);
    transfer.goOn();
  }

  private void transferred() {
    transfer = null;
    sent++;
    inPass = true;
    answerHeld();
    endPass();
  }

  private void hold(ByteBuf received) {
    if (!received.isReadable() || ending) {
      return;
    }
    int octets = received.readableBytes();
    if (held == null) {
      held = channel.alloc().directBuffer(octets);
    } else if (held.readableBytes() + octets > MAX_HELD) {
      abort(NetCounter.TCP_STALLED);
      return;
    }
    held.writeBytes(received);
  }

  private void answerHeld() {
    if (held == null) {
      return;
    }
    answer(held);
    if (held.isReadable()) {
      held.discardReadBytes();
    } else {
      release();
    }
  }

  private void endPass() {
    countPass(); // first: whoever sees a reply also sees its connection as not idle
    channel.flush();
    if (inputEnded && transfer == null && (held == null || !Frames.hasNext(held))) {
      end();
    }
    boolean stalled = channel.isOpen() && !channel.isWritable();
    if (!inputEnded) {
      channel.config().setAutoRead(!stalled && !ending && transfer == null);
    }
    thread.holders().update(this, stalled || holdsMuch());
    inPass = false;
  }

  private void countPass() {
    if (answered > 0) {
      lastMessageNanos = thread.nanoTime();
      thread.counts().add(NetCounter.TCP_RECEIVED, answered);
      thread.counts().add(NetCounter.TCP_SENT, sent);
    }
    answered = 0;
    sent = 0;
  }

  private boolean holdsMuch() {
    return held != null && held.readableBytes() > FREELY_HELD;
  }

  /** Sends what is answered, then closes. Until all is sent, the idle timeout goes on. */
  private void end() {
    if (!ending) {
      ending = true;
      replies.write();
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void scheduleIdleCheck(long nanos) {
    idleCheck = channel.eventLoop().schedule(this::checkIdle, nanos, TimeUnit.NANOSECONDS);
  }

  private void checkIdle() {
    long left = connections.idleNanos() - (thread.nanoTime() - lastMessageNanos);
    if (left > 0) {
      scheduleIdleCheck(left);
    } else {
      abort(NetCounter.TCP_TIMEOUTS);
    }
  }

  private void lookAgain() {
    quiet = true;
    var _ =
        channel.eventLoop().schedule(this::endIfQuiet, Drain.LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void endIfQuiet() {
    if (quiet && held == null) {
      end();
    } else if (channel.isOpen()) {
      lookAgain();
    }
  }

  /** Closes at once; on this connection's own thread. */
  void abort(NetCounter why) {
    if (!channel.isOpen()) {
      return;
    }
    ending = true;
    thread.counts().add(why, 1);
    if (!Drain.isSent(channel)) {
      // A reset, else the kernel would keep what the client has not read for minutes.
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    var _ = channel.close();
  }

  /** Closes at once, to make room for another; on any thread. */
  void evict() {
    channel.eventLoop().execute(() -> abort(NetCounter.TCP_EVICTED));
  }

  /** When the last whole message came, or the connection was made. */
  long lastMessageNanos() {
    return lastMessageNanos;
  }

  long clientKey() {
    return Peers.clientKey(peer);
  }

  private void release() {
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
