package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;

/**
 * Whose address decides, and for how many of its bits the decision holds.
 *
 * <p>The scope may be longer than the source prefix that the resolver gave: bits that it left out
 * count as zero, the decision is that of the client with these zeros, and it is told for no more
 * than that client's neighbours. A shorter scope would promise it to clients who get another (RFC
 * 7871 section 7.2.1: a longer scope says that the source was not specific enough).
 *
 * @param subnetCounts whether the service heeds the client subnet of a query
 */
public record Asker(boolean subnetCounts) {
  Address address(Client client) {
    return client.decidingAddress(subnetCounts);
  }

  /** The decision holds for the clients that agree with this one in so many bits. */
  void holdsFor(int bits, Client client, Choice choice) {
    if (subnetCounts && client.hasSubnet()) {
      choice.narrowScope(bits);
    }
  }
}
