package io.fairlead.sync.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The kinds of objects that are followed, as the API names them. */
final class Kinds {
  static final ResourceDefinitionContext INGRESS =
      kind("networking.k8s.io", "v1", "Ingress", "ingresses", true);
  static final ResourceDefinitionContext NAMESPACE =
      kind("", "v1", "Namespace", "namespaces", false);

  private Kinds() {}

  private static ResourceDefinitionContext kind(
      String group, String version, String kind, String plural, boolean namespaced) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(namespaced)
        .build();
  }
}
