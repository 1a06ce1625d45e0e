package io.fairlead.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.stream.Stream;

/** A server under load, written {@code NAME=ADDRESS:PORT/PID}. */
record Target(String name, InetSocketAddress address, long pid) {
  static Target parse(String text) {
    String[] named = text.split("=", 2);
    String[] parts = named.length == 2 ? named[1].split("[:/]") : new String[0];
    if (parts.length != 3) {
      throw new IllegalArgumentException(text + " is not NAME=ADDRESS:PORT/PID");
    }
    var address =
        new InetSocketAddress(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1]));
    return new Target(named[0], address, Long.parseLong(parts[2]));
  }

  /** CPU time of each of its threads in nanoseconds, user and system. */
  Map<String, Long> cpu() throws IOException {
    var cpu = new HashMap<String, Long>();
    for (Path thread : threads()) {
      try {
        String columns = Files.readString(thread.resolve("schedstat"));
        cpu.put(
            thread.getFileName().toString(),
            Long.parseLong(columns.substring(0, columns.indexOf(' '))));
      } catch (IOException _) {
        // it has ended meanwhile
      }
    }
    return cpu;
  }

  private List<Path> threads() throws IOException {
    var threads = new ArrayList<Path>();
    addThreads(pid, threads);
    return threads;
  }

  /** Those of its children too: some servers answer in a process that they have forked. */
  private static void addThreads(long process, List<Path> threads) throws IOException {
    try (Stream<Path> own = Files.list(Path.of("/proc/" + process + "/task"))) {
      for (Path thread : own.toList()) {
        threads.add(thread);
        try (var children = new Scanner(thread.resolve("children"), StandardCharsets.US_ASCII)) {
          while (children.hasNextLong()) {
            addThreads(children.nextLong(), threads);
          }
        }
      }
    }
  }

  /** What its threads have taken since then. */
  long cpuSince(Map<String, Long> before) throws IOException {
    long sum = 0;
    for (Map.Entry<String, Long> thread : cpu().entrySet()) {
      sum += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
    }
    return sum;
  }
}
