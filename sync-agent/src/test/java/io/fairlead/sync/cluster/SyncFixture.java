package io.fairlead.sync.cluster;

import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.spec.AmkoSpec;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.GlobalSpec;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.SyncSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** An agent over a kubeconfig in a directory of the test, in a hurry, with its sink. */
final class SyncFixture implements AutoCloseable {
  static final Map<String, String> GSLB = Map.of("app", "gslb");

  private static final Pace HURRY =
      new Pace(
          Duration.ofMillis(20),
          Duration.ofMillis(50),
          Duration.ofMillis(50),
          Duration.ofSeconds(3));

  final Heard heard = new Heard();

  /** What names lead to. */
  final Map<String, String> names = new ConcurrentHashMap<>();

  final SyncSpec spec;
  final SyncAgent agent;

  private SyncFixture(SyncSpec spec, Collection<ClusterMembers> lastKnown) {
    this.spec = spec;
    agent =
        SyncAgent.start(
            spec,
            heard,
            InstantSource.system(),
            new Random(1),
            lastKnown,
            HURRY,
            name -> {
              String address = names.get(name);
              if (address == null) {
                throw new UnknownHostException(name);
              }
              return List.of(InetAddress.ofLiteral(address));
            });
  }

  static SyncFixture of(Path directory, ImportPolicy policy, Map<String, String> servers) {
    return of(directory, policy, servers, List.of());
  }

  static SyncFixture of(
      Path directory,
      ImportPolicy policy,
      Map<String, String> servers,
      Collection<ClusterMembers> lastKnown) {
    return new SyncFixture(spec(write(directory, servers), policy, servers), lastKnown);
  }

  static SyncFixture amko(Path directory, Map<String, String> servers, AmkoSpec amko) {
    SyncSpec file = spec(write(directory, servers), policy(Map.of(), Map.of()), servers);
    return new SyncFixture(
        new SyncSpec(
            file.kubeconfig(),
            file.clusters(),
            file.policy(),
            file.shrink(),
            file.sources(),
            false,
            amko),
        List.of());
  }

  /** Nothing is selected but what GlobalServices name. */
  static SyncFixture global(Path directory, Map<String, String> servers, GlobalSpec global) {
    SyncSpec file = spec(write(directory, servers), policy(Map.of(), Map.of()), servers);
    return new SyncFixture(
        new SyncSpec(
            file.kubeconfig(),
            file.clusters(),
            file.policy(),
            file.shrink(),
            file.sources(),
            false,
            null,
            global.writeStatus(),
            global),
        List.of());
  }

  /** Objects are told what became of them. */
  static SyncFixture writing(Path directory, ImportPolicy policy, Map<String, String> servers) {
    SyncSpec file = spec(write(directory, servers), policy, servers);
    return new SyncFixture(
        new SyncSpec(
            file.kubeconfig(),
            file.clusters(),
            file.policy(),
            file.shrink(),
            file.sources(),
            false,
            null,
            true),
        List.of());
  }

  /** Load balancers' names are their addresses. */
  static SyncFixture resolving(Path directory, ImportPolicy policy, Map<String, String> servers) {
    SyncSpec file = spec(write(directory, servers), policy, servers);
    return new SyncFixture(
        new SyncSpec(
            file.kubeconfig(),
            file.clusters(),
            file.policy(),
            file.shrink(),
            file.sources(),
            true,
            null),
        List.of());
  }

  static SyncSpec spec(Path kubeconfig, ImportPolicy policy, Map<String, String> servers) {
    List<ClusterSpec> clusters =
        new TreeMap<>(servers)
            .keySet().stream().map(name -> new ClusterSpec(name, "site-" + name)).toList();
    return new SyncSpec(kubeconfig, clusters, policy);
  }

  static Path write(Path directory, Map<String, String> servers) {
    try {
      return Files.writeString(directory.resolve("gslb-members"), Kubeconfigs.of(servers));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ImportPolicy byApp(Map<String, String> labels) {
    return policy(labels, Map.of());
  }

  static ImportPolicy policy(Map<String, String> app, Map<String, String> namespace) {
    return new ImportPolicy(app, namespace, List.of(), Duration.ofSeconds(2), "round-robin");
  }

  @Override
  public void close() {
    agent.close();
  }
}
