package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Turn;
import java.util.List;

/** Groups of members in order: a later one only where the answer has room after the earlier. */
public final class TieredPicker implements Picker {
  private final RoundRobinPicker[] tiers;

  public TieredPicker(List<RoundRobinPicker> tiers) {
    this.tiers = tiers.toArray(RoundRobinPicker[]::new);
  }

  @Override
  public boolean pick(Client client, Turn turn, long position, int wanted, Choice choice) {
    long shared = position;
    for (int i = 0; i < tiers.length && choice.count() < wanted; i++) {
      if (shared == NO_POSITION && !tiers[i].isAlone()) {
        // One turn for all tiers: a second one would make every other turn of the first tier skip.
        shared = turn.next();
      }
      tiers[i].pick(client, turn, shared, wanted, choice);
    }
    return true;
  }
}
