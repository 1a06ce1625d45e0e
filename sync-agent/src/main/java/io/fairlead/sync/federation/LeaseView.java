package io.fairlead.sync.federation;

/**
 * A cluster's Lease as it was read.
 *
 * @param holder who holds it; {@link Claimant#NOBODY} when it was given back, or never was
 * @param term how often leadership had changed hands when it was taken (leaseTransitions)
 * @param version the object's resourceVersion; empty when there is no Lease yet. It changes with
 *     each renewal, so that nobody's clock has to agree with ours
 */
record LeaseView(Claimant holder, int term, String version) {
  static final LeaseView NONE = new LeaseView(Claimant.NOBODY, 0, "");
}
