package io.fairlead.dns.choice;

/**
 * A compiled policy of one steered RRset: immutable, shared by all query threads, without
 * allocation or lock.
 */
public interface Chooser {
  /**
   * Decides one answer. {@code choice} comes cleared, with the service's TTL set; what is left in
   * it is the whole decision: records in order, TTL, client-subnet scope, or a down response.
   *
   * @param turn the position of round robin; taking one advances it for all threads
   */
  void choose(Client client, Liveness liveness, Turn turn, Choice choice);
}
