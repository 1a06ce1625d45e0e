package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.policy.explain.PolicyReason;
import io.fairlead.policy.geo.AddressTable;

/**
 * Gives all but private clients the public address of a member that has one.
 *
 * @param privateClients 1 for the addresses of private clients
 * @param records the record for the public, by the record of the member; not copied
 */
public record PublicAddresses(Asker asker, AddressTable privateClients, int[] records) {
  void translate(Client client, Choice choice) {
    long found = privateClients.find(asker.address(client));
    boolean isPrivate = AddressTable.value(found) == 1;
    asker.holdsFor(AddressTable.prefixLength(found), client, choice);
    if (choice.records()) {
      choice.because(new PolicyReason.PublicOrPrivate(isPrivate));
    }
    for (int i = 0; i < choice.count() && !isPrivate; i++) {
      int record = choice.record(i);
      if (record < records.length) {
        choice.replace(i, records[record]);
      }
    }
  }
}
