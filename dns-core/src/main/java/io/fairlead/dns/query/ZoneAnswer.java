package io.fairlead.dns.query;

import static java.util.Objects.requireNonNull;

import io.fairlead.dns.answer.ReplyWriter;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Turn;
import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.wire.ExtendedError;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.NameKey;
import io.fairlead.dns.wire.Octets;
import io.fairlead.dns.wire.Question;
import io.fairlead.dns.wire.Rcode;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.Lookup;
import io.fairlead.dns.zone.RrSet;
import io.fairlead.dns.zone.SteeredRecord;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.dns.zone.Zone;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a name stands for, follows aliases within our zones, and writes the sections (RFC 1034
 * section 4.3.2). Mutable and reused; part of one {@link Exchange}.
 *
 * <p>Compression: at each step two names are known to stand in the reply, the one that is answered
 * ({@link #nameAt}) and its zone's apex ({@link #apexAt}); every pointer leads to one of them.
 */
final class ZoneAnswer {
  /**
   * Aliases followed in one answer; the asker goes on from the last. BIND follows 16, Knot 5. Eight
   * keep every name within the reach of a pointer, even where each is a DNAME and a CNAME as long
   * as can be: 12 + 259 + 8 * 2 * (12 + 255) < 16,384.
   */
  static final int MAX_ALIASES = 8;

  private final Exchange exchange;
  private final Lookup lookup = new Lookup();
  private final NameKey target = new NameKey();
  private final int[] followedFrom = new int[MAX_ALIASES];
  private final int[] handedOut = new int[Choice.CAPACITY + MAX_ALIASES];
  private NameKey name = target;
  private int nameAt;
  private int apexAt;
  private @Nullable Zone zone;
  private int aliases;
  private int handedOutCount;

  ZoneAnswer(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Writes the answer to the exchange's question; its writer has been begun. */
  Outcome write(Snapshot now) {
    name = exchange.question.name();
    nameAt = Question.NAME_AT;
    zone = null;
    aliases = 0;
    handedOutCount = 0;
    Outcome outcome;
    do {
      outcome = step(now);
    } while (outcome == null);
    if (writer().isTruncated()) {
      writer().clearSections();
      return Outcome.TRUNCATED;
    }
    for (int i = 0; i < handedOutCount; i++) {
      exchange.tally().handOut(handedOut[i]);
    }
    return outcome;
  }

  /** Answers one name of the chain; null where the chain goes on. */
  private @Nullable Outcome step(Snapshot now) {
    int type = exchange.question.type();
    now.zones().find(name, type, now.services(), lookup);
    if (choice().records()) {
      Explanation.of(lookup, now.zones(), name, type, zone, choice());
    }
    if (lookup.kind() == Lookup.Kind.NOT_OURS) {
      return aliases > 0 ? Outcome.ANSWER : notOurs(now);
    }
    if (!now.ready()) {
      return fail(ExtendedError.NOT_READY);
    }
    enterZone();
    return switch (lookup.kind()) {
      case RECORDS -> records(lookup.rrset());
      case ALIAS -> alias(lookup.rrset());
      case STEERED -> steered(now, lookup.steered());
      case NO_DATA -> negative(Rcode.NOERROR, Outcome.NO_DATA);
      case NX_DOMAIN -> negative(Rcode.NXDOMAIN, Outcome.NX_DOMAIN);
      case REFERRAL -> referral(lookup.rrset());
      case SUBSTITUTE -> substitute(lookup.rrset());
      case NOT_OURS -> throw new IllegalStateException("answered above");
    };
  }

  /** Before the first configuration there is no telling what is ours. */
  private Outcome notOurs(Snapshot now) {
    if (!now.ready() && now.zones().isEmpty()) {
      return fail(ExtendedError.NOT_READY);
    }
    exchange.rcode = Rcode.REFUSED;
    exchange.extendedError = ExtendedError.NOT_AUTHORITATIVE;
    return Outcome.REFUSED;
  }

  /** Whether an alias has been followed from here before: once more would repeat its records. */
  private boolean isLoop() {
    for (int i = 0; i < aliases; i++) {
      if (followedFrom[i] == lookup.node()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Finds the apex in the reply. In the zone of the alias that led here, the name's end has been
   * left to that zone's apex, which stays where it is. In any other zone the apex is part of the
   * name as it stands: that zone lies deeper, or the name was written whole.
   */
  private void enterZone() {
    if (zone != lookup.zone()) {
      zone = lookup.zone();
      apexAt = nameAt + name.length() - zone.apex().length();
    }
    // AA speaks of the first name of the answer (RFC 1035 section 4.1.1).
    writer().authoritative(aliases > 0 || lookup.kind() != Lookup.Kind.REFERRAL);
  }

  private Outcome records(RrSet rrset) {
    // A DNAME that led here stands in the answer already (RFC 2181 section 5: no record twice).
    if (rrset.type() != RrType.DNAME || !isLoop()) {
      writer().answer(rrset.records(), nameAt, apexAt);
    }
    writer().additional(rrset.addresses(), nameAt, apexAt);
    return Outcome.ANSWER;
  }

  private @Nullable Outcome alias(RrSet cname) {
    if (isLoop()) {
      return Outcome.ANSWER;
    }
    int rdataAt = writer().position() + SteeredRecord.RDATA_AT;
    writer().answer(cname.records(), nameAt, apexAt);
    target.set(requireNonNull(cname.target()));
    return follow(rdataAt);
  }

  /** Puts the target of a DNAME in the place of its owner (RFC 6672 section 3.2). */
  private @Nullable Outcome substitute(RrSet dname) {
    if (isLoop()) {
      return Outcome.ANSWER;
    }
    int prefixLength = name.start(lookup.label());
    Name to = requireNonNull(dname.target());
    writer().answer(dname.records(), nameAt + prefixLength, apexAt);
    if (prefixLength + to.length() > Name.MAX_LENGTH) {
      exchange.rcode = Rcode.YXDOMAIN;
      return Outcome.ANSWER;
    }
    int rdataAt = writer().position() + SteeredRecord.RDATA_AT;
    writer().synthesized(nameAt, prefixLength, to, dname.ttlSeconds());
    if (isAliasAsked() || writer().isTruncated()) {
      return Outcome.ANSWER;
    }
    target.read(writer().reply(), rdataAt, writer().position());
    return follow(rdataAt);
  }

  private Outcome negative(int rcode, Outcome outcome) {
    exchange.rcode = rcode;
    writer().authority(lookup.zone().soa().records(), apexAt, apexAt);
    return outcome;
  }

  private Outcome referral(RrSet ns) {
    int cutAt = nameAt + name.start(lookup.label());
    writer().authority(ns.records(), cutAt, apexAt);
    writer().glue(ns.glue(), cutAt, apexAt);
    writer().additional(ns.addresses(), cutAt, apexAt);
    return Outcome.REFERRAL;
  }

  private @Nullable Outcome steered(Snapshot now, SteeredRrSet rrset) {
    Choice choice = choice();
    Client client = exchange.client();
    choice.clear(rrset.ttlSeconds());
    Turn turn = choice.records() ? rrset.turn().look() : rrset.turn();
    rrset.chooser().choose(client, now.liveness(), turn, choice);
    narrowScope(choice.scopePrefixLength());
    if (choice.extendedError() != Choice.NO_EXTENDED_ERROR) {
      exchange.extendedError = choice.extendedError();
    }
    return switch (choice.outcome()) {
      case RECORDS ->
          choice.count() == 0 ? negative(Rcode.NOERROR, Outcome.NO_DATA) : chosen(rrset, choice);
      case SERVFAIL -> fail(exchange.extendedError);
      case DROP -> drop();
    };
  }

  /** Without a subnet in the query the scope is 0, whatever we went by (RFC 7871 section 7.2.1). */
  private void narrowScope(int prefixLength) {
    if (exchange.client().hasSubnet()) {
      int bits = exchange.edns.subnet().addressBits();
      exchange.scopePrefixLength =
          Math.max(exchange.scopePrefixLength, Math.min(prefixLength, bits));
    }
  }

  /** A CNAME stands alone (RFC 1034 section 3.6.2): taken first it is the answer, else left out. */
  private @Nullable Outcome chosen(SteeredRrSet rrset, Choice choice) {
    int rdataAt = writer().position() + SteeredRecord.RDATA_AT;
    SteeredRecord first = rrset.record(choice.record(0));
    Name alias = first.target();
    if (alias != null && isLoop()) {
      return Outcome.ANSWER;
    }
    take(first, choice);
    if (alias != null) {
      if (isAliasAsked()) {
        return Outcome.ANSWER;
      }
      target.set(alias);
      return follow(rdataAt);
    }
    for (int i = 1; i < choice.count(); i++) {
      SteeredRecord record = rrset.record(choice.record(i));
      if (record.target() == null) {
        take(record, choice);
      }
    }
    return Outcome.ANSWER;
  }

  private void take(SteeredRecord record, Choice choice) {
    writer().answer(record, nameAt, choice.ttlSeconds());
    if (record.endpoint() != SteeredRecord.NO_ENDPOINT) {
      handedOut[handedOutCount++] = record.endpoint();
    }
  }

  /** Such a question is answered by the alias itself (RFC 1034 section 4.3.2, step 3a). */
  private boolean isAliasAsked() {
    int type = exchange.question.type();
    return type == RrType.CNAME || type == RrType.ANY;
  }

  /**
   * Goes on with {@link #target}.
   *
   * @param rdataAt where that name stands in the reply; a lone pointer where it is the apex
   */
  private @Nullable Outcome follow(int rdataAt) {
    if (writer().isTruncated()) {
      return Outcome.TRUNCATED;
    }
    followedFrom[aliases++] = lookup.node();
    if (aliases == MAX_ALIASES) {
      return Outcome.ANSWER;
    }
    name = target;
    nameAt = Octets.followPointer(writer().reply(), rdataAt);
    return null;
  }

  private Outcome fail(int extendedError) {
    writer().clear();
    handedOutCount = 0;
    exchange.rcode = Rcode.SERVFAIL;
    exchange.extendedError = extendedError;
    return Outcome.SERVER_FAILURE;
  }

  private Outcome drop() {
    writer().clear();
    handedOutCount = 0;
    return Outcome.DROPPED;
  }

  private ReplyWriter writer() {
    return exchange.writer;
  }

  private Choice choice() {
    return exchange.choice();
  }
}
