package io.fairlead.server.migrate;

import io.fairlead.dns.wire.Name;
import io.fairlead.server.explain.Question;
import io.fairlead.server.explain.ReplyText;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of a name, asked so often that a rotation is seen whole.
 *
 * @param rcode the last one; -1 where no reply came
 * @param data of all answers
 * @param ttlSeconds the longest
 */
record Answers(int rcode, TreeSet<String> data, long ttlSeconds) {
  private static final int PATIENCE_MILLIS = 2000;
  private static final int NO_REPLY = -1;

  static Answers of(InetSocketAddress server, String name, int type, int times) throws IOException {
    var question =
        new Question(Name.parse(name), type, InetAddress.getLoopbackAddress(), Question.WHOLE);
    byte[] query = question.query();
    var data = new TreeSet<String>();
    long ttl = 0;
    int rcode = NO_REPLY;
    try (var socket = new DatagramSocket()) {
      socket.connect(server); // replies of others are not heard
      socket.setSoTimeout(PATIENCE_MILLIS);
      for (int i = 0; i < times; i++) {
        ReplyText reply = exchange(socket, query);
        if (reply == null) {
          break; // who is silent now is silent at the next question
        }
        rcode = reply.rcode();
        ttl = Math.max(ttl, reply.ttlSeconds());
        reply.answer().forEach(record -> data.add(record.replaceFirst("^\\S+ \\d+ IN ", "")));
        if (reply.answer().isEmpty()) {
          break;
        }
      }
    }
    return new Answers(rcode, data, ttl);
  }

  private static @Nullable ReplyText exchange(DatagramSocket socket, byte[] query)
      throws IOException {
    socket.send(new DatagramPacket(query, query.length));
    var packet = new DatagramPacket(new byte[4096], 4096);
    try {
      socket.receive(packet);
      return ReplyText.read(Arrays.copyOf(packet.getData(), packet.getLength()));
    } catch (SocketTimeoutException | PortUnreachableException _) {
      return null;
    } catch (RuntimeException e) { // whatever a stranger's octets make of a reader
      throw new IOException("a reply that cannot be read: " + e, e);
    }
  }

  /** One line for people. */
  @Override
  public String toString() {
    if (rcode == NO_REPLY) {
      return "no reply";
    }
    String what = data.isEmpty() ? "no records" : String.join(", ", data);
    return "%s, rcode %d%s".formatted(what, rcode, data.isEmpty() ? "" : ", ttl " + ttlSeconds);
  }
}
