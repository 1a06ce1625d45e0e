package io.fairlead.sync.merge;

import java.util.List;

/** How a VIP can be probed, as its object tells. */
public sealed interface Check {
  int HTTP_PORT = 80;
  int HTTPS_PORT = 443;

  /** What an object tells that tells nothing. */
  Check PLAIN = new Http(false, List.of("/"));

  /** By HTTP, each path; over TLS or not. */
  record Http(boolean tls, int port, List<String> paths) implements Check {
    public Http {
      paths = List.copyOf(paths);
    }

    /** At the port that clients use where nobody tells them. */
    public Http(boolean tls, List<String> paths) {
      this(tls, tls ? HTTPS_PORT : HTTP_PORT, paths);
    }

    /** The same over TLS. */
    public Http secured() {
      return tls ? this : new Http(true, port == HTTP_PORT ? HTTPS_PORT : port, paths);
    }
  }

  /** By TCP, to a port. */
  record Tcp(int port) implements Check {}

  /** By UDP, to a port. */
  record Udp(int port) implements Check {}
}
