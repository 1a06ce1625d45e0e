package io.fairlead.server.demo;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.server.explain.Question;
import io.fairlead.server.explain.ReplyText;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A resolver's view: asks over UDP, as anybody would. */
final class Asker implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 1000;

  private final DatagramSocket socket;
  private final InetSocketAddress server;
  private final byte[] query;

  Asker(InetSocketAddress server, String name) throws IOException {
    this.server = server;
    this.socket = new DatagramSocket();
    socket.setSoTimeout(PATIENCE_MILLIS);
    this.query =
        new Question(Name.parse(name), RrType.A, InetAddress.getLoopbackAddress(), Question.WHOLE)
            .query();
  }

  /**
   * How often each address was the answer to so many questions; an empty answer counts as "none",
   * and the first question without a reply as "lost": the rest is then not asked.
   */
  Map<String, Integer> ask(int times) throws IOException {
    var answers = new TreeMap<String, Integer>();
    for (int i = 0; i < times; i++) {
      socket.send(new DatagramPacket(query, query.length, server));
      var packet = new DatagramPacket(new byte[1232], 1232);
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException _) {
        answers.merge("lost", 1, Integer::sum);
        break;
      }
      var reply = ReplyText.read(Arrays.copyOf(packet.getData(), packet.getLength()));
      if (reply.answer().isEmpty()) {
        answers.merge("none", 1, Integer::sum);
      }
      for (String record : reply.answer()) {
        answers.merge(record.substring(record.lastIndexOf(' ') + 1), 1, Integer::sum);
      }
    }
    return answers;
  }

  @Override
  public void close() {
    socket.close();
  }
}
