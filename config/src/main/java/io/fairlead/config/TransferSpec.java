package io.fairlead.config;

import io.fairlead.dns.transfer.TransferRules;
import io.fairlead.dns.wire.Name;

/** Who may have which zone whole, and what of its services. */
public record TransferSpec(Name apex, TransferRules rules, Services services) {
  /** What a secondary gets of services, which it cannot steer. */
  public enum Services {
    /** A zone that holds services is refused. */
    REFUSED,
    /** Nothing. */
    EXCLUDED,
    /** The records that would be in turn if all members were up. */
    CURRENT
  }
}
