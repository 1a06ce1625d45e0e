package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turn;
import io.fairlead.policy.explain.PolicyReason;
import io.fairlead.policy.spec.DownResponse;
import java.util.List;

/** The down response of a service whose answer has no records: silence, no data, or SERVFAIL. */
public final class DownChooser implements Chooser {
  /** "No Reachable Authority": the zone's own sources of an answer are gone (RFC 8914, 4.23). */
  public static final int NO_REACHABLE_AUTHORITY = 22;

  private final Choice.Outcome outcome;
  private final DownResponse response;
  private final List<PoolPlan> plans;

  public DownChooser(List<PoolPlan> plans, DownResponse response, Choice.Outcome outcome) {
    this.plans = List.copyOf(plans);
    this.response = response;
    this.outcome = outcome;
  }

  @Override
  public void choose(Client client, Liveness liveness, Turn turn, Choice choice) {
    if (choice.records()) {
      plans.forEach(plan -> plan.explainPool(choice));
      plans.forEach(plan -> plan.explainMembers(choice));
    }
    sayDown(response, choice);
    switch (outcome) {
      case DROP -> choice.drop();
      case SERVFAIL -> choice.servfail();
      case RECORDS -> {} // none: no data
    }
  }

  static void sayDown(DownResponse response, Choice choice) {
    choice.extendedError(NO_REACHABLE_AUTHORITY);
    if (choice.records()) {
      choice.because(new PolicyReason.AllDown(response, NO_REACHABLE_AUTHORITY));
    }
  }
}
