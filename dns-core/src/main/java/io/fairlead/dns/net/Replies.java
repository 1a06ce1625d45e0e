package io.fairlead.dns.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The way out of one TCP connection: replies, each behind its length, gathered so that what is
 * answered in one pass is one write (RFC 7766 section 8). Holds no buffer between passes.
 */
final class Replies {
  /** Gathered up to this many octets, then written as one buffer. */
  private static final int CHUNK = 16 << 10;

  private final Channel channel;
  private final QueryThread thread;
  private @Nullable ByteBuf gathered;

  Replies(Channel channel, QueryThread thread) {
    this.channel = channel;
    this.thread = thread;
  }

  /** Whether the client reads: if not, what waits for it already is as much as may wait. */
  boolean areTaken() {
    if (!channel.isWritable()) {
      channel.flush();
    }
    return channel.isWritable();
  }

  /** Adds the thread's last reply, of this length. */
  void add(int length) {
    int octets = Frames.LENGTH_OCTETS + length;
    if (gathered != null && gathered.readableBytes() + octets > CHUNK) {
      write();
    }
    if (gathered == null) {
      gathered = channel.alloc().directBuffer(octets);
    }
    gathered.writeShort(length);
    thread.copyReply(length, gathered);
  }

  /** Hands over what is gathered; it goes out with the next flush. */
  void write() {
    if (gathered != null) {
      var _ = channel.write(gathered, channel.voidPromise());
      gathered = null;
    }
  }

  void release() {
    if (gathered != null) {
      gathered.release();
      gathered = null;
    }
  }
}
