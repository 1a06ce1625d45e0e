package io.fairlead.sync.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;

/**
 * The kinds of objects that are followed, as the API names them: each in the versions that we read,
 * the best first.
 */
final class Kinds {
  private static final String AMKO = "amko.vmware.com";

  static final List<ResourceDefinitionContext> INGRESS =
      List.of(kind("networking.k8s.io", "v1", "Ingress", "ingresses", true));
  static final List<ResourceDefinitionContext> NAMESPACE =
      List.of(kind("", "v1", "Namespace", "namespaces", false));
  static final List<ResourceDefinitionContext> HOST_RULE =
      List.of(
          kind("ako.vmware.com", "v1beta1", "HostRule", "hostrules", true),
          kind("ako.vmware.com", "v1alpha1", "HostRule", "hostrules", true));
  static final List<ResourceDefinitionContext> GSLB_CONFIG =
      List.of(kind(AMKO, "v1alpha1", "GSLBConfig", "gslbconfigs", true));
  static final List<ResourceDefinitionContext> GLOBAL_DEPLOYMENT_POLICY =
      List.of(kind(AMKO, "v1alpha2", "GlobalDeploymentPolicy", "globaldeploymentpolicies", true));
  static final List<ResourceDefinitionContext> GSLB_HOST_RULE =
      List.of(kind(AMKO, "v1alpha1", "GSLBHostRule", "gslbhostrules", true));

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
