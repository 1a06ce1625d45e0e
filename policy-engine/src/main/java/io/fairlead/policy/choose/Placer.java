package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.policy.explain.PolicyReason;
import io.fairlead.policy.geo.AddressTable;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.geo.Globe;

/** Finds where a client is, and for whom else that holds. */
public record Placer(Asker asker, GeoData data) {
  /** The number of the client's place. */
  int place(Client client, Choice choice) {
    Address address = asker.address(client);
    long found = data.table().find(address);
    int place = AddressTable.value(found);
    int bits = AddressTable.prefixLength(found);
    asker.holdsFor(bits, client, choice);
    if (choice.records()) {
      explainPlace(address, bits, place, choice);
    }
    return place;
  }

  private void explainPlace(Address address, int bits, int place, Choice choice) {
    choice.because(PolicyReason.ClientPlaced.of(address, bits, data.place(place).text()));
  }

  boolean isKnown(int place) {
    return data.globe().isKnown(place);
  }

  Globe globe() {
    return data.globe();
  }
}
