package io.fairlead.dns.query;

import io.fairlead.dns.answer.OptExtras;
import io.fairlead.dns.answer.ReplyWriter;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.cookie.CookieExchange;
import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.count.Tally;
import io.fairlead.dns.tap.TapRing;
import io.fairlead.dns.wire.Edns;
import io.fairlead.dns.wire.ExtendedError;
import io.fairlead.dns.wire.Question;
import io.fairlead.dns.wire.Rcode;
import org.jspecify.annotations.Nullable;

/**
 * One query thread's side of a query: who asks, by what transport, what may be sent, and the
 * scratch of the journey. Mutable and reused; the engine sets the peer and the transport before
 * each {@code respond}.
 */
public final class Exchange {
  /** Largest message: what the two length octets of TCP can say (RFC 1035 section 4.2.2). */
  public static final int MAX_MESSAGE = 65_535;

  /** In the place of a question's type, where none could be read. */
  static final int NO_TYPE = -1;

  private final Tally tally;
  private final Choice choice;
  private final Client client = new Client();
  private Transport transport = Transport.UDP;
  private int peerPort;

  /** Set by the first query that is tapped. */
  @Nullable TapRing tap;

  // The scratch: each step reads what the steps before it have left here.
  final Question question = new Question();
  final Edns edns = new Edns();
  final CookieExchange cookies = new CookieExchange();
  final OptExtras extras = new OptExtras();
  final ReplyWriter writer = new ReplyWriter();
  final ZoneAnswer zoneAnswer;
  int type;
  int rcode;
  int extendedError;
  int scopePrefixLength;

  private Exchange(Tally tally, Choice choice) {
    this.tally = tally;
    this.choice = choice;
    this.zoneAnswer = new ZoneAnswer(this);
  }

  /** For a query thread. */
  public static Exchange of(Tally tally) {
    return new Exchange(tally, Choice.silent());
  }

  /**
   * For one {@code explain}: the choice says why, turns are looked at and not taken, and what is
   * counted is counted in no metric.
   */
  public static Exchange recording() {
    return new Exchange(new Tally(), Choice.recording());
  }

  void begin() {
    client.clearSubnet();
    edns.clear();
    cookies.clear();
    extras.clear();
    type = NO_TYPE;
    rcode = Rcode.NOERROR;
    extendedError = ExtendedError.NONE;
    scopePrefixLength = 0;
  }

  /** Counts the query, once for each. */
  void count(Outcome outcome, int replyLength) {
    tally.count(outcome, transport.ordinal(), type, rcode, replyLength);
  }

  public void transport(Transport transport) {
    this.transport = transport;
  }

  public Transport transport() {
    return transport;
  }

  /** The engine says it for who watches; no answer depends on it. */
  public void peerPort(int port) {
    peerPort = port;
  }

  int peerPort() {
    return peerPort;
  }

  /** The engine fills {@code client().resolver()} with the peer's address. */
  public Client client() {
    return client;
  }

  /** Whether the query of the last {@code respond} has a TSIG. */
  public boolean isSigned() {
    return edns.isSigned();
  }

  /** How long the reply of the last {@code respond} may be at most. */
  public int longestReply() {
    if (transport == Transport.TCP) {
      return MAX_MESSAGE;
    }
    int most = EdnsSettings.DEFAULT.payload();
    return edns.isPresent()
        ? Math.clamp(edns.payload(), EdnsSettings.MIN_PAYLOAD, most)
        : EdnsSettings.MIN_PAYLOAD;
  }

  public Choice choice() {
    return choice;
  }

  public Tally tally() {
    return tally;
  }
}
