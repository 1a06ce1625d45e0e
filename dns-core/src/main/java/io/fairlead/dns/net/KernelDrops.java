package io.fairlead.dns.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Datagrams that Linux dropped before we read them, mostly because a receive buffer was full. */
final class KernelDrops {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

  private KernelDrops() {}

  /** Over all sockets of these addresses, since each was opened; 0 where no kernel tells. */
  static long sum(Collection<InetSocketAddress> addresses) {
    Set<String> wanted = new HashSet<>();
    addresses.forEach(address -> wanted.add(kernelName(address)));
    long sum = 0;
    for (Path table : TABLES) {
      try {
        sum += sum(Files.readAllLines(table), wanted);
      } catch (IOException _) {
        // no such table: not Linux, or no IPv6
      }
    }
    return sum;
  }

  /**
   * @param lines of /proc/net/udp; the second column is the local address, the last one the drops
   */
  static long sum(List<String> lines, Set<String> wanted) {
    long sum = 0;
    for (String line : lines) {
      List<String> columns = List.of(line.strip().split("\\s+"));
      if (columns.size() > 2 && wanted.contains(columns.get(1))) {
        sum += Long.parseLong(columns.getLast());
      }
    }
    return sum;
  }

  /** As the table says it: each 32 bits of the address as a number of the machine, in hex. */
  static String kernelName(InetSocketAddress address) {
    var words =
        ByteBuffer.wrap(address.getAddress().getAddress())
            .order(ByteOrder.nativeOrder())
            .asIntBuffer();
    var name = new StringBuilder();
    while (words.hasRemaining()) {
      name.append("%08X".formatted(words.get()));
    }
    return name.append(":%04X".formatted(address.getPort())).toString();
  }
}
