package io.fairlead.dns.transfer;

import io.fairlead.dns.tsig.TsigSession;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrClass;
import io.fairlead.dns.wire.RrType;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Tells secondaries of new serials (RFC 1996): each until it answers, a newer serial comes, or it
 * has been told often enough; it will ask by itself when the SOA's refresh is over.
 */
public final class Notifier implements AutoCloseable {
  /** RFC 1996 section 3.6: repeated some times, with growing intervals. */
  private static final int ATTEMPTS = 6;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  /** Sockets that are open at one time, however many secondaries are told. */
  private static final int MAX_AT_ONCE = 64;

  private static final int NOTIFY_AUTHORITATIVE = 0x2400;
  private static final int RESPONSE_AND_OPCODE = 0xf800;
  private static final int NOTIFY_RESPONSE = 0xa000;
  private static final int MAX_REPLY = 512;

  private record Secondary(Name apex, InetSocketAddress address) {}

  private final InstantSource clock;
  private final RandomGenerator random;
  private final Consumer<String> log;
  private final Map<Secondary, Long> told = new ConcurrentHashMap<>();
  private final Semaphore sockets = new Semaphore(MAX_AT_ONCE);
  private final ExecutorService tasks =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("fairlead-notify-", 0).factory());

  /**
   * @param log told of who does not answer
   */
  public Notifier(InstantSource clock, RandomGenerator random, Consumer<String> log) {
    this.clock = clock;
    this.random = random;
    this.log = log;
  }

  /** Tells whoever is to be told of a zone whose serial is another than he was told last. */
  public void follow(TransferTable table) {
    for (TransferZone zone : table.zones().values()) {
      long serial = zone.content().serial();
      for (InetSocketAddress address : zone.rules().secondaries()) {
        var secondary = new Secondary(zone.content().apex(), address);
        Long before = told.put(secondary, serial);
        if (before == null || before != serial) {
          int id = random.nextInt(1 << 16);
          var _ = tasks.submit(() -> tell(secondary, zone, id));
        }
      }
    }
  }

  private void tell(Secondary secondary, TransferZone zone, int id) {
    try {
      sockets.acquire();
      try {
        if (!tellUntilHeard(secondary, zone, id)) {
          log.accept(
              "the secondary %s did not answer %d NOTIFY of %s with serial %d"
                  .formatted(
                      secondary.address(), ATTEMPTS, secondary.apex(), zone.content().serial()));
        }
      } finally {
        sockets.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** True where nothing is left to say. */
  private boolean tellUntilHeard(Secondary secondary, TransferZone zone, int id)
      throws InterruptedException {
    Duration wait = FIRST_WAIT;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (told.getOrDefault(secondary, -1L) != zone.content().serial()) {
        return true;
      }
      try (var socket = new DatagramSocket()) {
        socket.connect(secondary.address());
        byte[] message = message(zone, id);
        socket.send(new DatagramPacket(message, message.length));
        if (isHeard(socket, id, wait)) {
          return true;
        }
      } catch (IOException e) {
        Thread.sleep(wait); // no route, or a closed port: perhaps it is about to start
      }
      wait = wait.multipliedBy(2);
    }
    return false;
  }

  private static boolean isHeard(DatagramSocket socket, int id, Duration wait)
      throws IOException, InterruptedException {
    var reply = new DatagramPacket(new byte[MAX_REPLY], MAX_REPLY);
    socket.setSoTimeout((int) wait.toMillis());
    try {
      socket.receive(reply);
    } catch (SocketTimeoutException e) {
      return false;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    ByteBuffer header = ByteBuffer.wrap(reply.getData());
    boolean answers =
        reply.getLength() >= 12
            && (header.getShort(0) & 0xffff) == id
            && (header.getShort(2) & RESPONSE_AND_OPCODE) == NOTIFY_RESPONSE;
    return answers;
  }

  /** RFC 1996 section 3.7: the question is the zone's SOA, the answer may be it too. */
  private byte[] message(TransferZone zone, int id) {
    byte[] apex = zone.content().apex().wire();
    byte[] soa = zone.content().soa().rdata();
    byte[] message =
        ByteBuffer.allocate(12 + apex.length + 4 + 2 + 10 + soa.length)
            .putShort((short) id)
            .putShort((short) NOTIFY_AUTHORITATIVE)
            .putShort((short) 1)
            .putShort((short) 1)
            .putInt(0)
            .put(apex)
            .putShort((short) RrType.SOA)
            .putShort((short) RrClass.IN)
            .putShort((short) 0xc00c)
            .putShort((short) RrType.SOA)
            .putShort((short) RrClass.IN)
            .putInt((int) zone.content().soa().ttlSeconds())
            .putShort((short) soa.length)
            .put(soa)
            .array();
    return zone.rules().keys().isEmpty()
        ? message
        : TsigSession.signRequest(message, zone.rules().keys().getFirst(), clock);
  }

  @Override
  public void close() {
    tasks.shutdownNow();
  }
}
