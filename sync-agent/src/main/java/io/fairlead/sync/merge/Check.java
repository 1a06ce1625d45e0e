package io.fairlead.sync.merge;

import java.util.List;

/** How a VIP can be probed, as its object tells. */
public sealed interface Check {
  /** What an object tells that tells nothing. */
  Check PLAIN = new Http(false, List.of("/"));

  /**
   * By HTTP, each path.
   *
   * @param tls to port 443 instead of 80
   */
  record Http(boolean tls, List<String> paths) implements Check {
    public Http {
      paths = List.copyOf(paths);
    }
  }

  /** By TCP, to a port. */
  record Tcp(int port) implements Check {}

  /** By UDP, to a port. */
  record Udp(int port) implements Check {}
}
