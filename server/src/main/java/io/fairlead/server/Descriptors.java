package io.fairlead.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.fairlead.dns.net.ListenSpec;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file descriptors of this process. Strangers who open TCP connections must never take those
 * that probes, the admin API and the kept state need: they get two thirds of what is free at the
 * start.
 */
final class Descriptors {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  /**
   * Two threads that accept 16 sockets at once before they look at the limit, and as many for
   * probes, the admin API and the state.
   */
  private static final int LEFT = 64;

  private Descriptors() {}

  /** How many sockets probes may have at once: what clients cannot take, but for our own. */
  static int forProbes() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? forProbes(system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount())
        : Integer.MAX_VALUE;
  }

  static int forProbes(long limit, long open) {
    return Math.clamp((limit - open) / 3 - LEFT, 1, Integer.MAX_VALUE);
  }

  /** What to listen with, so that the limit of this process holds; says so where that is less. */
  static ListenSpec within(ListenSpec spec) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? within(spec, system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount())
        : spec;
  }

  /**
   * @param limit descriptors that the process may have open
   * @param open those that it has
   */
  static ListenSpec within(ListenSpec spec, long limit, long open) {
    long free = limit - open;
    long connections = Math.max(1, Math.min(free * 2 / 3, free - LEFT));
    int wanted = spec.tcpLimits().maxConnections();
    if (wanted <= connections) {
      return spec;
    }
    LOG.warn(
        "tcp.maxConnections is {}, but this process may open {} files: {} connections are held at"
            + " most, and the rest is kept for probes, the admin API and the state; raise the"
            + " limit (ulimit -n, LimitNOFILE=) or lower tcp.maxConnections",
        wanted,
        limit,
        connections);
    return spec.with(spec.tcpLimits().withMaxConnections((int) connections));
  }
}
