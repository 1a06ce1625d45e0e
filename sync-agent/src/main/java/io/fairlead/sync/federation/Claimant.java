package io.fairlead.sync.federation;

/**
 * Who may hold a Lease: a node, for the cluster that is its own.
 *
 * @param context the cluster, as the kubeconfig calls it
 * @param node the node's name; a cluster may have several
 */
record Claimant(String context, String node) {
  static final Claimant NOBODY = new Claimant("", "");

  /** Of a Lease's holderIdentity; names of contexts may have slashes, names of nodes have none. */
  static Claimant parse(String holder) {
    int slash = holder.lastIndexOf('/');
    return slash < 0
        ? new Claimant(holder, "")
        : new Claimant(holder.substring(0, slash), holder.substring(slash + 1));
  }

  boolean isNobody() {
    return context.isEmpty();
  }

  @Override
  public String toString() {
    return context + "/" + node;
  }
}
