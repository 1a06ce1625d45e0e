package io.fairlead.dns.net;

import static io.fairlead.dns.net.Messages.ECHO;
import static io.fairlead.dns.net.Messages.HEADER;
import static io.fairlead.dns.net.Messages.atOddIds;
import static io.fairlead.dns.net.Messages.echoOf;
import static io.fairlead.dns.net.Messages.framed;
import static io.fairlead.dns.net.Messages.framedQueries;
import static io.fairlead.dns.net.Messages.query;
import static io.fairlead.dns.net.Messages.replyOf;
import static io.fairlead.dns.net.NetCounter.TCP_OPEN;
import static io.fairlead.dns.net.NetCounter.TCP_RECEIVED;
import static io.fairlead.dns.net.NetCounter.TCP_SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.query.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** RFC 7766 section 8: two octets of length, then the message, however the segments fall. */
@EachTransport
final class TcpFramingTest {
  private final NettyTransport transport;

  TcpFramingTest(NettyTransport transport) {
    this.transport = transport;
  }

  @Test
  void aQueryIsAnsweredOverBothFamilies() throws IOException {
    try (var served = new Served(transport, ECHO)) {
      for (InetSocketAddress server : List.of(served.tcp(), served.tcp6())) {
        try (var client = new TcpClient(server)) {
          byte[] query = query(4711, 77);
          assertThat(client.ask(query)).isEqualTo(echoOf(query));
        }
      }
    }
  }

  @Test
  void segmentsOfOneOctet() throws IOException {
    try (var served = new Served(transport, ECHO);
        var client = new TcpClient(served.tcp())) {
      for (byte octet : framed(query(1))) {
        client.send(new byte[] {octet});
      }
      assertThat(client.receive()).isEqualTo(echoOf(query(1)));
    }
  }

  @Test
  void theLengthComesApartFromTheMessage() throws IOException {
    try (var served = new Served(transport, ECHO);
        var client = new TcpClient(served.tcp())) {
      for (int cut : List.of(1, 2, 3, 2 + HEADER)) {
        byte[] frame = framed(query(cut));
        client.send(Arrays.copyOfRange(frame, 0, cut));
        try (var other = new TcpClient(served.tcp())) {
          other.ask(query(99)); // by now the first part has been read, on one thread or the other
        }
        client.send(Arrays.copyOfRange(frame, cut, frame.length));
        assertThat(client.receive()).isEqualTo(echoOf(query(cut)));
      }
    }
  }

  @Test
  void aHundredInOneSegmentAreAnsweredInOrder() throws IOException {
    try (var served = new Served(transport, ECHO);
        var client = new TcpClient(served.tcp())) {
      client.send(framedQueries(100));
      for (int id = 0; id < 100; id++) {
        assertThat(client.receive()).isEqualTo(echoOf(query(id)));
      }
      served.awaitCount(TCP_RECEIVED, 100);
      served.awaitCount(TCP_SENT, 100);
    }
  }

  @Test
  void anyCutsOfTheStreamGiveTheSameReplies() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    byte[] stream = framedQueries(500);
    try (var served = new Served(transport, ECHO)) {
      for (int round = 0; round < 5; round++) {
        try (var client = new TcpClient(served.tcp())) {
          for (int from = 0; from < stream.length; ) {
            int to = Math.min(stream.length, from + 1 + random.nextInt(200));
            client.send(Arrays.copyOfRange(stream, from, to));
            from = to;
          }
          for (int id = 0; id < 500; id++) {
            assertThat(client.receive()).as("seed %s", seed).isEqualTo(echoOf(query(id)));
          }
        }
      }
    }
  }

  @Test
  void messagesOfAllSizesUpToTheLargest() throws IOException {
    try (var served = new Served(transport, ECHO);
        var client = new TcpClient(served.tcp())) {
      for (int octets : List.of(HEADER, 13, 511, 512, 513, 16_384, 40_000, Exchange.MAX_MESSAGE)) {
        byte[] query = query(octets, octets);
        assertThat(client.ask(query)).isEqualTo(echoOf(query));
      }
    }
  }

  @Test
  void theLargestRepliesInARow() throws IOException {
    try (var served = new Served(transport, replyOf(Exchange.MAX_MESSAGE));
        var client = new TcpClient(served.tcp())) {
      client.send(framedQueries(100));
      for (int id = 0; id < 100; id++) {
        byte[] reply = client.receive();
        assertThat(reply).hasSize(Exchange.MAX_MESSAGE);
        assertThat(Messages.id(reply)).isEqualTo(id);
      }
    }
  }

  @Test
  void lengthAndReplyAreOneWrite() throws IOException {
    try (var served = new Served(transport, ECHO);
        var client = new TcpClient(served.tcp())) {
      byte[] query = query(5);
      client.send(framed(query));
      // Whatever is there at the first read is all of it.
      byte[] read = new byte[1000];
      int count = client.socket.getInputStream().read(read);
      assertThat(Arrays.copyOf(read, count)).isEqualTo(framed(echoOf(query)));
    }
  }

  @Test
  void zeroClosesButWhatWasAnsweredBeforeIsSent() throws IOException {
    try (var served = new Served(transport, atOddIds((_, _, _, _) -> 0));
        var client = new TcpClient(served.tcp())) {
      client.send(framed(query(2)));
      client.send(framedQueries(3)); // ids 0, 1, 2: closes at 1
      assertThat(client.receive()).isEqualTo(echoOf(query(2)));
      assertThat(client.receive()).isEqualTo(echoOf(query(0)));
      assertThat(client.isClosedByServer()).isTrue();
      served.awaitCount(TCP_OPEN, 0);
    }
  }

  @Test
  void aHandlerThatThrowsCostsTheConnectionOnlyAndWhatWasAnsweredBeforeIsSent() throws IOException {
    PacketHandler throwsAtOdd =
        atOddIds(
            (_, _, _, _) -> {
              throw new IllegalStateException("query of death");
            });
    try (var served = new Served(transport, throwsAtOdd);
        var client = new TcpClient(served.tcp());
        var other = new TcpClient(served.tcp())) {
      client.send(framedQueries(3));
      assertThat(client.receive()).isEqualTo(echoOf(query(0)));
      assertThat(client.isClosedByServer()).isTrue();
      assertThat(other.ask(query(4))).isEqualTo(echoOf(query(4)));
      assertThat(served.faults).singleElement().extracting(NetFault::where).isEqualTo("tcp");
    }
  }

  @Test
  void theExchangeKnowsThePeerAndTheTransport() throws Exception {
    record Seen(Transport transport, InetAddress resolver, int family) {}
    BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    PacketHandler looks =
        (_, _, _, exchange) -> {
          Address resolver = exchange.client().resolver();
          seen.add(new Seen(exchange.transport(), resolver.toInetAddress(), resolver.family()));
          return 0;
        };
    try (var served = new Served(transport, looks);
        var client = new TcpClient(served.tcp(), InetAddress.ofLiteral("127.0.0.9"));
        var client6 = new TcpClient(served.tcp6())) {
      client.send(framed(query(1)));
      assertThat(seen.take())
          .isEqualTo(new Seen(Transport.TCP, InetAddress.ofLiteral("127.0.0.9"), Address.IPV4));
      client6.send(framed(query(1)));
      assertThat(seen.take())
          .isEqualTo(new Seen(Transport.TCP, InetAddress.ofLiteral("::1"), Address.IPV6));
    }
  }
}
