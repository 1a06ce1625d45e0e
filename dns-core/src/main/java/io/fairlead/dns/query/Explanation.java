package io.fairlead.dns.query;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.query.QueryReason.Delegated;
import io.fairlead.dns.query.QueryReason.DnameSubstituted;
import io.fairlead.dns.query.QueryReason.NameFound;
import io.fairlead.dns.query.QueryReason.NameMissing;
import io.fairlead.dns.query.QueryReason.NotOurs;
import io.fairlead.dns.query.QueryReason.ServiceFound;
import io.fairlead.dns.query.QueryReason.TypeFound;
import io.fairlead.dns.query.QueryReason.TypeMissing;
import io.fairlead.dns.query.QueryReason.WildcardMatched;
import io.fairlead.dns.query.QueryReason.ZoneFound;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.Lookup;
import io.fairlead.dns.zone.ZoneTable;

/** Puts what was found into words, for a query that records. Cold. */
final class Explanation {
  private Explanation() {}

  static void of(Lookup lookup, Snapshot now, AliasChain chain, int type, Choice choice) {
    ZoneTable zones = now.zones();
    Name name = chain.name().suffix(0);
    if (lookup.kind() == Lookup.Kind.NOT_OURS) {
      choice.because(new NotOurs(name));
      return;
    }
    if (!lookup.zone().equals(chain.zone())) {
      choice.because(new ZoneFound(lookup.zone().apex()));
    }
    Name found = zones.name(lookup.node());
    switch (lookup.kind()) {
      case SUBSTITUTE -> {
        Name target = lookup.rrset().target();
        if (target != null) {
          choice.because(new DnameSubstituted(found, target));
        }
      }
      case NX_DOMAIN -> choice.because(new NameMissing(name, found));
      case REFERRAL -> choice.because(new Delegated(found));
      default ->
          choice.because(found.equals(name) ? new NameFound(name) : new WildcardMatched(found));
    }
    int service = service(lookup, zones);
    if (service != ZoneTable.NONE) {
      choice.because(new ServiceFound(now.services().get(service).name(), found));
    }
    switch (lookup.kind()) {
      case RECORDS ->
          choice.because(new TypeFound(lookup.rrset().type(), lookup.rrset().records().count()));
      case NO_DATA -> choice.because(new TypeMissing(type));
      default -> {}
    }
  }

  /** Where the name is not there, the node is another's: the closest that there is. */
  private static int service(Lookup lookup, ZoneTable zones) {
    return switch (lookup.kind()) {
      case NX_DOMAIN, REFERRAL, SUBSTITUTE, NOT_OURS -> ZoneTable.NONE;
      case RECORDS, ALIAS, STEERED, BOUND, NO_DATA -> zones.service(lookup.node());
    };
  }
}
