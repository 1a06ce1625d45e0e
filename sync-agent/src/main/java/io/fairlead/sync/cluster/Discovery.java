package io.fairlead.sync.cluster;

import static java.util.stream.Collectors.toSet;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fairlead.sync.cluster.Connection.Kind;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One look at which kinds a cluster has, asking for each group and version once. */
final class Discovery {
  private final KubernetesClient client;

  /** Plurals by group and version. */
  private final Map<String, Set<String>> known = new HashMap<>();

  Discovery(KubernetesClient client) {
    this.client = client;
  }

  /** The best version of a kind; null when the cluster does not have it, or will not say. */
  @Nullable ResourceDefinitionContext find(Kind kind) {
    if (!kind.optional()) {
      return kind.definitions().getFirst();
    }
    for (ResourceDefinitionContext version : kind.definitions()) {
      String group = version.getGroup().isEmpty() ? "" : version.getGroup() + "/";
      if (known
          .computeIfAbsent(group + version.getVersion(), this::plurals)
          .contains(version.getPlural())) {
        return version;
      }
    }
    return null;
  }

  /** Who may not ask learns of no kinds; a cluster that is not well is asked again. */
  private Set<String> plurals(String groupVersion) {
    try {
      var resources = client.getApiResources(groupVersion);
      return resources == null || resources.getResources() == null
          ? Set.of()
          : resources.getResources().stream().map(APIResource::getName).collect(toSet());
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
          || e.getCode() == HttpURLConnection.HTTP_BAD_METHOD) {
        return Set.of();
      }
      throw e;
    }
  }

  /** Credentials that were made for less than we can read are no reason to read nothing. */
  boolean mayList(ResourceDefinitionContext definition) {
    try {
      var _ =
          client
              .genericKubernetesResources(definition)
              .inAnyNamespace()
              .list(new ListOptionsBuilder().withLimit(1L).build());
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return false;
      }
      throw e;
    }
  }
}
