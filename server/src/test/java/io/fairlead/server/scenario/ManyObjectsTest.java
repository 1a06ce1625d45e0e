package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.sync.cluster.Kubeconfigs;
import io.fairlead.sync.cluster.ScriptedApiServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten clusters with ten thousand objects. The figures are printed; what is asserted is far beyond
 * them, so that a busy machine fails nothing, and a change of the order of growth does.
 */
final class ManyObjectsTest {
  private static final int CLUSTERS = 10;
  private static final int OBJECTS_EACH = 1_000;
  private static final int SINGLE_CHANGES = 40;
  private static final int FLOOD = 3_000;
  private static final Map<String, String> GSLB = Map.of("app", "gslb");
  private static final long MEGABYTE = 1L << 20;

  @TempDir private Path folder;
  private final Map<String, ScriptedApiServer> clusters = new LinkedHashMap<>();

  @AfterEach
  void stop() {
    clusters.values().forEach(ScriptedApiServer::close);
  }

  private static String host(int cluster, int object) {
    return "app-" + cluster + "-" + object + ".gslb.guzware.net";
  }

  private void put(int cluster, int object, String address) {
    clusters
        .get("c" + cluster)
        .putIngress("web", "app-" + object, GSLB, List.of(host(cluster, object)), List.of(address));
  }

  private String yaml() throws Exception {
    Files.writeString(
        folder.resolve("gslb-members"),
        Kubeconfigs.of(
            clusters.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, c -> c.getValue().url()))));
    String contexts =
        IntStream.range(0, CLUSTERS)
            .mapToObj("    - { context: c%1$d, site: s%1$d }\n"::formatted)
            .collect(Collectors.joining());
    String sites =
        IntStream.range(0, CLUSTERS)
            .mapToObj("  - { name: s%d }\n"::formatted)
            .collect(Collectors.joining());
    return """
    version: 1
    node: { stateDirectory: "%s", readyTimeout: 60s }
    listen: { udp: ["127.0.0.1:0"], tcp: ["127.0.0.1:0"] }
    admin: { listen: "127.0.0.1:0" }
    rateLimit: { enabled: false }
    zones:
      - name: gslb.guzware.net
        contact: hostmaster.guzware.net
        nameServers: [ { name: ns1.gslb.guzware.net, addresses: ["127.0.0.1"] } ]
    sites:
    %ssync:
      kubeconfig: gslb-members
      clusters:
    %s  policy: { source: file, appSelector: { app: gslb }, ttl: 2s }
    """
        .formatted(folder.resolve("state"), sites, contexts);
  }

  @Test
  void tenClustersWithTenThousandObjects() throws Exception {
    for (int c = 0; c < CLUSTERS; c++) {
      clusters.put("c" + c, ScriptedApiServer.start());
      for (int i = 0; i < OBJECTS_EACH; i++) {
        put(c, i, "10." + c + "." + i / 250 + "." + (1 + i % 250));
      }
    }
    long heapBefore = heap();
    long start = System.nanoTime();
    try (var server = FruitServer.launch(folder, yaml())) {
      Until.isTrue(
          () -> "all services, not " + services(server),
          Duration.ofMinutes(2),
          () -> services(server) == CLUSTERS * OBJECTS_EACH);
      say("first sync of 10,000 objects", millisSince(start) + " ms");
      long heap = (heap() - heapBefore) / MEGABYTE;
      say("heap that they take", heap + " MB");
      assertThat(heap).as("MB").isLessThan(150);

      List<Long> delays = new ArrayList<>();
      for (int i = 0; i < SINGLE_CHANGES; i++) {
        delays.add(changeAndSee(server, i % CLUSTERS, i, "192.0.2." + (i + 1)));
      }
      Collections.sort(delays);
      say(
          "one change until it is answered",
          "median %d ms, worst %d ms".formatted(delays.get(SINGLE_CHANGES / 2), delays.getLast()));
      assertThat(delays.get(SINGLE_CHANGES / 2)).as("ms").isLessThan(3_000);

      long generation = server.server().published().snapshot().generation();
      long flood = System.nanoTime();
      for (int i = 0; i < FLOOD; i++) {
        put(i % CLUSTERS, 500, "198.51.100." + (1 + i % 250));
      }
      long seen = changeAndSee(server, 3, 500, "203.0.113.3");
      long generations = server.server().published().snapshot().generation() - generation;
      say(
          "3,000 changes at once",
          "answered after %d ms, the last within %d ms, in %d publishes"
              .formatted(millisSince(flood), seen, generations));
      assertThat(generations).as("publishes").isLessThan(FLOOD / 3);
    }
  }

  private long changeAndSee(FruitServer server, int cluster, int object, String address) {
    long start = System.nanoTime();
    put(cluster, object, address);
    Until.isTrue(
        "answered",
        Duration.ofMinutes(1),
        () -> server.ask().addresses(host(cluster, object)).equals(List.of(address)));
    return millisSince(start);
  }

  private static int services(FruitServer server) {
    return server.server().published().plan().services().size();
  }

  private static long millisSince(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void say(String what, String figure) {
    System.out.println("figure: " + what + ": " + figure);
  }
}
