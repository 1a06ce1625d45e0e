package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * F24: sites that flap, reloads, packets that are none, connections that say nothing, all at once
 * and for long; -Dfairlead.soak.seconds=3600 makes an hour of it.
 */
final class SoakScenarioTest {
  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("fairlead.soak.seconds", 15));

  /** What a collection leaves differs by so much from one to the next without any leak. */
  private static final long SLACK = 16L << 20;

  private static final int NAMES = 500;

  /** A thousand members come or go in a round, and the last 4,096 events are kept. */
  private static final int WARM = 12;

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final Said said = Said.ofFailures();
  private final Random random = new Random(24);

  @Test
  void nothingIsLostNothingIsWrongAndMemoryStaysWhereItWas() throws Exception {
    List<Site> sites = Site.open("127.0.10.1", "127.0.20.1");
    String yaml = FruitServer.yaml(folder, sites.getFirst().port());
    try (var fruit = FruitServer.start(folder, yaml);
        var witness =
            new Witness(fruit.server(), 200, List.of(FruitServer.NAME), SoakScenarioTest::judge)) {
      long heapBefore = 0;
      int threadsBefore = 0;
      long start = System.nanoTime();
      int round = 0;
      for (; elapsed(start).compareTo(LENGTH) < 0 || round < 2 * WARM; round++) {
        abuse(fruit);
        Site flapping = sites.get(round % 2);
        flapping.kill();
        fruit.offer(yaml.replace("ttl: 2s", "ttl: " + (2 + round % 7) + "s") + names(round));
        assertThat(fruit.server().reload()).isEmpty();
        flapping.start();
        if (round == WARM) {
          heapBefore = heap();
          threadsBefore = threads();
        }
      }
      fruit.offer(yaml);
      assertThat(fruit.server().reload()).isEmpty();

      Witness.Report report = witness.report();
      assertThat(report.wrong()).isEmpty();
      assertThat(report.lost()).as("of %d", report.asked()).isZero();
      assertThat(report.asked()).isGreaterThan(100);
      long before = heapBefore;
      Until.isTrue(() -> "heap " + before + " -> " + heap(), SOON, () -> heap() < before + SLACK);
      assertThat(threads()).isLessThanOrEqualTo(threadsBefore + 8);
      assertThat(said.traces()).isEmpty();
    } finally {
      sites.forEach(Site::close);
      said.close();
    }
  }

  private static Duration elapsed(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Other names than in the round before: what was for those must go. */
  private static String names(int round) {
    var text = new StringBuilder();
    for (int i = 0; i < NAMES; i++) {
      text.append("  - { name: r").append(round).append("-").append(i);
      text.append(".gslb.guzware.net, pools: [ { name: p, algorithm: round-robin, members: [");
      text.append(" { site: home-lab, address: 127.0.10.1 } ] } ] }\n");
    }
    return text.toString();
  }

  private void abuse(FruitServer fruit) throws IOException {
    InetSocketAddress udp = fruit.server().udpAddresses().getFirst();
    try (var socket = new DatagramSocket()) {
      for (int i = 0; i < 200; i++) {
        byte[] octets = new byte[random.nextInt(600)];
        random.nextBytes(octets);
        socket.send(new DatagramPacket(octets, octets.length, udp));
      }
    }
    InetSocketAddress tcp = fruit.server().tcpAddresses().getFirst();
    var silent = new ArrayList<Socket>();
    for (int i = 0; i < 20; i++) {
      var socket = new Socket(tcp.getAddress(), tcp.getPort());
      socket.getOutputStream().write(new byte[] {0, 40, 1});
      silent.add(socket);
    }
    for (Socket socket : silent) {
      socket.close();
    }
  }

  private static String judge(Message reply) {
    List<String> answer =
        reply.getSection(Section.ANSWER).stream().map(Record::rdataToString).toList();
    boolean fine =
        reply.getRcode() == Rcode.NOERROR
            && !answer.isEmpty()
            && List.of("127.0.10.1", "127.0.20.1").containsAll(answer);
    return fine ? "" : "not of this service";
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }
}
