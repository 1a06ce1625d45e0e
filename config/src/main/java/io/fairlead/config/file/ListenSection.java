package io.fairlead.config.file;

import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.dns.net.Engine;
import io.fairlead.dns.net.ListenSpec;
import io.fairlead.dns.net.TcpLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code listen}. */
final class ListenSection {
  /** Loopback, and a port that needs no right: who says nothing is reached by nobody else. */
  private static final List<InetSocketAddress> NOWHERE_ELSE =
      List.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5300));

  private static final Key<List<InetSocketAddress>> UDP =
      Key.otherwise(
          "udp", ListValue.some(Addresses.LISTEN), "as tcp, or [\"127.0.0.1:5300\"]", "UDP");

  /** RFC 7766 section 5: TCP is not optional, so it follows UDP. */
  private static final Key<List<InetSocketAddress>> TCP =
      Key.otherwise(
          "tcp", ListValue.some(Addresses.LISTEN), "as udp, or [\"127.0.0.1:5300\"]", "TCP");

  private static final Key<Integer> THREADS =
      Key.otherwise("threads", Numbers.between(1, 1024), "the number of cores", "query threads");

  private static final Key<Engine> ENGINE =
      Key.optional(
          "engine",
          WordValue.of("auto", Engine.AUTO).or("batch", Engine.BATCH).or("netty", Engine.NETTY),
          Engine.AUTO,
          "how UDP is read and written");

  static final KeyTable KEYS =
      KeyTable.of("listen", UDP, TCP, THREADS, ENGINE)
          .later("tls", "DNS over TLS")
          .later("https", "DNS over HTTPS")
          .later("quic", "DNS over QUIC");

  private ListenSection() {}

  static ListenSpec read(Section listen, TcpLimits tcpLimits) {
    List<InetSocketAddress> udp = addresses(listen, UDP);
    List<InetSocketAddress> tcp = addresses(listen, TCP);
    Integer threads = listen.find(THREADS);
    return new ListenSpec(
        listen.has(UDP) ? udp : listen.has(TCP) ? tcp : NOWHERE_ELSE,
        listen.has(TCP) ? tcp : listen.has(UDP) ? udp : NOWHERE_ELSE,
        threads != null ? threads : Runtime.getRuntime().availableProcessors(),
        listen.get(ENGINE),
        tcpLimits);
  }

  private static List<InetSocketAddress> addresses(
      Section listen, Key<List<InetSocketAddress>> key) {
    List<InetSocketAddress> addresses = listen.get(key);
    if (listen.isSound(key)) {
      Set<InetSocketAddress> seen = new HashSet<>();
      for (int i = 0; i < addresses.size(); i++) {
        if (addresses.get(i).getPort() != 0 && !seen.add(addresses.get(i))) {
          listen.error(key, i, "this address is in the list already; each is bound once");
        }
      }
    }
    return addresses;
  }
}
