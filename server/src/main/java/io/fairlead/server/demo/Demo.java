package io.fairlead.server.demo;

import io.fairlead.config.file.ConfigLoader;
import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.server.Environment;
import io.fairlead.server.Fairlead;
import io.fairlead.server.StartFailure;
import io.fairlead.server.explain.Ink;
import io.fairlead.server.reload.ConfigFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two small sites and a server on loopback: a failover that one can watch, without a file, root or
 * network.
 */
public final class Demo {
  private static final String NAME = "fruit.gslb.guzware.net";
  private static final Duration LOOK = Duration.ofMillis(250);

  /** Questions behind one line of the picture: with two sites of equal weight, 10 and 10. */
  private static final int QUESTIONS = 20;

  private final int port;
  private final int adminPort;
  private final PrintWriter out;
  private final Ink ink;

  public Demo(int port, int adminPort, PrintWriter out, Ink ink) {
    this.port = port;
    this.adminPort = adminPort;
    this.out = out;
    this.ink = ink;
  }

  /**
   * Runs until the thread is interrupted, or the user ends it.
   *
   * @throws StartFailure where an address cannot be bound
   */
  public void run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("fairlead-demo");
    try {
      List<DemoSite> sites = openSites();
      try (DemoSite one = sites.get(0);
          DemoSite two = sites.get(1);
          Fairlead server = serve(folder, one.address().getPort())) {
        server.awaitAnswering(Duration.ofSeconds(10));
        introduce(server, sites, folder);
        watch(server, List.of(one, two));
      }
    } finally {
      delete(folder);
    }
  }

  /** Both sites on one port, 8080 where it is free. */
  private static List<DemoSite> openSites() throws IOException {
    for (int sitePort = 8080; sitePort < 8100; sitePort++) {
      var sites =
          List.of(
              new DemoSite("home-lab", "127.0.10.1", sitePort),
              new DemoSite("remote-site", "127.0.20.1", sitePort));
      try {
        for (DemoSite site : sites) {
          site.heal();
        }
        return sites;
      } catch (IOException taken) {
        sites.forEach(DemoSite::close);
      }
    }
    throw new IOException("no port from 8080 to 8099 is free on 127.0.10.1 and 127.0.20.1");
  }

  private Fairlead serve(Path folder, int sitePort) throws IOException {
    Path file = folder.resolve("demo.yaml");
    String text =
        template()
            .replace("@STATE@", folder.resolve("state").toString())
            .replace("@PORT@", Integer.toString(port))
            .replace("@ADMIN@", Integer.toString(adminPort))
            .replace("@SITE@", Integer.toString(sitePort));
    Files.writeString(file, text);
    return switch (ConfigLoader.load(file)) {
      case Result.Loaded loaded ->
          Fairlead.start(new ConfigFile(file), text, loaded, Environment.system());
      case Result.Refused(var problems) ->
          throw new IllegalStateException("our own demo.yaml is refused: " + problems);
    };
  }

  private static String template() throws IOException {
    try (InputStream resource = Demo.class.getResourceAsStream("demo.yaml")) {
      if (resource == null) {
        throw new IllegalStateException("demo.yaml is missing from the jar");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void introduce(Fairlead server, List<DemoSite> sites, Path folder) {
    String at = "@127.0.0.1 -p " + server.udpAddresses().getFirst().getPort();
    out.println(ink.bold("fairlead demo") + "  one global name, two sites");
    out.println();
    out.println("  " + ink.bold("try") + "  dig " + at + " " + NAME + " +short");
    out.println("       dig " + at + " www.gslb.guzware.net");
    out.println("       dig " + at + " nope.gslb.guzware.net +tcp");
    out.println(
        "       curl http://127.0.0.1:" + server.adminAddress().getPort() + "/api/v1/services");
    out.println(
        "       ./fairlead status --server http://127.0.0.1:" + server.adminAddress().getPort());
    out.println("  " + ink.bold("file") + " " + folder.resolve("demo.yaml"));
    for (int i = 0; i < sites.size(); i++) {
      DemoSite site = sites.get(i);
      out.println(
          "  "
              + ink.bold("site")
              + " "
              + site.name()
              + " is http://"
              + site.address().getAddress().getHostAddress()
              + ":"
              + site.address().getPort()
              + "/apple");
    }
    if (Keys.present()) {
      out.println("  " + ink.bold("keys") + " 1 fails or heals home-lab, 2 remote-site, q ends");
    } else {
      out.println("  Ctrl-C ends");
    }
    out.println();
    out.flush();
  }

  private void watch(Fairlead server, List<DemoSite> sites)
      throws IOException, InterruptedException {
    if (!Keys.present()) {
      follow(server, sites);
      return;
    }
    try (Keys keys = Keys.open()) {
      Thread follower =
          Thread.ofPlatform()
              .name("fairlead-demo")
              .daemon()
              .start(() -> followQuietly(server, sites));
      for (int key = keys.next(); key != 'q' && key >= 0; key = keys.next()) {
        if (key == '1' || key == '2') {
          sites.get(key - '1').toggle();
        }
      }
      follower.interrupt();
      follower.join();
    }
  }

  private void followQuietly(Fairlead server, List<DemoSite> sites) {
    try {
      follow(server, sites);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      out.println("the picture ends here: " + e.getMessage());
      out.flush();
    }
  }

  /**
   * One line; a terminal's is drawn over, elsewhere a new one is printed when it says something
   * new.
   */
  private void follow(Fairlead server, List<DemoSite> sites)
      throws IOException, InterruptedException {
    try (Asker asker = new Asker(server.udpAddresses().getFirst(), NAME)) {
      String last = "";
      while (true) {
        String line = line(sites, asker.ask(QUESTIONS));
        if (Keys.present()) {
          out.print("\r\033[K" + line);
        } else if (!line.equals(last)) {
          out.println(line);
        }
        out.flush();
        last = line;
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
      }
    }
  }

  private String line(List<DemoSite> sites, Map<String, Integer> answers) {
    return sites.stream()
            .map(
                site -> {
                  String address = site.address().getAddress().getHostAddress();
                  int share = answers.getOrDefault(address, 0);
                  String state = site.isUp() ? ink.good("runs  ") : ink.bad("failed");
                  return "%s %s %s %-20s %2d"
                      .formatted(
                          ink.bold(site.name()),
                          address,
                          state,
                          "#".repeat(Math.min(share, QUESTIONS)),
                          share);
                })
            .collect(Collectors.joining("   "))
        + "   of "
        + QUESTIONS
        + " answers";
  }

  /** Takes a folder away with all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
