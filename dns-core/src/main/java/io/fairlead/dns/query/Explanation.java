package io.fairlead.dns.query;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.query.QueryReason.CnameFollowed;
import io.fairlead.dns.query.QueryReason.Delegated;
import io.fairlead.dns.query.QueryReason.DnameSubstituted;
import io.fairlead.dns.query.QueryReason.NameFound;
import io.fairlead.dns.query.QueryReason.NameMissing;
import io.fairlead.dns.query.QueryReason.NotOurs;
import io.fairlead.dns.query.QueryReason.TypeFound;
import io.fairlead.dns.query.QueryReason.TypeMissing;
import io.fairlead.dns.query.QueryReason.WildcardMatched;
import io.fairlead.dns.query.QueryReason.ZoneFound;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.NameKey;
import io.fairlead.dns.zone.Lookup;
import io.fairlead.dns.zone.Zone;
import io.fairlead.dns.zone.ZoneTable;
import org.jspecify.annotations.Nullable;

/** Puts what was found into words, for a query that records. Cold. */
final class Explanation {
  private Explanation() {}

  /**
   * @param before the zone of the name that led here; null for the query's own name
   */
  static void of(
      Lookup lookup,
      ZoneTable zones,
      NameKey asked,
      int type,
      @Nullable Zone before,
      Choice choice) {
    Name name = asked.suffix(0);
    if (lookup.kind() == Lookup.Kind.NOT_OURS) {
      choice.because(new NotOurs(name));
      return;
    }
    if (!lookup.zone().equals(before)) {
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
    switch (lookup.kind()) {
      case RECORDS ->
          choice.because(new TypeFound(lookup.rrset().type(), lookup.rrset().records().count()));
      case ALIAS -> {
        Name target = lookup.rrset().target();
        if (target != null) {
          choice.because(new CnameFollowed(target));
        }
      }
      case NO_DATA -> choice.because(new TypeMissing(type));
      default -> {}
    }
  }
}
