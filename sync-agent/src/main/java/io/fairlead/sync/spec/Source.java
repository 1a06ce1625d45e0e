package io.fairlead.sync.spec;

/** What can offer members in a cluster. */
public enum Source {
  /** Ingress objects. */
  INGRESS,
  /** Services of type LoadBalancer. */
  SERVICE,
  /** OpenShift's Routes. */
  ROUTE,
  /** Gateway API: Gateways and the routes that they accepted. */
  GATEWAY,
  /** AKO's MultiClusterIngress objects. */
  MULTI_CLUSTER_INGRESS,
  /** external-dns' hostname annotation, on any of the others. */
  EXTERNAL_DNS
}
