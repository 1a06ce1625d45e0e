package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turn;
import io.fairlead.policy.explain.PolicyReason;
import io.fairlead.policy.spec.DownResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers from the pools that the compiler took: from the pool whose turn it is, and from the next
 * ones where that has fewer members than the answer shall have.
 */
public final class PoolsChooser implements Chooser {
  private final Picker[] pickers;

  /** Which of them pick names: an answer has one CNAME or addresses (RFC 1034 section 3.6.2). */
  private final boolean[] names;

  private final int sharing;
  private final int answers;
  private final @Nullable DownResponse down;
  private final List<PoolPlan> plans;

  /**
   * @param plans all pools of the service, in the order of looking
   * @param pickers of the pools that are taken, in the same order
   * @param sharing how many of them, from the first, take turns to be first; the rest follow
   * @param answers records of one answer at most
   * @param down the response that this is, where no member can answer; null in good times
   */
  public PoolsChooser(
      List<PoolPlan> plans,
      List<? extends Picker> pickers,
      int sharing,
      int answers,
      @Nullable DownResponse down) {
    this.plans = List.copyOf(plans);
    this.pickers = pickers.toArray(Picker[]::new);
    this.names = new boolean[this.pickers.length];
    int at = 0;
    for (PoolPlan plan : plans) {
      if (plan.fate().taken()) {
        names[at++] = !plan.pool().names().isEmpty();
      }
    }
    this.sharing = sharing;
    this.answers = answers;
    this.down = down;
  }

  @Override
  public void choose(Client client, Liveness liveness, Turn turn, Choice choice) {
    if (choice.records()) {
      plans.forEach(plan -> plan.explainPool(choice));
    }
    if (down != null) {
      DownChooser.sayDown(down, choice);
    }
    long position = Picker.NO_POSITION;
    int first = 0;
    if (sharing > 1) {
      long taken = turn.next();
      first = (int) (taken % sharing);
      position = taken / sharing;
      if (choice.records()) {
        choice.because(new PolicyReason.PoolTurnTaken(taken, takenPool(first), sharing));
      }
    }
    for (int i = 0; i < pickers.length && choice.count() < answers; i++) {
      int pool = i < sharing ? (first + i) % sharing : i;
      if (!names[pool]) {
        pickers[pool].pick(client, turn, position, answers, choice);
      } else if (choice.count() == 0) {
        pickers[pool].pick(client, turn, position, 1, choice);
        break;
      }
    }
    if (choice.records()) {
      plans.forEach(plan -> plan.explainMembers(choice));
      choice.because(new PolicyReason.TimeToLive(choice.ttlSeconds()));
    }
  }

  private String takenPool(int index) {
    return plans.stream().filter(plan -> plan.fate().taken()).toList().get(index).pool().name();
  }
}
