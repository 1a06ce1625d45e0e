package io.fairlead.sync.gateway;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.gateway.Gateway.Listener;
import io.fairlead.sync.merge.Check;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.object.ExternalDns;
import io.fairlead.sync.object.Paths;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A route of any kind.
 *
 * @param hosts that it names; empty = those of its listeners
 * @param parents that accepted it
 * @param paths of an HTTPRoute, at least the root
 */
record Route(
    Origin origin,
    Map<String, String> labels,
    Set<String> hosts,
    List<Parent> parents,
    List<String> paths,
    List<String> problems) {
  /** A Gateway, or one listener of it. */
  record Parent(String gateway, @Nullable String section, @Nullable Integer port) {
    boolean means(Listener listener) {
      return (section == null || section.equals(listener.name()))
          && (port == null || port == listener.port());
    }
  }

  static Route of(Origin origin, GenericKubernetesResource object, boolean externalDns) {
    Object tree = object.getAdditionalProperties();
    List<String> problems = new ArrayList<>();
    Set<String> hosts = new LinkedHashSet<>();
    for (String written : Fields.texts(tree, "spec", "hostnames")) {
      String host = HostNames.normal(written);
      String problem = HostNames.problem(host);
      if (problem == null) {
        hosts.add(host);
      } else {
        problems.add(problem);
      }
    }
    if (externalDns) {
      hosts.addAll(ExternalDns.hosts(object, problems));
    }
    Map<String, String> labels = object.getMetadata().getLabels();
    List<Parent> parents = parents(tree, origin.namespace());
    if (parents.isEmpty()) {
      problems.add("no Gateway has accepted it");
    }
    return new Route(
        origin, labels == null ? Map.of() : labels, hosts, parents, paths(tree), problems);
  }

  /** Parents whose status says Accepted. */
  private static List<Parent> parents(Object tree, String namespace) {
    List<Parent> parents = new ArrayList<>();
    for (Object status : Fields.list(tree, "status", "parents")) {
      boolean accepted =
          Fields.list(status, "conditions").stream()
              .anyMatch(
                  condition ->
                      "Accepted".equals(Fields.text(condition, "type"))
                          && "True".equals(Fields.text(condition, "status")));
      Object ref = Fields.at(status, "parentRef");
      String kind = Objects.requireNonNullElse(Fields.text(ref, "kind"), "Gateway");
      if (accepted && kind.equals("Gateway")) {
        String in = Objects.requireNonNullElse(Fields.text(ref, "namespace"), namespace);
        parents.add(
            new Parent(
                in + "/" + Fields.text(ref, "name"),
                Fields.text(ref, "sectionName"),
                Fields.number(ref, "port")));
      }
    }
    return parents;
  }

  private static List<String> paths(Object tree) {
    Set<String> paths = new LinkedHashSet<>();
    for (Object rule : Fields.list(tree, "spec", "rules")) {
      List<?> matches = Fields.list(rule, "matches");
      for (Object match : matches) {
        String path = Fields.text(match, "path", "value");
        boolean pattern = "RegularExpression".equals(Fields.text(match, "path", "type"));
        paths.add(path == null ? "/" : Paths.literal(path, pattern));
      }
      if (matches.isEmpty()) {
        paths.add("/");
      }
    }
    return paths.isEmpty() ? List.of("/") : paths.stream().limit(Paths.MOST).toList();
  }

  /** How it can be probed at a listener: what passes through is known by its port alone. */
  Check check(Listener listener) {
    return switch (listener.protocol()) {
      case "UDP" -> new Check.Udp(listener.port());
      case "HTTP", "HTTPS" ->
          origin.kind().equals("HTTPRoute")
              ? new Check.Http(listener.protocol().equals("HTTPS"), listener.port(), paths)
              : new Check.Tcp(listener.port());
      default -> new Check.Tcp(listener.port());
    };
  }
}
