package io.fairlead.policy.compile;

import io.fairlead.dns.choice.Turn;
import io.fairlead.dns.choice.Turns;
import io.fairlead.dns.wire.Name;

/**
 * The turns of one RRset's groups of clients, see {@link Turns#of}.
 *
 * @param prefix what keeps those apart who ask for the same members in another way
 */
record Lanes(Turns turns, Name service, int type, String prefix) {
  /** The turn of whoever has no lane of his own. */
  Turn main() {
    return turns.of(service, type, prefix);
  }

  Turn of(String lane) {
    return turns.of(service, type, prefix + lane);
  }
}
