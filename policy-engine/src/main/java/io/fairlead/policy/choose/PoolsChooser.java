package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turn;
import io.fairlead.policy.explain.PolicyReason;
import io.fairlead.policy.spec.DownResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers from the pools that the compiler took: from the pool whose turn it is or that is nearest,
 * and from the next ones where that has fewer members than the answer shall have.
 */
public final class PoolsChooser implements Responder {
  /**
   * How pools follow each other.
   *
   * @param joined pools that are asked, from the first; those behind are asked by distance only
   * @param sharing how many of them, from the first, take turns to be first; the rest follow
   * @param each whether each of them gives as many members as the answer shall have: everybody that
   *     the client may get, whoever's turn it is
   * @param distances where the nearest pool is the first; null = by priority alone
   */
  public record Order(int joined, int sharing, boolean each, @Nullable PoolDistances distances) {}

  private final List<PoolPlan> plans;
  private final Picker[] pickers;

  /** Which of them pick CNAMEs: an answer has one or addresses (RFC 1034 section 3.6.2). */
  private final boolean[] names;

  private final int joined;
  private final int sharing;
  private final boolean each;
  private final @Nullable PoolDistances distances;

  /**
   * The picker where there is one and it picks addresses: most services have a single pool, and
   * what is not looked at need not come from memory.
   */
  private final @Nullable Picker single;

  private final int answers;
  private final @Nullable PublicAddresses publicAddresses;
  private final @Nullable DownResponse down;
  private final @Nullable Responder ifNobody;

  private PoolsChooser(
      List<PoolPlan> plans,
      List<? extends Picker> pickers,
      Order order,
      int answers,
      @Nullable PublicAddresses publicAddresses,
      @Nullable DownResponse down,
      @Nullable Responder ifNobody) {
    this.plans = List.copyOf(plans);
    this.pickers = pickers.toArray(Picker[]::new);
    this.names = new boolean[this.pickers.length];
    int at = 0;
    for (PoolPlan plan : plans) {
      if (plan.fate().taken()) {
        names[at++] = plan.isOfAliases();
      }
    }
    this.joined = order.joined();
    this.sharing = order.sharing();
    this.each = order.each();
    this.distances = order.distances();
    this.single =
        joined == 1 && this.pickers.length == 1 && !names[0] && distances == null
            ? this.pickers[0]
            : null;
    this.answers = answers;
    this.publicAddresses = publicAddresses;
    this.down = down;
    this.ifNobody = ifNobody;
  }

  /**
   * For a service with members that can answer.
   *
   * @param plans all pools of the service, in the order of looking
   * @param pickers of the pools that are taken, in the same order
   * @param answers records of one answer at most
   * @param publicAddresses null where no member has one
   * @param ifNobody answers the clients whom a strict rule leaves without a member; null where
   *     there is no such rule
   */
  public static PoolsChooser inGoodTimes(
      List<PoolPlan> plans,
      List<? extends Picker> pickers,
      Order order,
      int answers,
      @Nullable PublicAddresses publicAddresses,
      @Nullable Responder ifNobody) {
    return new PoolsChooser(plans, pickers, order, answers, publicAddresses, null, ifNobody);
  }

  /** For a service without: all that the pickers have, as the response to that. */
  public static PoolsChooser allRecords(
      List<PoolPlan> plans,
      List<? extends Picker> pickers,
      Order order,
      @Nullable PublicAddresses publicAddresses,
      DownResponse down) {
    return new PoolsChooser(plans, pickers, order, Choice.CAPACITY, publicAddresses, down, null);
  }

  @Override
  public void choose(Client client, Liveness liveness, Turn turn, Choice choice) {
    if (choice.records()) {
      plans.forEach(plan -> plan.explainPool(choice));
    }
    pick(client, turn, choice);
    boolean nobody = choice.count() == 0 && ifNobody != null;
    if (ifNobody != null && nobody) {
      ifNobody.respond(client, turn, choice);
    }
    if (choice.records()) {
      plans.forEach(plan -> plan.explainMembers(choice, nobody));
      choice.because(new PolicyReason.TimeToLive(choice.ttlSeconds()));
    }
    if (publicAddresses != null) {
      publicAddresses.translate(client, choice);
    }
  }

  @Override
  public void respond(Client client, Turn turn, Choice choice) {
    pick(client, turn, choice);
  }

  private void pick(Client client, Turn turn, Choice choice) {
    if (down != null) {
      DownChooser.sayDown(down, choice);
    }
    if (single != null) {
      single.pick(client, turn, Picker.NO_POSITION, answers, choice);
      return;
    }
    if (distances != null) {
      int place = distances.placer().place(client, choice);
      if (distances.placer().isKnown(place)) {
        pickByDistance(client, turn, distances, place, choice);
        return;
      }
    }
    pickByPriority(client, turn, choice);
  }

  private void pickByPriority(Client client, Turn turn, Choice choice) {
    long position = Picker.NO_POSITION;
    int first = 0;
    if (sharing > 1) {
      long taken = turn.next();
      first = (int) (taken % sharing);
      position = taken / sharing;
      if (choice.records()) {
        choice.because(new PolicyReason.PoolTurnTaken(taken, explainName(first), sharing));
      }
    }
    for (int i = 0; i < joined && (each || choice.count() < answers); i++) {
      int pool = i < sharing ? (first + i) % sharing : i;
      int wanted = each ? choice.count() + answers : answers;
      if (!pickFrom(pool, client, turn, position, wanted, choice) && !each) {
        return;
      }
    }
  }

  private void pickByDistance(
      Client client, Turn turn, PoolDistances distances, int place, Choice choice) {
    int pool = -1;
    for (int i = 0; i < pickers.length && choice.count() < answers; i++) {
      pool = distances.locations().nearest(distances.placer().globe(), place, pool);
      if (pool < 0) {
        break;
      }
      if (choice.records()) {
        double away = distances.locations().kilometres(pool, distances.placer().globe(), place);
        choice.because(PolicyReason.PoolDistance.of(explainName(pool), away));
      }
      if (!pickFrom(pool, client, turn, Picker.NO_POSITION, answers, choice)) {
        return;
      }
    }
    if (choice.count() < answers) {
      pickByPriority(client, turn, choice); // pools that are at no known place
    }
  }

  private boolean pickFrom(
      int pool, Client client, Turn turn, long position, int wanted, Choice choice) {
    if (!names[pool]) {
      return pickers[pool].pick(client, turn, position, wanted, choice);
    }
    if (choice.count() > 0) {
      return true;
    }
    pickers[pool].pick(client, turn, position, 1, choice);
    return false;
  }

  private String explainName(int index) {
    return plans.stream().filter(plan -> plan.fate().taken()).toList().get(index).pool().name();
  }
}
