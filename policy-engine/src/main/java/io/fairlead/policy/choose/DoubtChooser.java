package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turn;
import io.fairlead.policy.explain.PolicyReason;

/**
 * The same answers for a shorter time: what is said now may soon be wrong.
 *
 * @param ttlSeconds for as long as a verdict is in doubt
 */
public record DoubtChooser(Chooser answers, int ttlSeconds) implements Chooser {
  @Override
  public void choose(Client client, Liveness liveness, Turn turn, Choice choice) {
    choice.ttlSeconds(ttlSeconds);
    if (choice.records()) {
      choice.because(new PolicyReason.InDoubt(ttlSeconds));
    }
    answers.choose(client, liveness, turn, choice);
  }
}
