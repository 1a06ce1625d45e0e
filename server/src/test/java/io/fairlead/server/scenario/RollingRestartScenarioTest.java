package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * F18: two name servers, restarted in turn, as an upgrade does: the next one when the last one has
 * answered again for a while. Whoever asks the other one when one does not answer, as every
 * resolver does (RFC 1035 section 7.2), loses nothing, and nobody is told anything wrong by a node
 * that begins.
 */
final class RollingRestartScenarioTest {
  private static final int RESTARTS = 10;
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void noQuestionGoesUnansweredWhileNodesAreRestartedInTurn() throws Exception {
    List<Site> sites = Site.open("127.0.10.1", "127.0.20.1");
    sites.getLast().kill(); // so that a wrong answer would be seen
    int[] ports = {Ports.free(), Ports.free()};
    Path[] files = {file("one", ports[0], sites), file("two", ports[1], sites)};
    Launched[] nodes = {serve(files[0]), serve(files[1])};
    try {
      nodes[0].awaitReady();
      nodes[1].awaitReady();
      var client = new Client(ports);
      Thread asking = Thread.ofPlatform().daemon().start(client);
      for (int i = 0; i < RESTARTS; i++) {
        int node = i % 2;
        nodes[node].signal("TERM");
        assertThat(nodes[node].exit(Duration.ofSeconds(7))).isZero();
        nodes[node] = serve(files[node]);
        nodes[node].awaitReady();
        int answered = client.asked;
        Until.isTrue("asked again, and again", SOON, () -> client.asked > answered + 2);
      }
      client.stopping = true;
      asking.join(SOON);

      assertThat(client.asked).isGreaterThan(RESTARTS);
      assertThat(client.unanswered).isZero();
      assertThat(client.wrong).isEmpty();
    } finally {
      nodes[0].close();
      nodes[1].close();
      sites.forEach(Site::close);
    }
  }

  private Path file(String name, int port, List<Site> sites) throws Exception {
    Path own = Files.createDirectories(folder.resolve(name));
    return Files.writeString(
        own.resolve("fruit.yaml"),
        FruitServer.yaml(own, sites.getFirst().port())
            .replace("127.0.0.1:0\"]", "127.0.0.1:" + port + "\"]"));
  }

  private Launched serve(Path file) {
    return Launched.fairlead(folder, "serve", file.toString());
  }

  /** Asks one server, and where that says nothing or cannot, the other one. */
  private static final class Client implements Runnable {
    private final int[] ports;
    private volatile boolean stopping;
    private volatile int asked;
    private int unanswered;
    private String wrong = "";

    Client(int... ports) {
      this.ports = ports;
    }

    @Override
    public void run() {
      for (int turn = 0; !stopping; turn++) {
        String first = ask(ports[turn % 2]);
        String answer = first.isEmpty() ? ask(ports[(turn + 1) % 2]) : first;
        asked = turn + 1;
        if (answer.isEmpty()) {
          unanswered++;
        } else if (!answer.equals("[127.0.10.1]")) {
          wrong = answer;
        }
      }
    }

    /** The addresses; empty = ask somebody else. */
    private static String ask(int port) {
      try {
        var resolver = new SimpleResolver("127.0.0.1");
        resolver.setPort(port);
        resolver.setTimeout(Duration.ofSeconds(2));
        Name name = Name.fromConstantString(FruitServer.NAME + ".");
        Message reply = resolver.send(Message.newQuery(Record.newRecord(name, Type.A, DClass.IN)));
        return reply.getRcode() == Rcode.NOERROR
            ? reply.getSection(Section.ANSWER).stream()
                .map(Record::rdataToString)
                .toList()
                .toString()
            : "";
      } catch (IOException e) {
        return "";
      }
    }
  }
}
