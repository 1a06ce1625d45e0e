package io.fairlead.sync.spec;

/**
 * A cluster to import from.
 *
 * @param context the kubeconfig's context; of a cluster that is pushed, only its name
 * @param site the site that its VIPs belong to
 * @param pushed an agent inside it says what it offers; nobody connects to it
 */
public record ClusterSpec(String context, String site, boolean pushed) {
  /** One that is connected to. */
  public ClusterSpec(String context, String site) {
    this(context, site, false);
  }
}
