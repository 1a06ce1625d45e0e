package io.fairlead.dns.net;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.net.batch.BatchEngine;
import io.fairlead.dns.net.batch.BatchEvents;
import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.PacketHandler;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedCollection;

/** UDP through the batch engine. */
final class BatchUdp implements UdpEngine {
  private final BatchEngine engine;
  private final NetCounts counts;
  private final Faults faults;
  private long receiveBuffer;

  BatchUdp(int threads, PacketHandler handler, Counters counters, NetCounts counts, Faults faults) {
    this.engine = new BatchEngine(threads, handler, () -> Exchange.of(counters.newTally()));
    this.counts = counts;
    this.faults = faults;
  }

  /**
   * A wildcard is one socket for each thread, whose replies say where they come from; it has the
   * addresses of its family and port already.
   */
  @Override
  public SequencedCollection<InetSocketAddress> expand(List<InetSocketAddress> asked) {
    var all = new LinkedHashSet<>(asked);
    for (InetSocketAddress wildcard : asked) {
      if (wildcard.getAddress().isAnyLocalAddress()) {
        all.removeIf(each -> !each.equals(wildcard) && Wildcards.has(wildcard, each));
      }
    }
    return all;
  }

  @Override
  public InetSocketAddress open(InetSocketAddress address) throws ListenException {
    try {
      BatchEngine.Opened opened = engine.open(address, new Events(address));
      receiveBuffer = opened.receiveBuffer();
      return opened.address();
    } catch (IOException e) {
      throw new ListenException("udp", address, e);
    }
  }

  @Override
  public long receiveBuffer() {
    return receiveBuffer;
  }

  @Override
  public void finish() {
    engine.finish();
  }

  @Override
  public void close(long end) {
    engine.close(() -> Duration.ofNanos(Math.max(1, end - Ticker.systemTicker().nanoTime())));
  }

  private final class Events implements BatchEvents {
    private final String where;

    private Events(InetSocketAddress address) {
      where = "udp " + NetUtil.toSocketAddressString(address);
    }

    @Override
    public void done(int received, int sent, int unsent) {
      counts.add(NetCounter.UDP_RECEIVED, received);
      counts.add(NetCounter.UDP_SENT, sent);
      counts.add(NetCounter.UDP_UNSENT, unsent);
    }

    @Override
    public void fault(Throwable cause) {
      faults.report(where, cause);
    }
  }
}
