package io.fairlead.dns.net;

import static io.fairlead.dns.net.Messages.ECHO;
import static io.fairlead.dns.net.Messages.echoOf;
import static io.fairlead.dns.net.Messages.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.transfer.Transfers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A process whose descriptors are all taken: it goes on, and does not spin. */
@EachWire
final class DescriptorsTest {
  private static final int DESCRIPTORS = 120;

  private final Wire wire;

  DescriptorsTest(Wire wire) {
    this.wire = wire;
  }

  /** The server of this test, in a process of its own. */
  static final class Server {
    private Server() {}

    public static void main(String[] arguments) throws IOException {
      loadAll();
      var wire = Wire.valueOf(arguments[0]);
      var spec = new ListenSpec(List.of(Served.IPV4), List.of(Served.IPV4), 1);
      try (var listener =
          DnsListener.bind(
              wire.transport, wire.over(spec), ECHO, Transfers.none(), new Counters(), _ -> {})) {
        System.out.println(listener.udpAddresses().getFirst().getPort());
        System.out.println(listener.tcpAddresses().getFirst().getPort());
        int _ = System.in.read(); // until the test is over
        System.out.println(listener.count(NetCounter.TCP_REFUSED));
      }
    }

    /** A class in a folder costs a descriptor to load; from a jar, as users run it, none. */
    private static void loadAll() throws IOException {
      var source = DnsListener.class.getProtectionDomain().getCodeSource().getLocation();
      Path root = Path.of(source.getPath());
      Path folder = root.resolve(DnsListener.class.getPackageName().replace('.', '/'));
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
          String name = root.relativize(file).toString().replace(".class", "").replace('/', '.');
          try {
            Class.forName(name);
          } catch (ClassNotFoundException e) {
            throw new IOException(file.toString(), e);
          }
        }
      }
    }
  }

  @Test
  void anExhaustedProcessServesOnAndLetsNewcomersIn() throws Exception {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    Process server = start();
    Deque<TcpClient> idle = new ArrayDeque<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      var udp = Served.address("127.0.0.1", Integer.parseInt(out.readLine()));
      var tcp = Served.address("127.0.0.1", Integer.parseInt(out.readLine()));
      for (int i = 0; i < 4 * DESCRIPTORS; i++) {
        idle.add(new TcpClient(tcp));
      }
      Duration before = cpuTime(server);
      assertThat(server.waitFor(1, TimeUnit.SECONDS)).as("has ended").isFalse();
      assertThat(cpuTime(server).minus(before))
          .as("CPU of one second in which nothing can be accepted")
          .isLessThan(Duration.ofMillis(700));

      try (var client = new UdpClient(udp);
          var newcomer = new TcpClient(tcp)) {
        assertThat(client.ask(query(1))).isEqualTo(echoOf(query(1)));
        assertThat(newcomer.ask(query(2))).isEqualTo(echoOf(query(2)));
      }
      server.getOutputStream().close();
      assertThat(Long.parseLong(out.readLine())).as("accepts that failed").isPositive();
    } finally {
      for (TcpClient client : idle) {
        client.close();
      }
      server.destroy();
    }
  }

  private Process start() throws IOException {
    String java = ProcessHandle.current().info().command().orElseThrow();
    String limited = "ulimit -n " + DESCRIPTORS + " && exec \"$0\" \"$@\"";
    return new ProcessBuilder(
            "sh",
            "-c",
            limited,
            java,
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Server.class.getName(),
            wire.name())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Duration cpuTime(Process process) {
    return process.info().totalCpuDuration().orElseThrow();
  }
}
