package io.fairlead.dns.query;

import static java.util.Objects.requireNonNull;

import io.fairlead.dns.answer.ReplyWriter;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Turn;
import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.query.QueryReason.CnameFollowed;
import io.fairlead.dns.query.QueryReason.HintsChosen;
import io.fairlead.dns.query.QueryReason.NotReady;
import io.fairlead.dns.query.QueryReason.TypeMissing;
import io.fairlead.dns.wire.ExtendedError;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.Rcode;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.Hints;
import io.fairlead.dns.zone.Lookup;
import io.fairlead.dns.zone.RrSet;
import io.fairlead.dns.zone.SteeredBinding;
import io.fairlead.dns.zone.SteeredRecord;
import io.fairlead.dns.zone.SteeredRrSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a name stands for, follows aliases within our zones, and writes the sections (RFC 1034
 * section 4.3.2). Mutable and reused; part of one {@link Exchange}.
 */
final class ZoneAnswer {
  private final Exchange exchange;
  private final ReplyWriter writer;
  private final Choice choice;
  private final Lookup lookup = new Lookup();
  private final AliasChain chain = new AliasChain();
  private final Hints hints = new Hints();
  private final int[] handedOut = new int[Choice.CAPACITY + AliasChain.MAX_ALIASES];
  private int handedOutCount;

  ZoneAnswer(Exchange exchange) {
    this.exchange = exchange;
    this.writer = exchange.writer;
    this.choice = exchange.choice();
  }

  /** Writes the answer to the exchange's question; its writer has been begun. */
  Outcome write(Snapshot now) {
    chain.begin(exchange.question.name());
    handedOutCount = 0;
    Outcome outcome;
    do {
      outcome = step(now);
    } while (outcome == null);
    if (writer.isTruncated()) {
      writer.clearSections();
      handedOutCount = 0;
      return Outcome.TRUNCATED;
    }
    return outcome;
  }

  /** Writes who we are, which no zone says (RFC 4892). */
  Outcome writeIdentity(Identity identity) {
    handedOutCount = 0;
    writer.authoritative(true);
    writer.chaosText(identity.text());
    return writer.isTruncated() ? Outcome.TRUNCATED : Outcome.ANSWER;
  }

  /** The answer is being sent: counts what it hands out. */
  void handOut() {
    for (int i = 0; i < handedOutCount; i++) {
      exchange.tally().handOut(handedOut[i]);
    }
  }

  /** The node that the answer came from last: of a no, the closest name that there is. */
  int node() {
    return lookup.node();
  }

  /** Answers one name of the chain; null where the chain goes on. */
  private @Nullable Outcome step(Snapshot now) {
    int type = exchange.question.type();
    now.zones().find(chain.name(), type, now.services(), lookup);
    if (choice.records()) {
      Explanation.of(lookup, now, chain, type, choice);
    }
    if (lookup.kind() == Lookup.Kind.NOT_OURS) {
      return chain.isFollowed() ? Outcome.ANSWER : notOurs(now);
    }
    if (!now.ready()) {
      return notReady();
    }
    chain.enter(lookup.zone());
    // AA speaks of the first name of the answer (RFC 1035 section 4.1.1).
    writer.authoritative(chain.isFollowed() || lookup.kind() != Lookup.Kind.REFERRAL);
    return switch (lookup.kind()) {
      case RECORDS -> records(lookup.rrset());
      case ALIAS -> alias(lookup.rrset());
      case STEERED -> steered(now, lookup.steered());
      case BOUND -> bound(now, lookup.binding());
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
      return notReady();
    }
    exchange.rcode = Rcode.REFUSED;
    exchange.extendedError = ExtendedError.NOT_AUTHORITATIVE;
    return Outcome.REFUSED;
  }

  private Outcome notReady() {
    if (choice.records()) {
      choice.because(new NotReady());
    }
    return fail(ExtendedError.NOT_READY);
  }

  private Outcome records(RrSet rrset) {
    // A DNAME that led here stands in the answer already (RFC 2181 section 5: no record twice).
    if (rrset.type() != RrType.DNAME || !isLoop()) {
      writer.answer(rrset.records(), chain.nameAt(), chain.apexAt());
    }
    writer.additional(rrset.addresses(), chain.nameAt(), chain.apexAt());
    return Outcome.ANSWER;
  }

  private Outcome negative(int rcode, Outcome outcome) {
    exchange.rcode = rcode;
    writer.authority(lookup.zone().soa().records(), chain.apexAt(), chain.apexAt());
    return outcome;
  }

  private Outcome referral(RrSet ns) {
    int cutAt = chain.nameAt() + chain.name().start(lookup.label());
    writer.authority(ns.records(), cutAt, chain.apexAt());
    writer.glue(ns.glue(), cutAt, chain.apexAt());
    writer.additional(ns.addresses(), cutAt, chain.apexAt());
    return Outcome.REFERRAL;
  }

  private @Nullable Outcome alias(RrSet cname) {
    if (isLoop()) {
      return Outcome.ANSWER;
    }
    int rdataAt = writer.position() + SteeredRecord.RDATA_AT;
    writer.answer(cname.records(), chain.nameAt(), chain.apexAt());
    return followCname(requireNonNull(cname.target()), rdataAt);
  }

  /** Puts the target of a DNAME in the place of its owner (RFC 6672 section 3.2). */
  private @Nullable Outcome substitute(RrSet dname) {
    if (isLoop()) {
      return Outcome.ANSWER;
    }
    int prefixLength = chain.name().start(lookup.label());
    Name to = requireNonNull(dname.target());
    writer.answer(dname.records(), chain.nameAt() + prefixLength, chain.apexAt());
    if (prefixLength + to.length() > Name.MAX_LENGTH) {
      exchange.rcode = Rcode.YXDOMAIN;
      return Outcome.ANSWER;
    }
    int rdataAt = writer.position() + SteeredRecord.RDATA_AT;
    writer.synthesized(chain.nameAt(), prefixLength, to, dname.ttlSeconds());
    if (isAliasAsked() || writer.isTruncated()) {
      return Outcome.ANSWER;
    }
    chain.target().read(writer.reply(), rdataAt, writer.position());
    return follow(rdataAt);
  }

  private @Nullable Outcome steered(Snapshot now, SteeredRrSet rrset) {
    choose(now, rrset);
    return answerChoice(rrset);
  }

  private @Nullable Outcome answerChoice(SteeredRrSet rrset) {
    if (choice.extendedError() != Choice.NO_EXTENDED_ERROR) {
      exchange.extendedError = choice.extendedError();
    }
    return switch (choice.outcome()) {
      case RECORDS ->
          choice.count() == 0 ? negative(Rcode.NOERROR, Outcome.NO_DATA) : chosen(rrset);
      case SERVFAIL -> fail(exchange.extendedError);
      case DROP -> drop();
    };
  }

  private void choose(Snapshot now, SteeredRrSet rrset) {
    choice.clear(rrset.ttlSeconds());
    Turn turn = choice.records() ? rrset.turn().look() : rrset.turn();
    rrset.chooser().choose(exchange.client(), now.liveness(), turn, choice);
    narrowScope(choice.scopePrefixLength());
  }

  /**
   * A service binding with the addresses that this client gets. Where a family is down and the
   * other is not, its down response is not the binding's: the client has the other.
   */
  private @Nullable Outcome bound(Snapshot now, SteeredBinding binding) {
    hints.clear();
    boolean up = false;
    for (int i = 0; i < binding.families(); i++) {
      SteeredRrSet family = binding.family(i);
      if (choice.records()) {
        choice.because(new HintsChosen(binding.type(), family.type()));
      }
      choose(now, family);
      boolean familyUp = choice.extendedError() == Choice.NO_EXTENDED_ERROR;
      if (familyUp && isAlias(family)) {
        return chosen(family);
      }
      if (familyUp && !up) {
        hints.clear();
        up = true;
      }
      if (familyUp || !up) {
        collectHints(family);
      }
    }
    if (up || !hints.isEmpty()) {
      exchange.extendedError = up ? ExtendedError.NONE : choice.extendedError();
      writer.answer(binding, hints, chain.nameAt(), choice.ttlSeconds());
      return Outcome.ANSWER;
    }
    return answerChoice(binding.family(binding.families() - 1));
  }

  private boolean isAlias(SteeredRrSet rrset) {
    return choice.count() > 0 && rrset.record(choice.record(0)).target() != null;
  }

  private void collectHints(SteeredRrSet family) {
    for (int i = 0; i < choice.count(); i++) {
      hints.add(family.record(choice.record(i)));
    }
  }

  /** Without a subnet in the query the scope is 0, whatever we went by (RFC 7871 section 7.2.1). */
  private void narrowScope(int prefixLength) {
    if (exchange.client().hasSubnet()) {
      int narrowed = Math.min(prefixLength, exchange.edns.subnet().addressBits());
      exchange.scopePrefixLength = Math.max(exchange.scopePrefixLength, narrowed);
    }
  }

  /**
   * A CNAME stands alone (RFC 1034 section 3.6.2): taken first it is the answer, else left out.
   *
   * @param rrset of the type that was asked for, or of CNAME, which stands for all others
   */
  private @Nullable Outcome chosen(SteeredRrSet rrset) {
    int rdataAt = writer.position() + SteeredRecord.RDATA_AT;
    SteeredRecord first = rrset.record(choice.record(0));
    Name alias = first.target();
    if (alias != null) {
      if (isLoop()) {
        return Outcome.ANSWER;
      }
      take(first);
      return isAliasAsked() ? Outcome.ANSWER : followCname(alias, rdataAt);
    }
    if (rrset.type() == RrType.CNAME) {
      return nothingBesideAddresses();
    }
    for (int i = 0; i < choice.count(); i++) {
      SteeredRecord record = rrset.record(choice.record(i));
      if (record.target() == null) {
        take(record);
      }
    }
    return Outcome.ANSWER;
  }

  private Outcome nothingBesideAddresses() {
    if (choice.records()) {
      choice.because(new TypeMissing(exchange.question.type()));
    }
    return negative(Rcode.NOERROR, Outcome.NO_DATA);
  }

  private void take(SteeredRecord record) {
    writer.answer(record, chain.nameAt(), choice.ttlSeconds());
    if (record.endpoint() != SteeredRecord.NO_ENDPOINT) {
      handedOut[handedOutCount++] = record.endpoint();
    }
  }

  private boolean isLoop() {
    return chain.hasFollowedFrom(lookup.node());
  }

  /** Such a question is answered by the alias itself (RFC 1034 section 4.3.2, step 3a). */
  private boolean isAliasAsked() {
    int type = exchange.question.type();
    return type == RrType.CNAME || type == RrType.ANY;
  }

  private @Nullable Outcome followCname(Name target, int rdataAt) {
    if (choice.records()) {
      choice.because(new CnameFollowed(target));
    }
    chain.target().set(target);
    return follow(rdataAt);
  }

  private @Nullable Outcome follow(int rdataAt) {
    boolean goesOn = !writer.isTruncated() && chain.follow(lookup.node(), writer.reply(), rdataAt);
    return goesOn ? null : Outcome.ANSWER;
  }

  private Outcome fail(int extendedError) {
    writer.clear();
    handedOutCount = 0;
    exchange.rcode = Rcode.SERVFAIL;
    exchange.extendedError = extendedError;
    return Outcome.SERVER_FAILURE;
  }

  private Outcome drop() {
    writer.clear();
    handedOutCount = 0;
    return Outcome.DROPPED;
  }
}
