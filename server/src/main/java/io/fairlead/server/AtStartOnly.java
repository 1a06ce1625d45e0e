package io.fairlead.server;

import io.fairlead.config.FairleadConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a configuration a reload cannot change, because sockets and threads were made of it. */
final class AtStartOnly {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private AtStartOnly() {}

  /** Says in the log when it is other than what was started with. */
  static void compare(FairleadConfig started, FairleadConfig config) {
    if (!config.listen().equals(started.listen())
        || !config.admin().equals(started.admin())
        || !config.wire().taps().equals(started.wire().taps())
        || !config.reporting().equals(started.reporting())) {
      LOG.warn(
          "listen, tcp, admin, queryLog, dnstap, events and telemetry are taken at start only:"
              + " restart to change them");
    }
  }
}
