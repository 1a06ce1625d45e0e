package io.fairlead.dns.query;

import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.wire.Header;
import io.fairlead.dns.wire.Octets;
import io.fairlead.dns.wire.Question;
import io.fairlead.dns.wire.Rcode;
import io.fairlead.dns.wire.Verdict;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The edge of an event loop: whatever is thrown while one query is answered ends here, and is
 * SERVFAIL for that query alone. A question that fails again and again is refused without being run
 * (a query of death costs a hash, not a stack trace); every {@value #TRIAL_EVERY}th of it is let
 * through, and one that goes well takes the block away. Shared by all query threads.
 */
public final class GuardedHandler implements PacketHandler {
  /** Failures in a row, with none of the same question going well between, that block it. */
  static final int FAILURES_TO_BLOCK = 3;

  static final int TRIAL_EVERY = 1024;

  /** Questions remembered; two in one slot displace each other. A power of two. */
  private static final int SLOTS = 256;

  /** Distinct failures told of; a bound, should their places be without number. */
  private static final int MAX_KINDS = 64;

  private static final long COUNT = 0xffff;
  private static final int NO_QUESTION = 0;

  private record Kind(Class<?> type, @Nullable StackTraceElement place) {}

  private final PacketHandler inner;
  private final Consumer<Throwable> log;
  private final Set<Kind> kinds = ConcurrentHashMap.newKeySet();
  private final LongAdder failures = new LongAdder();

  /** The question's hash, its lowest 16 bits replaced by failures, then by refusals since. */
  private final AtomicLongArray offenders = new AtomicLongArray(SLOTS);

  private volatile boolean armed;

  /**
   * @param log told of the first failure of each distinct kind: same class, same place
   */
  public GuardedHandler(PacketHandler inner, Consumer<Throwable> log) {
    this.inner = inner;
    this.log = log;
  }

  /** How many queries have failed since the start. */
  public long failures() {
    return failures.sum();
  }

  @Override
  public int respond(MemorySegment query, int queryLength, MemorySegment reply, Exchange exchange) {
    if (armed) {
      return respondArmed(query, queryLength, reply, exchange);
    }
    try {
      return inner.respond(query, queryLength, reply, exchange);
    } catch (Throwable failure) {
      return failed(failure, query, queryLength, reply, exchange);
    }
  }

  /** The slow branch: something has failed once. */
  private int respondArmed(
      MemorySegment query, int queryLength, MemorySegment reply, Exchange exchange) {
    long question = hash(query, queryLength);
    if (isBlocked(question)) {
      return reject(Rcode.REFUSED, Outcome.REFUSED, query, queryLength, reply, exchange);
    }
    try {
      int length = inner.respond(query, queryLength, reply, exchange);
      forgive(question);
      return length;
    } catch (Throwable failure) {
      return failed(failure, query, queryLength, reply, exchange);
    }
  }

  private int failed(
      Throwable failure,
      MemorySegment query,
      int queryLength,
      MemorySegment reply,
      Exchange exchange) {
    failures.increment();
    armed = true;
    blame(hash(query, queryLength));
    StackTraceElement[] stack = failure.getStackTrace();
    var kind = new Kind(failure.getClass(), stack.length == 0 ? null : stack[0]);
    if (kinds.size() < MAX_KINDS && kinds.add(kind)) {
      log.accept(failure);
    }
    return reject(Rcode.SERVFAIL, Outcome.SERVER_FAILURE, query, queryLength, reply, exchange);
  }

  /** Header and question, written here: what has failed may be the usual writer. */
  private static int reject(
      int rcode,
      Outcome outcome,
      MemorySegment query,
      int queryLength,
      MemorySegment reply,
      Exchange exchange) {
    if (Header.judge(query, queryLength) != Verdict.ACCEPT) {
      exchange.count(Outcome.DROPPED, 0);
      return 0;
    }
    int end = questionEnd(query, queryLength);
    int questions = end == NO_QUESTION ? 0 : 1;
    int length = end == NO_QUESTION ? Header.LENGTH : end;
    Octets.copy(query, Header.LENGTH, reply, Header.LENGTH, length - Header.LENGTH);
    Header.writeReply(query, reply, 0, rcode, questions, 0, 0, 0);
    exchange.type = end == NO_QUESTION ? Exchange.NO_TYPE : Octets.u16(query, end - 4);
    exchange.rcode = rcode;
    exchange.count(outcome, length);
    return length;
  }

  private boolean isBlocked(long question) {
    int slot = slot(question);
    long offender = offenders.get(slot);
    if (question == 0 || (offender ^ question) >>> 16 != 0) {
      return false;
    }
    long count = offender & COUNT;
    if (count < FAILURES_TO_BLOCK) {
      return false;
    }
    boolean trial = count == FAILURES_TO_BLOCK + TRIAL_EVERY - 1;
    offenders.set(slot, trial ? question | FAILURES_TO_BLOCK : offender + 1);
    return !trial;
  }

  private void blame(long question) {
    if (question != 0) {
      int slot = slot(question);
      long offender = offenders.get(slot);
      long known = (offender ^ question) >>> 16 == 0 ? offender & COUNT : 0;
      offenders.set(slot, question | Math.min(known + 1, FAILURES_TO_BLOCK));
    }
  }

  private void forgive(long question) {
    int slot = slot(question);
    if (question != 0 && (offenders.get(slot) ^ question) >>> 16 == 0) {
      offenders.set(slot, 0);
    }
  }

  private static int slot(long question) {
    return (int) (question >>> 32) & (SLOTS - 1);
  }

  /** A hash of QNAME in lower case, QTYPE and QCLASS, its lowest 16 bits zero; 0 for none. */
  private static long hash(MemorySegment query, int queryLength) {
    int end = questionEnd(query, queryLength);
    if (end == NO_QUESTION) {
      return 0;
    }
    long hash = 1;
    for (int at = Question.NAME_AT; at < end; at++) {
      int octet = Octets.u8(query, at);
      hash = (hash ^ (octet >= 'A' && octet <= 'Z' ? octet + 32 : octet)) * 0x100000001b3L;
    }
    return (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L & ~COUNT;
  }

  private static int questionEnd(MemorySegment query, int queryLength) {
    int at = Question.NAME_AT;
    while (at < queryLength && Octets.u8(query, at) != 0) {
      at += 1 + Octets.u8(query, at);
    }
    return at + 5 <= queryLength ? at + 5 : NO_QUESTION;
  }
}
