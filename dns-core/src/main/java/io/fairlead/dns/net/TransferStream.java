package io.fairlead.dns.net;

import io.fairlead.dns.transfer.Transfer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * A zone on its way out over one connection: a message at each turn of the thread, as long as the
 * client takes them, so that neither a large zone nor a slow reader holds up anyone else.
 */
final class TransferStream {
  private final Channel channel;
  private final Transfer transfer;
  private final Runnable progress;
  private final Runnable done;
  private boolean scheduled;
  private boolean over;

  /**
   * @param progress run when a message has been written
   * @param done run behind the last one
   */
  TransferStream(Channel channel, Transfer transfer, Runnable progress, Runnable done) {
    this.channel = channel;
    this.transfer = transfer;
    this.progress = progress;
    this.done = done;
  }

  /** Goes on with the thread's next turn; the client may take more. */
  void goOn() {
    if (!scheduled && !over) {
      scheduled = true;
      channel.eventLoop().execute(this::step);
    }
  }

  private void step() {
    scheduled = false;
    if (over || !channel.isWritable()) {
      return; // when it is writable again, the connection says so
    }
    byte[] message = transfer.next();
    if (message == null) {
      close();
      done.run();
      return;
    }
    ByteBuf out = channel.alloc().directBuffer(Frames.LENGTH_OCTETS + message.length);
    out.writeShort(message.length).writeBytes(message);
    progress.run();
    var _ = channel.writeAndFlush(out, channel.voidPromise());
    goOn();
  }

  /** What has not been written never will be. */
  void close() {
    over = true;
    transfer.close();
  }
}
