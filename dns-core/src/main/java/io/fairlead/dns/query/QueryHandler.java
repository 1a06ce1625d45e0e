package io.fairlead.dns.query;

import io.fairlead.dns.answer.OptWriter;
import io.fairlead.dns.choice.Address;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.query.QueryReason.ClientLearned;
import io.fairlead.dns.query.QueryReason.Scope;
import io.fairlead.dns.query.QueryReason.Source;
import io.fairlead.dns.wire.ClientSubnet;
import io.fairlead.dns.wire.ExtendedError;
import io.fairlead.dns.wire.Header;
import io.fairlead.dns.wire.Rcode;
import io.fairlead.dns.wire.Verdict;
import java.lang.foreign.MemorySegment;

/**
 * The query's journey, from octets to octets. Immutable and shared by all query threads; what
 * changes on the way is the {@link Exchange}'s.
 *
 * <pre>
 *   Header     judge the first 12 octets              RFC 1035 section 4.1.1
 *   Question   read name, type, class                 RFC 1035 section 4.1.2
 *   Edns       read payload size and client subnet    RFC 6891, 7871
 *   ZoneAnswer find, choose, write the sections       RFC 1034 section 4.3.2
 *   OptWriter  write EDNS, with the scope
 *   Tally      count one outcome
 * </pre>
 */
public final class QueryHandler implements PacketHandler {
  private final SnapshotCell cell;
  private final EdnsSettings settings;

  public QueryHandler(SnapshotCell cell, EdnsSettings settings) {
    this.cell = cell;
    this.settings = settings;
  }

  @Override
  public int respond(MemorySegment query, int queryLength, MemorySegment reply, Exchange exchange) {
    exchange.begin();
    exchange.writer.begin(query, reply);
    Verdict verdict = read(query, queryLength, exchange);
    Outcome outcome = verdict == Verdict.ACCEPT ? answer(exchange) : reject(verdict, exchange);
    int length = outcome == Outcome.DROPPED ? 0 : end(exchange);
    exchange.tally().count(outcome);
    return length;
  }

  private static Verdict read(MemorySegment query, int length, Exchange exchange) {
    Verdict verdict = Header.judge(query, length);
    if (verdict == Verdict.ACCEPT) {
      verdict = exchange.question.read(query, length);
    }
    if (verdict == Verdict.ACCEPT) {
      exchange.writer.question(exchange.question.end());
      verdict = exchange.edns.read(query, exchange.question.end(), length);
    }
    if (verdict == Verdict.ACCEPT) {
      verdict = exchange.question.judge();
      if (verdict == Verdict.FORM_ERROR) {
        exchange.extendedError = ExtendedError.INVALID_QUERY_TYPE;
      }
    }
    return verdict;
  }

  private static Outcome reject(Verdict verdict, Exchange exchange) {
    return switch (verdict) {
      case ACCEPT -> throw new IllegalArgumentException("nothing to reject");
      case DROP -> Outcome.DROPPED;
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

  private Outcome answer(Exchange exchange) {
    learnClient(exchange);
    exchange.writer.limit(limit(exchange));
    return exchange.zoneAnswer.write(cell.get());
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
  private int limit(Exchange exchange) {
    int whole = longestReply(exchange);
    return exchange.edns.isPresent() ? whole - OptWriter.length(exchange.edns) : whole;
  }

  /** RFC 1035 section 4.2.1 without EDNS, RFC 6891 section 6.2.3 with it. */
  private int longestReply(Exchange exchange) {
    if (exchange.transport() == Transport.TCP) {
      return Exchange.MAX_MESSAGE;
    }
    return exchange.edns.isPresent()
        ? Math.clamp(exchange.edns.payload(), EdnsSettings.MIN_PAYLOAD, settings.payload())
        : EdnsSettings.MIN_PAYLOAD;
  }

  private int end(Exchange exchange) {
    if (exchange.choice().records()) {
      exchange.choice().because(new Scope(exchange.scopePrefixLength));
    }
    if (exchange.edns.isPresent()) {
      exchange.writer.opt(
          exchange.edns,
          settings.payload(),
          exchange.rcode,
          exchange.scopePrefixLength,
          exchange.extendedError);
    }
    return exchange.writer.end(exchange.rcode);
  }
}
