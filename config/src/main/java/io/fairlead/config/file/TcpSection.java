package io.fairlead.config.file;

import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.dns.net.TcpLimits;
import java.time.Duration;

/** {@code tcp}. */
final class TcpSection {
  private static final Key<Integer> MAX_CONNECTIONS =
      Key.optional(
          "maxConnections",
          Numbers.between(1, 1_000_000),
          TcpLimits.DEFAULT.maxConnections(),
          "connections of all clients; the longest idle one makes room for a newcomer");
  private static final Key<Integer> MAX_PER_CLIENT =
      Key.optional(
          "maxPerClient",
          Numbers.between(1, 1_000_000),
          TcpLimits.DEFAULT.maxPerClient(),
          "connections of one IPv4 address or IPv6 /64");

  /** A minute is far more than RFC 7766 section 6.2.3 asks for; what is told fits 16 bits. */
  private static final Key<Duration> IDLE_TIMEOUT =
      Key.optional(
          "idleTimeout",
          Durations.between(Duration.ofMillis(100), Duration.ofMinutes(10)),
          TcpLimits.DEFAULT.idleTimeout(),
          "how long a connection lives after its last whole message");

  static final KeyTable KEYS = KeyTable.of("tcp", MAX_CONNECTIONS, MAX_PER_CLIENT, IDLE_TIMEOUT);

  private TcpSection() {}

  static TcpLimits read(Section tcp) {
    return new TcpLimits(tcp.get(MAX_CONNECTIONS), tcp.get(MAX_PER_CLIENT), tcp.get(IDLE_TIMEOUT));
  }
}
