package io.fairlead.dns.limit;

import io.fairlead.dns.choice.Address;
import java.util.List;

/** Whether an address is in one of a few prefixes. Immutable. */
final class PrefixSet {
  private final Address[] prefixes;

  PrefixSet(List<Prefix> told) {
    prefixes = new Address[told.size()];
    for (int i = 0; i < prefixes.length; i++) {
      var whole = new Address();
      whole.set(told.get(i).address());
      prefixes[i] = whole.truncated(told.get(i).length());
    }
  }

  boolean contains(Address address) {
    for (Address prefix : prefixes) {
      int bits = prefix.prefixLength();
      if (address.family() == prefix.family()
          && address.high(bits) == prefix.high()
          && address.low(bits) == prefix.low()) {
        return true;
      }
    }
    return false;
  }
}
