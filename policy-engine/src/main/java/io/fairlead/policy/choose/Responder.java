package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Turn;

/** A chooser that can also stand in for another one, which has told of the pools already. */
public sealed interface Responder extends Chooser permits PoolsChooser, DownChooser {
  /** Decides, and says of itself only what the one that it stands in for has not said. */
  void respond(Client client, Turn turn, Choice choice);
}
