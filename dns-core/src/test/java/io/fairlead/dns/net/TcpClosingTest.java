package io.fairlead.dns.net;

import static io.fairlead.dns.net.Messages.ECHO;
import static io.fairlead.dns.net.Messages.HEADER;
import static io.fairlead.dns.net.Messages.echoOf;
import static io.fairlead.dns.net.Messages.framed;
import static io.fairlead.dns.net.Messages.framedQueries;
import static io.fairlead.dns.net.Messages.query;
import static io.fairlead.dns.net.Messages.replyOf;
import static io.fairlead.dns.net.NetCounter.TCP_ACCEPTED;
import static io.fairlead.dns.net.NetCounter.TCP_OPEN;
import static io.fairlead.dns.net.NetCounter.TCP_RECEIVED;
import static io.fairlead.dns.net.NetCounter.TCP_STALLED;
import static io.fairlead.dns.net.NetCounter.TCP_TIMEOUTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.query.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How connections end: garbage, half-closes, resets, silence, and clients that never read. */
@EachTransport
final class TcpClosingTest {
  private final NettyTransport transport;

  TcpClosingTest(NettyTransport transport) {
    this.transport = transport;
  }

  @Test
  void aLengthBelowAHeaderCloses() throws IOException {
    try (var served = new Served(transport, ECHO)) {
      for (int length = 0; length < HEADER; length++) {
        try (var client = new TcpClient(served.tcp())) {
          client.ask(query(1));
          client.send(new byte[] {0, (byte) length});
          assertThat(client.isClosedByServer()).as("length %s", length).isTrue();
        }
      }
      served.awaitCount(TCP_OPEN, 0);
      assertThat(served.listener.count(TCP_RECEIVED)).isEqualTo(HEADER);
      assertThat(served.faults).isEmpty();
    }
  }

  @Test
  void aHalfCloseBeforeTheAnswerIsStillAnswered() throws IOException {
    try (var served = new Served(transport, ECHO);
        var client = new TcpClient(served.tcp())) {
      client.send(framedQueries(100));
      client.socket.shutdownOutput();
      for (int id = 0; id < 100; id++) {
        assertThat(client.receive()).isEqualTo(echoOf(query(id)));
      }
      assertThat(client.isClosedByServer()).isTrue();
      served.awaitCount(TCP_OPEN, 0);
    }
  }

  /** The end of the input is seen while replies wait for the client; they all come in the end. */
  @Test
  void aHalfCloseBehindRepliesThatWaitIsStillAnswered() throws IOException {
    try (var served = new Served(transport, replyOf(Exchange.MAX_MESSAGE));
        var client = new TcpClient(served.tcp())) {
      client.send(framedQueries(500)); // 16 KB, for 33 MB of replies: more than the kernel takes
      client.socket.shutdownOutput();
      Await.until("the server waits", () -> served.listener.count(TCP_RECEIVED) > 0);
      for (int id = 0; id < 500; id++) {
        assertThat(Messages.id(client.receive())).isEqualTo(id);
      }
      assertThat(client.isClosedByServer()).isTrue();
      served.awaitCount(TCP_OPEN, 0);
    }
  }

  @Test
  void aHalfCloseInTheMiddleOfAMessageCloses() throws IOException {
    try (var served = new Served(transport, ECHO);
        var client = new TcpClient(served.tcp())) {
      client.send(Arrays.copyOf(framed(query(1)), 20));
      client.socket.shutdownOutput();
      assertThat(client.isClosedByServer()).isTrue();
      served.awaitCount(TCP_OPEN, 0);
    }
  }

  @Test
  void aResetLeavesNothingBehind() throws IOException {
    try (var served = new Served(transport, replyOf(60_000))) {
      for (int i = 0; i < 50; i++) {
        var idle = new TcpClient(served.tcp());
        idle.ask(query(i));
        idle.reset();
        var inMessage = new TcpClient(served.tcp());
        inMessage.send(Arrays.copyOf(framed(query(i, 5000)), 3000));
        inMessage.reset();
        var behindReplies = new TcpClient(served.tcp());
        behindReplies.send(framedQueries(200));
        behindReplies.reset();
      }
      served.awaitCount(TCP_OPEN, 0);
      assertThat(served.faults).isEmpty();
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws IOException {
    try (var served = new Served(transport, Served.idleTimeout(Duration.ofMillis(300)), ECHO);
        var silent = new TcpClient(served.tcp());
        var once = new TcpClient(served.tcp())) {
      long start = System.nanoTime();
      once.ask(query(1));
      assertThat(silent.isClosedByServer()).isTrue();
      assertThat(once.isClosedByServer()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
      served.awaitCount(TCP_TIMEOUTS, 2);
      served.awaitCount(TCP_OPEN, 0);
    }
  }

  /** True after the client's own timeout; false at once if the server has closed. */
  private static boolean isSilent(TcpClient client) throws IOException {
    try {
      return !client.isClosedByServer();
    } catch (SocketTimeoutException _) {
      return true;
    }
  }

  /** Slowloris: octets that never make a message do not count as life. */
  @Test
  void octetsThatCompleteNoMessageKeepNothingOpen() throws IOException {
    try (var served = new Served(transport, Served.idleTimeout(Duration.ofMillis(600)), ECHO);
        var client = new TcpClient(served.tcp())) {
      client.socket.setSoTimeout(20);
      byte[] frame = framed(query(1, 60_000));
      int sent = 0;
      while (sent < 1000 && isSilent(client)) { // twenty seconds, if nobody closes
        client.send(new byte[] {frame[sent++]});
      }
      assertThat(sent).isBetween(3, 999);
      served.awaitCount(TCP_TIMEOUTS, 1);
      served.awaitCount(TCP_OPEN, 0);
    }
  }

  @Test
  void aClientThatNeverReadsIsBoundedAndClosedWhileOthersAreServed() throws IOException {
    var limits = Served.idleTimeout(Duration.ofSeconds(3));
    PacketHandler largeOverTcp =
        (query, length, reply, exchange) ->
            replyOf(exchange.transport() == Transport.TCP ? Exchange.MAX_MESSAGE : 1232)
                .respond(query, length, reply, exchange);
    try (var served = new Served(transport, limits, largeOverTcp);
        var never = SocketChannel.open(served.tcp());
        var udp = new UdpClient(served.udp())) {
      long queries = sendAsMuchAsFits(never, framedQueries(1000));
      // What the two kernels hold of replies is some megabytes; of ours it is one message.
      assertThat(served.listener.count(TCP_RECEIVED)).isLessThan(Math.min(queries, 300));
      try (var other = new TcpClient(served.tcp())) {
        assertThat(other.ask(query(7))).hasSize(Exchange.MAX_MESSAGE);
      }
      assertThat(udp.ask(query(8))).hasSize(1232);
      served.awaitCount(TCP_TIMEOUTS, 1);
      Await.until("both are closed", () -> served.listener.count(TCP_OPEN) == 0);
      assertThat(served.listener.count(TCP_ACCEPTED)).isEqualTo(2);
    }
  }

  /** Writes until neither kernel takes any more; the number of whole frames of 32 octets. */
  private static long sendAsMuchAsFits(SocketChannel channel, byte[] frames) throws IOException {
    channel.configureBlocking(false);
    long octets = 0;
    int refusals = 0;
    while (refusals < 100) {
      ByteBuffer left = ByteBuffer.wrap(frames).position((int) (octets % frames.length));
      int written = channel.write(left);
      octets += written;
      if (written > 0) {
        refusals = 0;
      } else {
        refusals++;
        Await.pause();
      }
    }
    return octets / 32;
  }

  /** 256 connections may have a long message under way; the longest such one makes room. */
  @Test
  void longMessagesUnderWayAreBounded() throws IOException {
    var limits = new TcpLimits(10_000, 1000, Served.LONG);
    var spec = Served.spec(1, limits);
    var clients = new ArrayList<TcpClient>();
    try (var served = new Served(transport, spec, ECHO)) {
      byte[] part = Arrays.copyOf(framed(query(1, 60_000)), 30_000);
      for (int i = 0; i < 300; i++) {
        var client = new TcpClient(served.tcp());
        clients.add(client);
        client.send(part);
      }
      served.awaitCount(TCP_STALLED, 300 - 256);
      assertThat(clients.getFirst().isClosedByServer()).isTrue();
      byte[] rest = Arrays.copyOfRange(framed(query(1, 60_000)), 30_000, 60_002);
      clients.getLast().send(rest);
      assertThat(clients.getLast().receive()).isEqualTo(echoOf(query(1, 60_000)));
    } finally {
      for (TcpClient client : clients) {
        client.close();
      }
    }
  }

  /** Short messages under way are free: so do usual queries whose segments are cut badly. */
  @Test
  void shortMessagesUnderWayAreNot() throws IOException {
    var spec = Served.spec(1, new TcpLimits(10_000, 1000, Served.LONG));
    var clients = new ArrayList<TcpClient>();
    try (var served = new Served(transport, spec, ECHO)) {
      for (int i = 0; i < 300; i++) {
        var client = new TcpClient(served.tcp());
        clients.add(client);
        client.send(Arrays.copyOf(framed(query(i)), 20));
      }
      served.awaitCount(TCP_OPEN, 300);
      for (int i = 0; i < 300; i++) {
        clients.get(i).send(Arrays.copyOfRange(framed(query(i)), 20, 32));
        assertThat(clients.get(i).receive()).isEqualTo(echoOf(query(i)));
      }
      assertThat(served.listener.count(TCP_STALLED)).isZero();
    } finally {
      for (TcpClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void connectionsThatComeAndGoLeaveNothingBehind() throws IOException {
    try (var served = new Served(transport, ECHO)) {
      for (InetSocketAddress server : served.listener.tcpAddresses()) {
        for (int i = 0; i < 300; i++) {
          try (var client = new TcpClient(server)) {
            client.ask(query(i));
          }
        }
      }
      served.awaitCount(TCP_ACCEPTED, 600);
      served.awaitCount(TCP_OPEN, 0);
    }
  }
}
