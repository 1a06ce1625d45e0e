package io.fairlead.sync.amko;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.field.HostNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * AKO's HostRules of one cluster: what a host is called globally, and what else it is called. Only
 * accepted ones count; of two for one host the older.
 */
public final class HostRules {
  private static final Comparator<Rule> OLDEST =
      Comparator.comparing(Rule::created).thenComparing(Rule::namespace).thenComparing(Rule::name);

  /** By namespace/name. */
  private final Map<String, Rule> rules = new HashMap<>();

  /** The same by host, the one that counts first. */
  private final Map<String, TreeSet<Rule>> byHost = new HashMap<>();

  /**
   * A HostRule.
   *
   * @param host the host of the cluster's objects that it is for
   * @param globalHost null when it gives none
   * @param tls whether it gives the host a certificate
   */
  public record Rule(
      String namespace,
      String name,
      String created,
      String host,
      @Nullable String globalHost,
      boolean includeAliases,
      List<String> aliases,
      boolean tls) {}

  /** The rule for a host, if there is one. */
  public @Nullable Rule of(String host) {
    TreeSet<Rule> claims = byHost.get(host);
    return claims == null ? null : claims.first();
  }

  /** Takes a rule as it is now; the hosts that this concerns. */
  public List<String> put(GenericKubernetesResource object) {
    Rule now = read(object);
    if (Objects.equals(now, rules.get(key(object)))) {
      return List.of();
    }
    List<String> concerned = new ArrayList<>(remove(object));
    if (now != null) {
      rules.put(key(object), now);
      byHost.computeIfAbsent(now.host(), _ -> new TreeSet<>(OLDEST)).add(now);
      concerned.add(now.host());
    }
    return concerned;
  }

  /** Forgets a rule; the hosts that this concerns. */
  public List<String> remove(GenericKubernetesResource object) {
    Rule before = rules.remove(key(object));
    if (before == null) {
      return List.of();
    }
    byHost.computeIfPresent(
        before.host(), (_, claims) -> claims.remove(before) && claims.isEmpty() ? null : claims);
    return List.of(before.host());
  }

  /** Forgets all. */
  public void clear() {
    rules.clear();
    byHost.clear();
  }

  private static String key(GenericKubernetesResource object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  private static @Nullable Rule read(GenericKubernetesResource object) {
    Object tree = object.getAdditionalProperties();
    Object virtualHost = Fields.at(tree, "spec", "virtualhost");
    String host = name(Fields.text(virtualHost, "fqdn"));
    if (host == null || !"Accepted".equals(Fields.text(tree, "status", "status"))) {
      return null;
    }
    String created = object.getMetadata().getCreationTimestamp();
    return new Rule(
        String.valueOf(object.getMetadata().getNamespace()),
        object.getMetadata().getName(),
        created == null ? "" : created,
        host,
        name(Fields.text(virtualHost, "gslb", "fqdn")),
        Boolean.TRUE.equals(Fields.flag(virtualHost, "gslb", "includeAliases")),
        Fields.texts(virtualHost, "aliases").stream()
            .map(HostRules::name)
            .filter(Objects::nonNull)
            .distinct()
            .toList(),
        Fields.text(virtualHost, "tls", "sslKeyCertificate", "name") != null);
  }

  private static @Nullable String name(@Nullable String written) {
    if (written == null) {
      return null;
    }
    String normal = HostNames.normal(written);
    return HostNames.problem(normal) == null ? normal : null;
  }
}
