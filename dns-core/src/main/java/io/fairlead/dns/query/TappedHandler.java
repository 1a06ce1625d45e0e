package io.fairlead.dns.query;

import io.fairlead.dns.tap.TapRing;
import io.fairlead.dns.tap.Taps;
import java.lang.foreign.MemorySegment;

/** Lets others see each query and what is sent to it; the outermost, so that it is what is sent. */
public final class TappedHandler implements PacketHandler {
  private final PacketHandler inner;
  private final Taps taps;

  public TappedHandler(PacketHandler inner, Taps taps) {
    this.inner = inner;
    this.taps = taps;
  }

  @Override
  public int respond(MemorySegment query, int queryLength, MemorySegment reply, Exchange exchange) {
    int length = inner.respond(query, queryLength, reply, exchange);
    TapRing ring = exchange.tap;
    if (ring == null) {
      ring = taps.newRing();
      exchange.tap = ring;
    }
    ring.offer(
        taps.nanoTime(),
        exchange.transport().ordinal(),
        exchange.client().resolver(),
        exchange.peerPort(),
        query,
        queryLength,
        reply,
        length);
    return length;
  }
}
