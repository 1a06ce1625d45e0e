package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Clients do not ask us but their resolver: Debian's unbound stands between. */
final class ResolverScenarioTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private List<Site> sites;
  private FruitServer fruit;
  private Process unbound;
  private Ask resolver;

  @BeforeEach
  void start() throws Exception {
    Path program =
        Stream.of("/usr/sbin/unbound", "/usr/local/sbin/unbound")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeTrue(program != null, "unbound is not installed");
    sites = Site.open("127.0.10.1", "127.0.20.1");
    fruit = FruitServer.start(folder, sites.getFirst().port());
    int port = Ports.free();
    Path config = Files.writeString(folder.resolve("unbound.conf"), config(port));
    unbound =
        new ProcessBuilder(String.valueOf(program), "-d", "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("unbound.log").toFile())
            .start();
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    resolver = new Ask(address, address);
    Until.isTrue("unbound listens", SOON, () -> listens(port));
  }

  private String config(int port) {
    return """
    server:
      interface: 127.0.0.1
      port: %d
      do-daemonize: no
      use-syslog: no
      logfile: ""
      pidfile: ""
      chroot: ""
      username: ""
      directory: "%s"
      num-threads: 1
      module-config: "iterator"
      do-not-query-localhost: no
      local-zone: "gslb.guzware.net." transparent
    remote-control:
      control-enable: no
    stub-zone:
      name: "gslb.guzware.net."
      stub-addr: 127.0.0.1@%d
    """
        .formatted(port, folder, fruit.server().udpAddresses().getFirst().getPort());
  }

  private boolean listens(int port) {
    if (!unbound.isAlive()) {
      throw new AssertionError("unbound ended with " + unbound.exitValue() + ": " + log());
    }
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("unbound.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (unbound != null) {
      unbound.destroy();
      unbound.waitFor();
    }
    if (fruit != null) {
      fruit.close();
      sites.forEach(Site::close);
    }
  }

  @Test
  void aClientReachesALiveSiteByTheGlobalName() throws Exception {
    Message reply = resolver.udp("www.gslb.guzware.net", Type.A);
    assertThat(reply.getRcode()).as(log()).isEqualTo(Rcode.NOERROR);
    assertThat(reply.getSection(Section.ANSWER)).hasSize(2);
    assertThat(resolver.tcp(FruitServer.NAME, Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(resolver.udp("nope.gslb.guzware.net", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);

    String address = resolver.addresses(FruitServer.NAME).getFirst();
    assertThat(page(address)).isEqualTo("from " + address);
  }

  /** A real request to where the name led. */
  private String page(String address) throws IOException, InterruptedException {
    var uri = URI.create("http://" + address + ":" + sites.getFirst().port() + "/apple");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void theResolverFollowsAFailoverOnceItsTtlIsOver(int dead) throws Exception {
    assertThat(resolver.udp(FruitServer.NAME, Type.A).getSection(Section.ANSWER).getFirst())
        .satisfies(record -> assertThat(record.getTTL()).isBetween(0L, 2L));
    sites.get(dead).kill();
    String gone = sites.get(dead).literal();
    String live = sites.get(1 - dead).literal();
    Until.isTrue(
        "gone from our answers",
        SOON,
        () -> !fruit.ask().share(FruitServer.NAME, 4).containsKey(gone));

    // From now on a cached answer lives for the TTL of 2 s at most.
    Duration took =
        Until.isTrue(
            "gone from the resolver's",
            SOON,
            () -> resolver.addresses(FruitServer.NAME).equals(List.of(live)));
    assertThat(took).isLessThan(Duration.ofSeconds(2 + 3));
    assertThat(Set.copyOf(resolver.share(FruitServer.NAME, 20).keySet())).containsExactly(live);
    assertThat(page(live)).isEqualTo("from " + live);
  }
}
