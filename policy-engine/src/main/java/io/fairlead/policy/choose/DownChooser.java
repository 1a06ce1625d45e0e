package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turn;
import io.fairlead.policy.explain.PolicyReason;
import io.fairlead.policy.spec.DownResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The down response of a service that asks no member: silence, no data, SERVFAIL, last resort. */
public final class DownChooser implements Responder {
  /** "No Reachable Authority": the zone's own sources of an answer are gone (RFC 8914, 4.23). */
  public static final int NO_REACHABLE_AUTHORITY = 22;

  private final List<PoolPlan> plans;
  private final DownResponse response;
  private final Choice.Outcome outcome;
  private final int record;
  private final @Nullable String lastResort;

  private DownChooser(
      List<PoolPlan> plans,
      DownResponse response,
      Choice.Outcome outcome,
      int record,
      @Nullable String lastResort) {
    this.plans = List.copyOf(plans);
    this.response = response;
    this.outcome = outcome;
    this.record = record;
    this.lastResort = lastResort;
  }

  /** An outcome without a record. */
  public static DownChooser of(
      List<PoolPlan> plans, DownResponse response, Choice.Outcome outcome) {
    return new DownChooser(plans, response, outcome, 0, null);
  }

  /**
   * One record for everybody.
   *
   * @param record its index in the steered RRset
   * @param target the address or the name in it, for people
   */
  public static DownChooser lastResort(
      List<PoolPlan> plans, DownResponse response, int record, String target) {
    return new DownChooser(plans, response, Choice.Outcome.RECORDS, record, target);
  }

  @Override
  public void choose(Client client, Liveness liveness, Turn turn, Choice choice) {
    if (choice.records()) {
      plans.forEach(plan -> plan.explainPool(choice));
      plans.forEach(plan -> plan.explainMembers(choice, false));
    }
    respond(client, turn, choice);
    if (choice.records() && lastResort != null) {
      choice.because(new PolicyReason.TimeToLive(choice.ttlSeconds()));
    }
  }

  @Override
  public void respond(Client client, Turn turn, Choice choice) {
    sayDown(response, choice);
    switch (outcome) {
      case DROP -> choice.drop();
      case SERVFAIL -> choice.servfail();
      case RECORDS -> {
        if (lastResort != null) {
          choice.take(record);
          if (choice.records()) {
            choice.because(new PolicyReason.LastResortTaken(lastResort));
          }
        }
      }
    }
  }

  static void sayDown(DownResponse response, Choice choice) {
    choice.extendedError(NO_REACHABLE_AUTHORITY);
    if (choice.records()) {
      choice.because(new PolicyReason.AllDown(response, NO_REACHABLE_AUTHORITY));
    }
  }
}
