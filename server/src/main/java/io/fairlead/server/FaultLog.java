package io.fairlead.server;

import io.fairlead.dns.net.DnsListener;
import io.fairlead.dns.net.NetFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log says of query threads in trouble: each kind once, for the rest is counted. */
final class FaultLog {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private FaultLog() {}

  static void tell(Throwable failure) {
    LOG.error("a query failed in our own code and got SERVFAIL; its like will be refused", failure);
  }

  static void tell(NetFault fault) {
    LOG.warn("{}: {}; further ones are counted only", fault.where(), fault.cause().toString());
  }

  /** Slower than it could be is worth a line, since everything else goes on as ever. */
  static void tellEngine(DnsListener listener) {
    if (!listener.whyNotBatch().isEmpty()) {
      LOG.warn("udp is served by netty, not by the batch engine: {}", listener.whyNotBatch());
    }
  }
}
