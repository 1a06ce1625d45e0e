package io.fairlead.server.replay;

import java.util.List;

/**
 * What a change would do to those who ask.
 *
 * @param questions how many, each as often as it was recorded
 * @param asked how often each was asked of either side: a share is known to one part in so many
 * @param share of clients that would be sent elsewhere, 0 to 1
 * @param flows from where to where, the largest first
 * @param broken what was answered and would not be, the largest first
 */
public record Moves(
    long questions, int asked, double share, List<Flow> flows, List<Broken> broken) {
  public Moves {
    flows = List.copyOf(flows);
    broken = List.copyOf(broken);
  }

  /**
   * Clients of a name that would move.
   *
   * @param from an address with its site, or what else was answered
   * @param share of all clients of that name
   */
  public record Flow(String name, String from, String to, double share) {}

  /**
   * A name that had an answer and would have none.
   *
   * @param becomes a return code, or "no records"
   * @param share of all clients that ask for it
   */
  public record Broken(String name, String type, String becomes, double share) {}
}
