package io.fairlead.bench.answer;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.wire.RrType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** One query, from its octets to the reply's, names in random order; run with {@code -prof gc}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AnswerBenchmark {
  private static final byte[] NOTHING = {};

  /** What all threads share. */
  @State(Scope.Benchmark)
  public static class Shared {
    /** As many static names, services and aliases each. */
    @Param({"1000", "100000"})
    int names;

    private PacketHandler handler = AnsweringServer.start(1);

    @Setup
    public void start() {
      handler = AnsweringServer.start(names);
    }
  }

  /** What a query thread has for itself. */
  @State(Scope.Thread)
  public static class QueryThread {
    private final Exchange exchange = Exchange.of(new Counters().newTally());
    private final MemorySegment reply = Arena.global().allocate(Exchange.MAX_MESSAGE);
    private final Queries records = new Queries(AnsweringServer.STATIC, RrType.A, NOTHING);
    private final Queries services = new Queries(AnsweringServer.SERVICE, RrType.A, NOTHING);
    private final Queries servicesWithSubnet =
        new Queries(AnsweringServer.SERVICE, RrType.A, Queries.clientSubnet());
    private final Queries aliases = new Queries(AnsweringServer.ALIAS, RrType.A, NOTHING);
    private final Queries missing = new Queries(AnsweringServer.MISSING, RrType.A, NOTHING);

    @Setup
    public void setResolver() {
      exchange.client().resolver().setIpv4(0xc6336407, 32);
    }

    int respond(Shared shared, Queries queries, int names) {
      MemorySegment query = queries.next(names);
      return shared.handler.respond(query, (int) query.byteSize(), reply, exchange);
    }
  }

  @Benchmark
  public int staticAddress(Shared shared, QueryThread thread) {
    return thread.respond(shared, thread.records, shared.names);
  }

  @Benchmark
  public int weightedAddress(Shared shared, QueryThread thread) {
    return thread.respond(shared, thread.services, shared.names);
  }

  @Benchmark
  public int weightedAddressWithClientSubnet(Shared shared, QueryThread thread) {
    return thread.respond(shared, thread.servicesWithSubnet, shared.names);
  }

  @Benchmark
  public int aliasOfAWeightedAddress(Shared shared, QueryThread thread) {
    return thread.respond(shared, thread.aliases, shared.names);
  }

  @Benchmark
  public int nxdomain(Shared shared, QueryThread thread) {
    return thread.respond(shared, thread.missing, shared.names);
  }

  @Benchmark
  public int oneThreadWithOneTurn(Shared shared, QueryThread thread) {
    return thread.respond(shared, thread.services, 1);
  }

  /** Against one thread: what it costs to share a turn, and the machine's second core. */
  @Benchmark
  @Threads(2)
  public int twoThreadsWithOneTurn(Shared shared, QueryThread thread) {
    return thread.respond(shared, thread.services, 1);
  }

  /** Against {@link #weightedAddress}: the second core alone, for two seldom meet at a turn. */
  @Benchmark
  @Threads(2)
  public int twoThreadsWithManyTurns(Shared shared, QueryThread thread) {
    return thread.respond(shared, thread.services, shared.names);
  }
}
