package io.fairlead.bench.differential;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Asks several servers the same, and prints where the first is of another mind than the others.
 * Arguments: zone file, apex, file of explained disagreements, questions, seed, then {@code
 * name=port} on 127.0.0.1 for each server. Exits with 1 where a disagreement is not explained.
 */
public final class DifferentialRun {
  private record Kind(String server, String type, String difference) {
    String line() {
      return "| " + server + " | " + type + " | " + difference + " |";
    }
  }

  private record Sight(int count, String example) {}

  private final Map<String, SimpleResolver> servers = new LinkedHashMap<>();
  private final Map<String, Sight> sights = new TreeMap<>();

  public static void main(String[] arguments) throws IOException {
    var run = new DifferentialRun();
    for (String server : List.of(arguments).subList(5, arguments.length)) {
      int equals = server.indexOf('=');
      int port = Integer.parseInt(server.substring(equals + 1));
      var resolver =
          new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      resolver.setTimeout(Duration.ofSeconds(2));
      resolver.setIgnoreTruncation(true);
      run.servers.put(server.substring(0, equals), resolver);
    }
    var questions =
        new Questions(
            Path.of(arguments[0]), Name.fromString(arguments[1]), Long.parseLong(arguments[4]));
    int count = Integer.parseInt(arguments[3]);
    for (int i = 0; i < count; i++) {
      run.ask(questions.next());
    }
    System.exit(run.report(count, Files.readString(Path.of(arguments[2]))) ? 0 : 1);
  }

  private void ask(Message query) throws IOException {
    Said ours = null;
    for (var server : servers.entrySet()) {
      Said said = Said.of(send(server.getValue(), query));
      if (ours == null) {
        ours = said;
      } else if (!said.equals(ours)) {
        int type = query.getQuestion().getType();
        var kind = new Kind(server.getKey(), Type.string(type), ours.differenceTo(said));
        String example = query.getQuestion().getName() + ": ours " + ours + ", theirs " + said;
        sights.merge(
            kind.line(), new Sight(1, example), (a, b) -> new Sight(a.count() + 1, a.example()));
      }
    }
  }

  /** A datagram may be lost on the way to a busy server. */
  private static Message send(SimpleResolver server, Message query) throws IOException {
    IOException last = null;
    for (int attempt = 0; attempt < 3; attempt++) {
      try {
        return server.send(query);
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IOException("no reply to " + query.getQuestion(), last);
  }

  private boolean report(int questions, String explained) {
    long unexplained = 0;
    for (var sight : sights.entrySet()) {
      boolean known = explained.contains(sight.getKey());
      unexplained += known ? 0 : 1;
      System.out.println(
          (known ? "explained   " : "UNEXPLAINED ")
              + sight.getKey()
              + " x "
              + sight.getValue().count()
              + ", such as "
              + sight.getValue().example());
    }
    System.out.println(
        questions
            + " questions, servers "
            + servers.keySet()
            + ", kinds of disagreement "
            + sights.size()
            + ", not explained "
            + unexplained);
    return unexplained == 0;
  }
}
