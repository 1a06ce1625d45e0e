package io.fairlead.server.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Two servers on real sockets, which take turns as Avi's DNS does, and where they differ. */
class ComparisonTest {
  private static final List<String> NAMES = List.of("a.example");

  private final Server ours = new Server(10, "192.0.2.1", "192.0.2.2");

  @AfterEach
  void stop() {
    ours.socket.close();
  }

  @Test
  void theSameMembersInAnyTurnAreNoDifference() throws IOException {
    try (var theirs = new Server(10, "192.0.2.2", "192.0.2.1")) {
      assertThat(compare(theirs).differences()).isEmpty();
    }
  }

  @Test
  void aMissingMemberAnotherTtlAndAnUnknownNameAreSaid() throws IOException {
    try (var fewer = new Server(10, "192.0.2.1");
        var slower = new Server(30, "192.0.2.1", "192.0.2.2");
        var ignorant = new Server(0)) {
      assertThat(said(fewer))
          .containsExactly(
              "A: A 192.0.2.1, A 192.0.2.2, rcode 0, ttl 10 / A 192.0.2.1, rcode 0, ttl 10");
      assertThat(said(slower)).singleElement().asString().endsWith(", ttl 30");
      assertThat(said(ignorant)).contains("AAAA: no records, rcode 0 / no records, rcode 3");
    }
  }

  @Test
  void silenceIsAnAnswerToo() throws IOException {
    int port;
    try (var once = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = once.getLocalPort();
    }
    Comparison comparison =
        Comparison.of(
            ours.address(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            NAMES,
            4);
    assertThat(comparison.differences())
        .extracting(Comparison.Difference::theirs)
        .containsExactly("no reply", "no reply");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:5353", "[::1]:5353"})
  void aServerWithItsPort(String text) {
    assertThat(Comparison.address(text).getPort()).isEqualTo(5353);
    assertThat(Comparison.address("127.0.0.1").getPort()).isEqualTo(53);
    assertThat(Comparison.address("::1").getPort()).isEqualTo(53);
    assertThatThrownBy(() -> Comparison.address("127.0.0.1:port"))
        .hasMessage("\"127.0.0.1:port\" is no SERVER[:PORT]");
  }

  private Comparison compare(Server theirs) throws IOException {
    return Comparison.of(ours.address(), theirs.address(), NAMES, 4);
  }

  private List<String> said(Server theirs) throws IOException {
    return compare(theirs).differences().stream()
        .map(d -> d.type() + ": " + d.ours() + " / " + d.theirs())
        .toList();
  }

  /** Answers A by turns; knows no name where it has no address. */
  private static final class Server implements AutoCloseable {
    private final DatagramSocket socket;
    private final long ttl;
    private final String[] addresses;
    private int turn;

    Server(long ttl, String... addresses) {
      this.ttl = ttl;
      this.addresses = addresses;
      try {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Thread.ofVirtual().start(this::serve);
    }

    InetSocketAddress address() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    private void serve() {
      try {
        while (true) {
          var packet = new DatagramPacket(new byte[512], 512);
          socket.receive(packet);
          var query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
          byte[] reply = reply(query).toWire();
          socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      } catch (IOException closed) {
        socket.close();
      }
    }

    private Message reply(Message query) throws IOException {
      var reply = new Message(query.getHeader().getID());
      reply.getHeader().setFlag(Flags.QR);
      var question = query.getQuestion();
      reply.addRecord(question, Section.QUESTION);
      if (addresses.length == 0) {
        reply.getHeader().setRcode(Rcode.NXDOMAIN);
      } else if (question.getType() == Type.A) {
        var address = InetAddress.ofLiteral(addresses[turn++ % addresses.length]);
        reply.addRecord(new ARecord(question.getName(), DClass.IN, ttl, address), Section.ANSWER);
      }
      return reply;
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
