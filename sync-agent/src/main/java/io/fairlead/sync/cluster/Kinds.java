package io.fairlead.sync.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.stream.Stream;

/**
 * The kinds of objects that are followed, as the API names them: each in the versions that we read,
 * the best first.
 */
final class Kinds {
  private static final String AMKO = "amko.vmware.com";
  private static final String FAIRLEAD = "fairlead.io";
  private static final String GATEWAY_API = "gateway.networking.k8s.io";

  static final List<ResourceDefinitionContext> INGRESS =
      List.of(kind("networking.k8s.io", "v1", "Ingress", "ingresses", true));
  static final List<ResourceDefinitionContext> SERVICE =
      List.of(kind("", "v1", "Service", "services", true));
  static final List<ResourceDefinitionContext> ROUTE =
      List.of(kind("route.openshift.io", "v1", "Route", "routes", true));
  static final List<ResourceDefinitionContext> MULTI_CLUSTER_INGRESS =
      List.of(
          kind("ako.vmware.com", "v1alpha1", "MultiClusterIngress", "multiclusteringresses", true));
  static final List<ResourceDefinitionContext> GATEWAY =
      gatewayApi("Gateway", "gateways", "v1", "v1beta1");
  static final List<List<ResourceDefinitionContext>> GATEWAY_ROUTES =
      List.of(
          gatewayApi("HTTPRoute", "httproutes", "v1", "v1beta1"),
          gatewayApi("GRPCRoute", "grpcroutes", "v1", "v1alpha2"),
          gatewayApi("TLSRoute", "tlsroutes", "v1", "v1alpha3", "v1alpha2"),
          gatewayApi("TCPRoute", "tcproutes", "v1alpha2"),
          gatewayApi("UDPRoute", "udproutes", "v1alpha2"));
  static final List<ResourceDefinitionContext> NAMESPACE =
      List.of(kind("", "v1", "Namespace", "namespaces", false));
  static final List<ResourceDefinitionContext> EVENT =
      List.of(kind("", "v1", "Event", "events", true));
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

  static final List<ResourceDefinitionContext> GLOBAL_SERVICE =
      List.of(kind(FAIRLEAD, "v1alpha1", "GlobalService", "globalservices", true));
  static final List<ResourceDefinitionContext> HEALTH_MONITOR =
      List.of(kind(FAIRLEAD, "v1alpha1", "HealthMonitor", "healthmonitors", true));

  private Kinds() {}

  private static List<ResourceDefinitionContext> gatewayApi(
      String kind, String plural, String... versions) {
    return Stream.of(versions)
        .map(version -> kind(GATEWAY_API, version, kind, plural, true))
        .toList();
  }

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
