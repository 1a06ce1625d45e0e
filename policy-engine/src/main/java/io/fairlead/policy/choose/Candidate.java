package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Availability;
import io.fairlead.policy.spec.PoolMember;

/**
 * A member as the compiler saw it.
 *
 * @param record its index in the steered RRset; one address has one record, in however many pools
 * @param availability at the liveness compiled for, with what the file says taken in
 */
public record Candidate(int record, PoolMember member, Availability availability) {}
