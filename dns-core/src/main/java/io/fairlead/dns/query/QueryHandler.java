package io.fairlead.dns.query;

import io.fairlead.dns.answer.OptWriter;
import io.fairlead.dns.choice.Address;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.cookie.ServerCookies;
import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.limit.RateLimiter;
import io.fairlead.dns.limit.RateLimiter.Ruling;
import io.fairlead.dns.query.QueryReason.ClientLearned;
import io.fairlead.dns.query.QueryReason.Scope;
import io.fairlead.dns.query.QueryReason.Source;
import io.fairlead.dns.wire.ClientSubnet;
import io.fairlead.dns.wire.ExtendedError;
import io.fairlead.dns.wire.Header;
import io.fairlead.dns.wire.Rcode;
import io.fairlead.dns.wire.RrClass;
import io.fairlead.dns.wire.Verdict;
import java.lang.foreign.MemorySegment;

/**
 * The query's journey, from octets to octets. Shared by all query threads; what changes on the way
 * is the {@link Exchange}'s.
 *
 * <pre>
 *   Header      judge the first 12 octets                RFC 1035 section 4.1.1
 *   Question    read name, type, class                   RFC 1035 section 4.1.2
 *   Edns        read payload size, subnet, cookie        RFC 6891, 7871, 7873
 *   ZoneAnswer  find, choose, write the sections         RFC 1034 section 4.3.2
 *   OptWriter   write EDNS, with the scope
 *   RateLimiter send it, or something short, or nothing
 *   Tally       count one outcome
 * </pre>
 */
public final class QueryHandler implements PacketHandler {
  /** What every thread reads once for each query. */
  private record Rules(AnswerRules told, Identity identity, int keepaliveDeciseconds) {
    Rules(AnswerRules told) {
      this(
          told,
          new Identity(told.edns().nsid()),
          (int) Math.min(told.edns().tcpIdleTimeout().toMillis() / 100, 0xffff));
    }
  }

  private final SnapshotCell cell;
  private volatile Rules rules;

  /** Without cookies and limits. */
  public QueryHandler(SnapshotCell cell, EdnsSettings edns) {
    this(cell, new AnswerRules(edns, null, null));
  }

  public QueryHandler(SnapshotCell cell, AnswerRules rules) {
    this.cell = cell;
    this.rules = new Rules(rules);
  }

  /** From the next query on. */
  public void use(AnswerRules next) {
    rules = new Rules(next);
  }

  @Override
  public int respond(MemorySegment query, int queryLength, MemorySegment reply, Exchange exchange) {
    Rules now = rules;
    exchange.begin();
    exchange.writer.begin(query, reply);
    Verdict verdict = read(query, queryLength, now, exchange);
    boolean isAnswer = verdict == Verdict.ACCEPT;
    Outcome outcome = isAnswer ? answer(now, exchange) : reject(verdict, exchange);
    int length = outcome == Outcome.DROPPED ? 0 : end(now, exchange);
    switch (rule(now, outcome, queryLength, length, exchange)) {
      case SEND -> {
        if (isAnswer) {
          exchange.zoneAnswer.handOut();
        }
      }
      case SLIP -> {
        outcome = Outcome.SLIPPED;
        length = isAnswer ? slip(now, exchange) : length;
      }
      case DROP -> {
        outcome = Outcome.LIMITED;
        length = 0;
      }
    }
    exchange.count(outcome, length);
    return length;
  }

  private static Verdict read(MemorySegment query, int length, Rules now, Exchange exchange) {
    Verdict verdict = Header.judge(query, length);
    if (verdict == Verdict.NO_QUESTION) {
      return readWithoutQuestion(query, length, now, exchange);
    }
    if (verdict == Verdict.ACCEPT) {
      verdict = exchange.question.read(query, length);
    }
    if (verdict == Verdict.ACCEPT) {
      exchange.type = exchange.question.type();
      exchange.writer.question(exchange.question.end());
      verdict = readEdns(query, exchange.question.end(), length, now, exchange);
    }
    if (verdict == Verdict.ACCEPT && !now.identity().isAsked(exchange.question)) {
      verdict = exchange.question.judge();
      if (verdict == Verdict.FORM_ERROR) {
        exchange.extendedError = ExtendedError.INVALID_QUERY_TYPE;
      }
    }
    return verdict;
  }

  /** Good for one thing: to get a cookie (RFC 7873 section 5.4). */
  private static Verdict readWithoutQuestion(
      MemorySegment query, int length, Rules now, Exchange exchange) {
    Verdict verdict = readEdns(query, Header.LENGTH, length, now, exchange);
    boolean asksForCookie = verdict == Verdict.ACCEPT && exchange.cookies.isAnswered();
    return asksForCookie ? Verdict.NO_QUESTION : Verdict.FORM_ERROR;
  }

  private static Verdict readEdns(
      MemorySegment query, int from, int length, Rules now, Exchange exchange) {
    Verdict verdict = exchange.edns.read(query, from, length);
    if (verdict != Verdict.ACCEPT || !exchange.edns.isPresent()) {
      return verdict;
    }
    ServerCookies ours = now.told().cookies();
    if (ours != null && exchange.edns.cookie().isPresent()) {
      if (!exchange.edns.cookie().isWellFormed()) {
        return Verdict.FORM_ERROR;
      }
      exchange.cookies.answer(query, exchange.edns.cookie(), exchange.client().resolver(), ours);
      exchange.extras.cookie(exchange.cookies.octets());
    }
    if (exchange.edns.isNsidAsked()) {
      exchange.extras.nsid(now.identity().octets());
    }
    // Over UDP the option means nothing: RFC 7828 section 3.2.1.
    if (exchange.edns.isKeepaliveAsked() && exchange.transport() == Transport.TCP) {
      if (exchange.edns.isKeepaliveTold()) {
        return Verdict.FORM_ERROR;
      }
      exchange.extras.keepalive(now.keepaliveDeciseconds());
    }
    return Verdict.ACCEPT;
  }

  private static Outcome reject(Verdict verdict, Exchange exchange) {
    return switch (verdict) {
      case ACCEPT -> throw new IllegalArgumentException("nothing to reject");
      case DROP -> Outcome.DROPPED;
      case NO_QUESTION -> Outcome.COOKIE;
      case FORM_ERROR -> {
        exchange.rcode = Rcode.FORMERR;
        yield Outcome.FORM_ERROR;
      }
      case NOT_IMPLEMENTED -> {
        exchange.rcode = Rcode.NOTIMP;
        yield Outcome.NOT_IMPLEMENTED;
      }
      case BAD_VERSION -> {
        exchange.rcode = Rcode.BADVERS;
        yield Outcome.BAD_VERSION;
      }
      case REFUSED -> {
        exchange.rcode = Rcode.REFUSED;
        yield Outcome.REFUSED;
      }
    };
  }

  private Outcome answer(Rules now, Exchange exchange) {
    learnClient(exchange);
    exchange.writer.limit(limit(now, exchange));
    return exchange.question.rrClass() == RrClass.CH
        ? exchange.zoneAnswer.writeIdentity(now.identity())
        : exchange.zoneAnswer.write(cell.get());
  }

  /** RFC 7871 section 7.1.2: a prefix of no bits says that the client is not to be known. */
  private static void learnClient(Exchange exchange) {
    ClientSubnet asked = exchange.edns.subnet();
    Client client = exchange.client();
    if (asked.isPresent() && asked.sourcePrefixLength() > 0) {
      if (asked.isIpv4()) {
        client.subnet().setIpv4((int) (asked.high() >>> 32), asked.sourcePrefixLength());
      } else {
        client.subnet().setIpv6(asked.high(), asked.low(), asked.sourcePrefixLength());
      }
      client.useSubnet();
    }
    if (exchange.choice().records()) {
      Address address = client.decidingAddress(true);
      exchange
          .choice()
          .because(
              new ClientLearned(
                  address.toInetAddress(),
                  address.prefixLength(),
                  client.hasSubnet() ? Source.CLIENT_SUBNET : Source.RESOLVER));
    }
  }

  /** How long the sections may become, so that OPT still fits behind them. */
  private static int limit(Rules now, Exchange exchange) {
    int whole = longestReply(now, exchange);
    return exchange.edns.isPresent()
        ? whole - OptWriter.length(exchange.edns, exchange.extras)
        : whole;
  }

  /** RFC 1035 section 4.2.1 without EDNS, RFC 6891 section 6.2.3 with it. */
  private static int longestReply(Rules now, Exchange exchange) {
    if (exchange.transport() == Transport.TCP) {
      return Exchange.MAX_MESSAGE;
    }
    return exchange.edns.isPresent()
        ? Math.clamp(exchange.edns.payload(), EdnsSettings.MIN_PAYLOAD, now.told().edns().payload())
        : EdnsSettings.MIN_PAYLOAD;
  }

  private static int end(Rules now, Exchange exchange) {
    if (exchange.choice().records()) {
      exchange.choice().because(new Scope(exchange.scopePrefixLength));
    }
    if (exchange.edns.isPresent()) {
      exchange.writer.opt(
          exchange.edns,
          exchange.extras,
          now.told().edns().payload(),
          exchange.rcode,
          exchange.scopePrefixLength,
          exchange.extendedError);
    }
    return exchange.writer.end(exchange.rcode);
  }

  /** Only who may be another than he says is limited: over UDP, without a cookie of ours. */
  private static Ruling rule(
      Rules now, Outcome outcome, int queryLength, int length, Exchange exchange) {
    RateLimiter limiter = now.told().limiter();
    if (limiter == null
        || length == 0
        || exchange.transport() != Transport.UDP
        || exchange.cookies.isVerified()) {
      return Ruling.SEND;
    }
    return limiter.rule(exchange.client().resolver(), kind(outcome, exchange), queryLength, length);
  }

  /**
   * The same outcome and type of the same node: for NXDOMAIN that is the closest name that there
   * is, for a delegation its cut, for a wildcard the wildcard, so that random names are one kind.
   */
  private static int kind(Outcome outcome, Exchange exchange) {
    if (exchange.question.rrClass() != RrClass.IN) {
      return outcome.ordinal();
    }
    return switch (outcome) {
      case ANSWER, NO_DATA, NX_DOMAIN, REFERRAL ->
          (31 * exchange.zoneAnswer.node() + exchange.question.type()) * 31 + outcome.ordinal();
      default -> outcome.ordinal();
    };
  }

  /**
   * The short reply: BADCOOKIE with a good cookie to who knows cookies (RFC 7873 section 5.2.3), TC
   * to all others.
   */
  private static int slip(Rules now, Exchange exchange) {
    exchange.extendedError = ExtendedError.NONE;
    exchange.scopePrefixLength = 0;
    if (exchange.cookies.isAnswered()) {
      exchange.writer.clear();
      exchange.rcode = Rcode.BADCOOKIE;
    } else {
      exchange.writer.truncate();
      exchange.rcode = Rcode.NOERROR;
    }
    return end(now, exchange);
  }
}
