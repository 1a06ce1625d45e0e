package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Turn;

/** The algorithm of one pool, compiled over the members that can answer. */
public sealed interface Picker
    permits RoundRobinPicker,
        TieredPicker,
        HashPicker,
        HashSlotsPicker,
        LanePicker,
        GeoPicker,
        TopologyPicker {
  /** No turn has been spent on this query so far. */
  long NO_POSITION = -1;

  /**
   * Takes records in the algorithm's order, none twice, until the choice has so many or the pool is
   * exhausted.
   *
   * @param turn where a picker that needs a turn takes one, unless it is given a position
   * @param position the pool's own turn where the pools have shared one out, else {@link
   *     #NO_POSITION}
   * @param wanted records that the whole choice shall have
   * @return whether other pools may add to the answer, or stand in where there is none
   */
  boolean pick(Client client, Turn turn, long position, int wanted, Choice choice);
}
