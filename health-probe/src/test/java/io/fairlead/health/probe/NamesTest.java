package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Place;
import io.fairlead.health.spec.Target;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Targets that are names, looked up with a real resolver of the test's own. */
class NamesTest {
  private static final int NOERROR = 0;
  private static final int SERVFAIL = 2;
  private static final int NXDOMAIN = 3;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final AtomicInteger asked = new AtomicInteger();
  private volatile int rcode = NOERROR;
  private volatile int ttl = 3600;
  private DatagramSocket resolver;
  private SocketProbe probe;

  @BeforeEach
  void startResolver() throws IOException {
    resolver = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    Thread _ = Thread.ofVirtual().start(this::answerAll);
    var servers =
        new SingletonDnsServerAddressStreamProvider(
            (InetSocketAddress) resolver.getLocalSocketAddress());
    probe =
        new SocketProbe(
            loop.next(), new Random(1), "fairlead/test", InstantSource.system(), servers);
  }

  @AfterEach
  void stop() {
    resolver.close();
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Test
  void aNameIsProbedWhereItLeadsToAndAskedForOnceInItsTtl() {
    try (var peer = new Peer(_ -> {})) {
      assertThat(probe(peer.port())).isEqualTo(new ProbeResult.Passed("connected"));
      int before = asked.get();
      for (int i = 0; i < 3; i++) {
        assertThat(probe(peer.port())).isEqualTo(new ProbeResult.Passed("connected"));
      }
      assertThat(asked).as("A and AAAA, once each").hasValue(before);
    }
  }

  @Test
  void aNameThatIsNoneIsDown() {
    rcode = NXDOMAIN;
    assertThat(probe(80))
        .isEqualTo(new ProbeResult.Failed("the name www.example.net has no address"));
  }

  @Test
  void aResolverThatFailsSaysNothingOfTheTarget() {
    rcode = SERVFAIL;
    assertThat(probe(80))
        .isInstanceOfSatisfying(
            ProbeResult.NotCounted.class,
            result ->
                assertThat(result.reason())
                    .startsWith("not probed: the name www.example.net could not be looked up: "));
  }

  @Test
  void whileTheResolverFailsTheLastAddressIsProbed() throws Exception {
    ttl = 1;
    try (var peer = new Peer(_ -> {})) {
      assertThat(probe(peer.port())).isInstanceOf(ProbeResult.Passed.class);
      rcode = SERVFAIL;
      int before = asked.get();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (asked.get() == before && System.nanoTime() < end) {
        assertThat(probe(peer.port())).isInstanceOf(ProbeResult.Passed.class);
      }
      assertThat(asked.get()).as("asked again after the TTL").isGreaterThan(before);
      assertThat(probe(peer.port())).isInstanceOf(ProbeResult.Passed.class);
    }
  }

  @Test
  void givingUpWhileTheNameIsLookedUp() {
    resolver.close();
    var attempt = new CompletableFuture<String>();
    loop.next().execute(() -> attempt.complete(probe.start(target(80), _ -> {}).giveUp()));
    assertThat(attempt.join()).isEqualTo("its name was not looked up in time");
  }

  private ProbeResult probe(int port) {
    var result = new CompletableFuture<ProbeResult>();
    loop.next().execute(() -> probe.start(target(port), result::complete));
    return result.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static Target target(int port) {
    return new Target(
        new Place.Named("www.example.net"),
        port,
        new Check.Tcp(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        1,
        1);
  }

  private void answerAll() {
    byte[] buffer = new byte[512];
    var query = new DatagramPacket(buffer, buffer.length);
    try {
      while (true) {
        query.setLength(buffer.length);
        resolver.receive(query);
        asked.incrementAndGet();
        byte[] answer = answer(Arrays.copyOf(buffer, query.getLength()));
        resolver.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
      }
    } catch (IOException _) {
      // closed: the end of this resolver
    }
  }

  /** The question with 127.0.0.1 as its answer, or with the response code alone; no OPT. */
  private byte[] answer(byte[] query) {
    int end = 12;
    while (query[end] != 0) {
      end += 1 + query[end];
    }
    end += 5;
    var answer = new ByteArrayOutputStream();
    answer.write(query, 0, 2);
    answer.writeBytes(new byte[] {(byte) 0x81, (byte) (0x80 | rcode), 0, 1});
    answer.writeBytes(new byte[] {0, (byte) (rcode == NOERROR ? 1 : 0), 0, 0, 0, 0});
    answer.write(query, 12, end - 12);
    if (rcode == NOERROR) {
      byte[] ttlOctets = {0, 0, (byte) (ttl >> 8), (byte) ttl};
      answer.writeBytes(new byte[] {(byte) 0xC0, 12, 0, 1, 0, 1});
      answer.writeBytes(ttlOctets);
      answer.writeBytes(new byte[] {0, 4, 127, 0, 0, 1});
    }
    return answer.toByteArray();
  }
}
