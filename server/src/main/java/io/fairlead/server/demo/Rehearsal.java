package io.fairlead.server.demo;

import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.server.Environment;
import io.fairlead.server.Fairlead;
import io.fairlead.server.explain.Question;
import io.fairlead.server.reload.ConfigFile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a server goes through between its start and its end, in a few seconds: from a file, then
 * from the kept state, with questions in between. A JVM that watches it (-XX:AOTCacheOutput) knows
 * afterwards which classes and methods a start needs.
 */
public final class Rehearsal {
  /** A name that is served. */
  public static final String NAME = "service0.gslb.example.com";

  /** Enough that reading and compiling them is what a start is busy with, as with a real file. */
  private static final int SERVICES = 1000;

  /** With three names and two starts, twice what makes a method worth the second compiler. */
  private static final int QUESTIONS = 2_000;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Rehearsal() {}

  /** What is done while it serves. */
  @FunctionalInterface
  public interface Act {
    void play(Path file, String admin) throws IOException;
  }

  /** Runs all of it; nothing is left behind. */
  public static void run(Act act) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("fairlead-rehearsal");
    try (var site = new DemoSite("here", "127.0.0.1", 0)) {
      site.heal();
      Files.writeString(
          folder.resolve("networks.csv"), "network,latitude,longitude\n192.0.2.0/24,50,10\n");
      Path file = folder.resolve("rehearsal.yaml");
      Files.writeString(file, text(folder, site.address().getPort()));
      for (int start = 0; start < 2; start++) {
        try (Fairlead server = serve(file)) {
          if (!server.awaitAnswering(PATIENCE)) {
            throw new IOException("no answer within " + PATIENCE);
          }
          ask(server);
          act.play(file, "http://127.0.0.1:" + server.adminAddress().getPort());
        }
      }
    } finally {
      Demo.delete(folder);
    }
  }

  private static Fairlead serve(Path file) {
    var configFile = new ConfigFile(file);
    ConfigFile.Reading reading = configFile.read();
    return switch (reading.result()) {
      case Result.Loaded loaded ->
          Fairlead.start(configFile, reading.text(), loaded, Environment.system());
      case Result.Refused(var problems) ->
          throw new IllegalStateException("our own rehearsal.yaml is refused: " + problems);
    };
  }

  private static void ask(Fairlead server) throws IOException {
    InetSocketAddress udp = server.udpAddresses().getFirst();
    for (String name : List.of(NAME, "www.gslb.example.com", "nobody.gslb.example.com")) {
      try (var asker = new Asker(udp, name)) {
        asker.ask(QUESTIONS);
      }
    }
    byte[] query =
        new Question(Name.parse(NAME), RrType.A, InetAddress.getLoopbackAddress(), Question.WHOLE)
            .query();
    InetSocketAddress tcp = server.tcpAddresses().getFirst();
    try (var socket = new Socket(tcp.getAddress(), tcp.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeShort(query.length);
      out.write(query);
      var in = new DataInputStream(socket.getInputStream());
      in.readNBytes(in.readUnsignedShort());
    }
  }

  private static String text(Path folder, int sitePort) throws IOException {
    String services =
        IntStream.range(0, SERVICES)
            .mapToObj(
                i ->
                    """
                      - { name: service%d.gslb.example.com, pools: [{ name: main, members: [{ site: here, address: 192.0.2.%d, weight: 2 }, { site: there, address: 198.51.100.%d }] }] }
                    """
                        .formatted(i, i % 250 + 1, i % 250 + 1))
            .collect(Collectors.joining());
    return template()
            .replace("@STATE@", folder.resolve("state").toString())
            .replace("@SITE@", Integer.toString(sitePort))
        + services;
  }

  private static String template() throws IOException {
    try (InputStream resource = Rehearsal.class.getResourceAsStream("rehearsal.yaml")) {
      if (resource == null) {
        throw new IllegalStateException("rehearsal.yaml is missing from the jar");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
