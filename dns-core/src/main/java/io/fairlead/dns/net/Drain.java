package io.fairlead.dns.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Closes a socket once all that the system has received for it is read. The system does not say
 * when that is, so the socket is looked at again and again until a look finds nothing left.
 */
final class Drain {
  /** Asks a channel's handler to finish what it has, and to close. */
  enum Event {
    FINISH
  }

  /** Between two looks; the thread polls its sockets at least once in between. */
  static final long LOOK_MILLIS = 10;

  private boolean foundEmpty;

  /** The socket has been read from; fewer than could be read mean that nothing was left. */
  void read(int count, int atMost) {
    foundEmpty = count < atMost;
  }

  void start(Channel socket) {
    foundEmpty = true;
    Runnable look = () -> closeIfEmpty(socket);
    var _ = socket.eventLoop().schedule(look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void closeIfEmpty(Channel socket) {
    if (foundEmpty && isSent(socket)) {
      var _ = socket.close();
    } else {
      start(socket);
    }
  }

  /** Whether all replies have gone to the system. */
  static boolean isSent(Channel channel) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return waiting == null || waiting.isEmpty();
  }
}
