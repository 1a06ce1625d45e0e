package orchard;

import io.fairlead.config.file.ConfigLoader;
import io.fairlead.server.Environment;
import io.fairlead.server.Fairlead;
import java.nio.file.Path;
import java.time.Duration;

/** A program of one's own that has a GSLB server in it. */
public final class Orchard {
  private Orchard() {}

  public static void main(String[] args) throws Exception {
    var config = ConfigLoader.load(Path.of(args[0])).orElseThrow();
    try (var server = Fairlead.start(config, Environment.system())) {
      server.awaitAnswering(Duration.ofSeconds(10));
      pickApples(server);
    }
  }

  /** What the program is for. */
  private static void pickApples(Fairlead server) throws Exception {
    System.out.println("answering at " + server.udpAddresses().getFirst());
    System.out.println("until a key is pressed");
    System.in.read();
  }
}
