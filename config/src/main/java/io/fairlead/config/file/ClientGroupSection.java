package io.fairlead.config.file;

import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Catalog;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.policy.spec.ClientGroup;
import io.fairlead.policy.spec.Network;
import java.util.List;

/** One of {@code clientGroups}. */
final class ClientGroupSection {
  private static final Key<String> NAME =
      Key.required("name", Texts.LABEL, "what rules and services refer to");
  private static final Key<List<Network>> NETWORKS =
      Key.required("networks", ListValue.some(Addresses.NETWORK), "where its clients are");

  static final KeyTable KEYS = KeyTable.of("a client group", NAME, NETWORKS);

  private ClientGroupSection() {}

  static void read(Section group, Catalog<ClientGroup> groups) {
    List<Network> networks = group.get(NETWORKS);
    groups.declare(group, NAME, name -> new ClientGroup(name, networks));
  }
}
