package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.policy.explain.MemberFate;
import io.fairlead.policy.explain.PolicyReason;
import io.fairlead.policy.explain.PoolFate;
import io.fairlead.policy.spec.PoolSpec;
import java.util.List;

/**
 * What the compiler decided about a pool, for one family and one liveness; read only by {@code
 * explain}.
 *
 * @param candidates its members of the family, in the order of the file
 * @param isOfAliases whether its members are answered as CNAME
 */
public record PoolPlan(
    PoolSpec pool, PoolFate fate, List<Candidate> candidates, boolean isOfAliases) {
  void explainPool(Choice choice) {
    choice.because(new PolicyReason.PoolConsidered(pool.name(), pool.priority(), fate));
  }

  /**
   * Says what became of each member.
   *
   * @param anyPool whether the answer may be from pools that were left: a last resort's is
   */
  void explainMembers(Choice choice, boolean anyPool) {
    for (Candidate candidate : candidates) {
      int place = fate.taken() || anyPool ? place(candidate, choice) : 0;
      choice.because(
          new PolicyReason.MemberConsidered(
              pool.name(),
              candidate.member().site(),
              candidate.member().target(),
              candidate.member().weight(),
              candidate.member().origin(),
              candidate.share(),
              candidate.availability(),
              fateOf(candidate, place),
              place));
    }
  }

  private MemberFate fateOf(Candidate candidate, int place) {
    if (place > 0) {
      return MemberFate.TAKEN;
    }
    if (!candidate.availability().eligible()) {
      return MemberFate.NOT_ELIGIBLE;
    }
    return fate.taken() ? MemberFate.NOT_PICKED : MemberFate.POOL_LEFT;
  }

  private static int place(Candidate candidate, Choice choice) {
    for (int i = 0; i < choice.count(); i++) {
      if (choice.record(i) == candidate.record()) {
        return i + 1;
      }
    }
    return 0;
  }
}
