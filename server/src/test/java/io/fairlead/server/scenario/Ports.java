package io.fairlead.server.scenario;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1 that the system has free, for processes that are told theirs. */
final class Ports {
  private Ports() {}

  /** Free for UDP and TCP, a moment ago. */
  static int free() throws IOException {
    for (int attempt = 0; attempt < 50; attempt++) {
      try (var tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          var udp = new DatagramSocket(null)) {
        if (isFree(udp, tcp.getLocalPort())) {
          return tcp.getLocalPort();
        }
      }
    }
    throw new IOException("no port is free for UDP and TCP");
  }

  private static boolean isFree(DatagramSocket udp, int port) {
    try {
      udp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
