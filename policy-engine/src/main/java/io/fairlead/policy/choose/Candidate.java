package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.policy.spec.PoolMember;

/**
 * A member as the compiler saw it.
 *
 * @param record its index in the steered RRset; one address has one record, in however many pools
 * @param availability at the liveness compiled for, with what the file says taken in
 * @param share of its weight, in sixteenths; less than {@link Liveness#WHOLE} in a slow start
 */
public record Candidate(int record, PoolMember member, Availability availability, int share) {
  /** Its weight beside the others of its pool, of whom each is scaled alike. */
  public int weight() {
    return member.weight() * share;
  }
}
