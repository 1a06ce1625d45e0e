package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Turn;
import io.fairlead.policy.explain.PolicyReason;
import io.fairlead.policy.geo.AddressTable;
import io.fairlead.policy.spec.TopologySpec;
import java.util.List;

/** The sites that the client's rule prefers. */
public final class TopologyPicker implements Picker {
  private final Asker asker;
  private final TopologySpec topology;
  private final AddressTable rules;
  private final Picker[] byRule;

  /**
   * @param rules each client's rule, by its number from 0; the number of rules where none matches
   * @param byRule the members that each rule allows, in its order; the last for no rule
   */
  public TopologyPicker(
      Asker asker, TopologySpec topology, AddressTable rules, List<? extends Picker> byRule) {
    this.asker = asker;
    this.topology = topology;
    this.rules = rules;
    this.byRule = byRule.toArray(Picker[]::new);
  }

  @Override
  public boolean pick(Client client, Turn turn, long position, int wanted, Choice choice) {
    Address address = asker.address(client);
    long found = rules.find(address);
    int rule = AddressTable.value(found);
    int bits = AddressTable.prefixLength(found);
    asker.holdsFor(bits, client, choice);
    if (choice.records()) {
      choice.because(PolicyReason.RuleMatched.of(topology, rule, address, bits));
    }
    byRule[rule].pick(client, turn, position, wanted, choice);
    return rule == topology.rules().size() || !topology.rules().get(rule).strict();
  }
}
