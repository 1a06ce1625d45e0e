package io.fairlead.sync.cluster;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.TreeMap;

/** Kubeconfig files, as tests write them. */
public final class Kubeconfigs {
  private Kubeconfigs() {}

  /** A kubeconfig of contexts and the servers that they lead to. */
  public static String of(Map<String, String> servers) {
    var text = new StringBuilder("apiVersion: v1\nkind: Config\n");
    String clusters = each(servers, "  - { name: %1$s-c, cluster: { server: \"%2$s\" } }\n");
    String contexts =
        each(servers, "  - { name: %1$s, context: { cluster: %1$s-c, user: %1$s-u } }\n");
    String users = each(servers, "  - { name: %1$s-u, user: { token: not-a-secret } }\n");
    text.append("clusters:\n").append(clusters).append("contexts:\n").append(contexts);
    return text.append("users:\n").append(users).toString();
  }

  private static String each(Map<String, String> servers, String line) {
    return new TreeMap<>(servers)
        .entrySet().stream().map(e -> line.formatted(e.getKey(), e.getValue())).collect(joining());
  }
}
