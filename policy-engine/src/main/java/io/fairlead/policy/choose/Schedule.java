package io.fairlead.policy.choose;

/**
 * Who of some weighted members has which slot. It repeats after {@link #period} slots, so that any
 * window of so many consecutive slots holds each member exactly as often as its weight says.
 */
public sealed interface Schedule permits TableSchedule, TreeSchedule {
  /** The sum of the weights, their common divisor taken out. */
  int period();

  /**
   * The member of a slot.
   *
   * @param slot 0 to {@link #period} - 1
   * @return the member's index in the order of the weights
   */
  int member(int slot);
}
