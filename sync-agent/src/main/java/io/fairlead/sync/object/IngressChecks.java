package io.fairlead.sync.object;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.merge.Check;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the hosts of an Ingress can be probed: by all paths of all its rules, over TLS where {@code
 * spec.tls} or AKO's annotation says so; as plain TCP where AKO passes TLS through.
 */
record IngressChecks(Map<String, Check> byHost) {
  /** AKO: every host has the default certificate; present is enough, whatever its value. */
  private static final String ALL_TLS = "ako.vmware.com/enable-tls";

  private static final String PASSTHROUGH = "passthrough.ako.vmware.com/enabled";

  static IngressChecks of(GenericKubernetesResource object, Set<String> hosts) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    Map<String, String> said = annotations == null ? Map.of() : annotations;
    boolean passthrough = "true".equals(said.get(PASSTHROUGH));
    boolean allTls = said.containsKey(ALL_TLS);
    Object tree = object.getAdditionalProperties();
    Set<String> tls = new HashSet<>();
    for (Object entry : Fields.list(tree, "spec", "tls")) {
      Fields.texts(entry, "hosts").forEach(host -> tls.add(HostNames.normal(host)));
    }
    Map<String, Set<String>> paths = paths(tree);
    Map<String, Check> checks = new HashMap<>();
    for (String host : hosts) {
      checks.put(
          host,
          passthrough
              ? new Check.Tcp(Check.HTTPS_PORT)
              : new Check.Http(
                  allTls || tls.contains(host),
                  List.copyOf(paths.getOrDefault(host, Set.of("/")))));
    }
    return new IngressChecks(checks);
  }

  Check check(String host) {
    return byHost.getOrDefault(host, Check.PLAIN);
  }

  private static Map<String, Set<String>> paths(Object tree) {
    Map<String, Set<String>> paths = new HashMap<>();
    for (Object rule : Fields.list(tree, "spec", "rules")) {
      String host = Fields.text(rule, "host");
      for (Object entry : Fields.list(rule, "http", "paths")) {
        String path = Fields.text(entry, "path");
        if (host != null) {
          Set<String> known =
              paths.computeIfAbsent(HostNames.normal(host), _ -> new LinkedHashSet<>());
          if (known.size() < Paths.MOST) {
            boolean pattern = "ImplementationSpecific".equals(Fields.text(entry, "pathType"));
            known.add(path == null ? "/" : Paths.literal(path, pattern));
          }
        }
      }
    }
    return paths;
  }
}
