package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Turn;
import io.fairlead.policy.explain.PolicyReason;
import io.fairlead.policy.spec.Algorithm.HashMask;

/** Consistent hash of a pool that is small enough for every member to draw for every client. */
public final class HashPicker implements Picker {
  private final Asker asker;
  private final HashMask mask;
  private final long[] keys;
  private final int[] weights;
  private final int[] records;

  /**
   * @param keys of the members, see {@link Rendezvous#key}; the three arrays are not copied
   */
  public HashPicker(Asker asker, HashMask mask, long[] keys, int[] weights, int[] records) {
    this.asker = asker;
    this.mask = mask;
    this.keys = keys;
    this.weights = weights;
    this.records = records;
  }

  @Override
  public boolean pick(Client client, Turn turn, long position, int wanted, Choice choice) {
    long number = number(asker, mask, client, choice);
    for (int i = 0; i < keys.length && choice.count() < wanted; i++) {
      int best = best(number, choice);
      if (best < 0) {
        break;
      }
      choice.take(records[best]);
    }
    return true;
  }

  static long number(Asker asker, HashMask mask, Client client, Choice choice) {
    Address address = asker.address(client);
    int bits = address.family() == Address.IPV4 ? mask.ipv4() : mask.ipv6();
    asker.holdsFor(bits, client, choice);
    if (choice.records()) {
      choice.because(PolicyReason.ClientHashed.of(address, bits));
    }
    return Rendezvous.client(address, bits);
  }

  private int best(long number, Choice choice) {
    int best = -1;
    long bestDraw = 0;
    for (int i = 0; i < keys.length; i++) {
      if (choice.has(records[i])) {
        continue;
      }
      long draw = Rendezvous.draw(number, keys[i]);
      if (best < 0 || Rendezvous.beats(draw, weights[i], bestDraw, weights[best])) {
        best = i;
        bestDraw = draw;
      }
    }
    return best;
  }
}
