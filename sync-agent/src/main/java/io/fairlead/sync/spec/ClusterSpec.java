package io.fairlead.sync.spec;

/**
 * A cluster to import from.
 *
 * @param context the kubeconfig's context
 * @param site the site that its VIPs belong to
 */
public record ClusterSpec(String context, String site) {}
