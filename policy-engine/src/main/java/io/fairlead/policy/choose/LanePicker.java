package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Turn;

/**
 * Members that take turns among themselves, for some of the clients only: on the service's turn
 * they would come up whenever other clients left them to, and not by their weights.
 */
public final class LanePicker implements Picker {
  private final Turn lane;
  private final Picker members;

  /**
   * @param lane this group's own turn, see {@link io.fairlead.dns.choice.Turns#of}
   */
  public LanePicker(Turn lane, Picker members) {
    this.lane = lane;
    this.members = members;
  }

  @Override
  public boolean pick(Client client, Turn turn, long position, int wanted, Choice choice) {
    Turn mine = choice.records() ? lane.look() : lane;
    return members.pick(client, mine, NO_POSITION, wanted, choice);
  }
}
