package io.fairlead.dns.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * Tells a socket to finish: to answer what the system has already received for it, and to close.
 * The system does not say when that is all, so the socket looks again and again until a look finds
 * nothing.
 */
enum Drain {
  NOW;

  /** Between two looks; the thread polls its sockets at least once in between. */
  static final long LOOK_MILLIS = 10;

  /** Whether all replies have gone to the system. */
  static boolean isSent(Channel channel) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return waiting == null || waiting.isEmpty();
  }
}
