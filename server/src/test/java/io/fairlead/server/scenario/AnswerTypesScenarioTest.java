package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS, SVCB, SRV and the TTL of doubtful times, asked with dig. */
final class AnswerTypesScenarioTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final String MORE =
      """
        - name: web.gslb.guzware.net
          aliases: [www2.gslb.guzware.net]
          ttl: 60s
          types: [A, AAAA, { type: HTTPS, alpn: [h3, h2], port: 8443 }, SVCB]
          pools:
            - name: main
              algorithm: consistent-hash
              hashMask: { ipv4: 24, ipv6: 56 }
              members:
                - { site: home-lab, address: 192.0.2.1 }
                - { site: remote-site, address: 192.0.2.2 }
                - { site: home-lab, address: "2001:db8::1" }
                - { site: remote-site, address: "2001:db8::2" }
        - name: live.gslb.guzware.net
          ttl: 60s
          types: [A, HTTPS]
          pools:
            - name: main
              members:
                - { site: home-lab, address: 192.0.2.1 }
                - { site: remote-site, address: 192.0.2.2 }
        - name: sip.gslb.guzware.net
          ttl: 60s
          types: [ { type: SRV, port: 5060, priority: 10 } ]
          pools:
            - name: main
              members:
                - { site: home-lab, hostname: sip1.example.net, weight: 8 }
                - { site: remote-site, hostname: sip2.example.net, weight: 2 }
        - name: cdn.gslb.guzware.net
          ttl: 60s
          monitors: [apple]
          downResponse: { type: cname, target: cdn.example.net }
          pools:
            - name: main
              members: [ { site: home-lab, address: 127.0.10.1, probeHost: fruit } ]
        - name: doubt.gslb.guzware.net
          ttl: 60s
          dynamicTtl: 1s
          monitors: [apple]
          pools:
            - name: main
              members: [ { site: home-lab, address: 127.0.10.1, probeHost: fruit } ]
      """;

  @TempDir private Path folder;

  private static List<String> dig(FruitServer server, String... words) {
    InetSocketAddress at = server.server().udpAddresses().getFirst();
    var command =
        new ArrayList<>(
            List.of(
                "dig",
                "@" + at.getAddress().getHostAddress(),
                "-p",
                Integer.toString(at.getPort()),
                "+noall",
                "+answer",
                "+tries=1"));
    command.addAll(List.of(words));
    try {
      Process dig = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(dig.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(dig.waitFor()).as(said).isZero();
      return said.lines().map(line -> line.replaceAll("\\s+", " ")).toList();
    } catch (IOException e) {
      throw new AssertionError("dig is needed (dnsutils)", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String last(List<String> lines) {
    assertThat(lines).hasSize(1);
    return lines.getFirst().substring(lines.getFirst().lastIndexOf(' ') + 1);
  }

  @Test
  void theyLeadWhereTheAddressesDo() throws Exception {
    List<Site> sites = Site.open("127.0.10.1", "127.0.20.1");
    String yaml = FruitServer.yaml(folder, sites.getFirst().port()) + MORE;
    try (var server = FruitServer.start(folder, yaml)) {
      for (int i = 0; i < 20; i++) {
        String client = "+subnet=10.0." + i + ".0/24";
        String a = last(dig(server, client, "web.gslb.guzware.net", "A"));
        String aaaa = last(dig(server, client, "web.gslb.guzware.net", "AAAA"));
        String hints = "ipv4hint=" + a + " ipv6hint=" + aaaa;
        for (String name : List.of("web.gslb.guzware.net", "www2.gslb.guzware.net")) {
          assertThat(dig(server, client, name, "HTTPS"))
              .containsExactly(name + ". 60 IN HTTPS 1 . alpn=\"h3,h2\" port=8443 " + hints);
          assertThat(dig(server, client, name, "SVCB"))
              .containsExactly(name + ". 60 IN SVCB 1 . " + hints);
        }
      }
      assertThat(dig(server, "live.gslb.guzware.net", "HTTPS"))
          .containsExactly("live.gslb.guzware.net. 60 IN HTTPS 1 . ipv4hint=192.0.2.1,192.0.2.2");
      assertThat(dig(server, "live.gslb.guzware.net", "AAAA")).isEmpty();
      assertThat(dig(server, "sip.gslb.guzware.net", "SRV"))
          .containsExactlyInAnyOrder(
              "sip.gslb.guzware.net. 60 IN SRV 10 8 5060 sip1.example.net.",
              "sip.gslb.guzware.net. 60 IN SRV 10 2 5060 sip2.example.net.");
      assertThat(dig(server, "sip.gslb.guzware.net", "A")).isEmpty();
      explained(server);
    } finally {
      sites.forEach(Site::close);
    }
  }

  private static void explained(FruitServer server) throws Exception {
    String json =
        server.get("/api/v1/explain?name=live.gslb.guzware.net&type=HTTPS&client=10.0.0.1").body();
    assertThat(json)
        .contains("its HTTPS names what this client gets for A")
        .as("the next turn is the other's")
        .contains("HTTPS 1 . ipv4hint=192.0.2.2,192.0.2.1");
    String srv = server.get("/api/v1/explain?name=sip.gslb.guzware.net&type=SRV").body();
    assertThat(srv).contains("SRV 10 8 5060 sip1.example.net");
  }

  /** At a name of somebody else there is a CNAME and nothing else, whatever is asked for. */
  @Test
  void whileClientsAreSentToAnotherNameEveryTypeIsThatName() throws Exception {
    List<Site> sites = Site.open("127.0.10.1", "127.0.20.1");
    String yaml = FruitServer.yaml(folder, sites.getFirst().port()) + MORE;
    try (var server = FruitServer.start(folder, yaml)) {
      assertThat(last(dig(server, "cdn.gslb.guzware.net", "A"))).isEqualTo("127.0.10.1");
      for (String type : List.of("CNAME", "TXT", "AAAA", "HTTPS")) {
        assertThat(dig(server, "cdn.gslb.guzware.net", type)).isEmpty();
      }
      sites.getFirst().kill();
      Until.isTrue(
          "sent elsewhere",
          SOON,
          () -> last(dig(server, "cdn.gslb.guzware.net", "A")).endsWith("."));
      for (String type : List.of("A", "CNAME", "TXT", "AAAA", "HTTPS", "ANY")) {
        assertThat(dig(server, "+notcp", "cdn.gslb.guzware.net", type))
            .containsExactly("cdn.gslb.guzware.net. 60 IN CNAME cdn.example.net.");
      }
    } finally {
      sites.forEach(Site::close);
    }
  }

  /** One failed probe of the two that it takes: the TTL falls before the verdict does. */
  @Test
  void theTtlFallsBeforeTheVerdictAndRisesWithIt() throws Exception {
    List<Site> sites = Site.open("127.0.10.1", "127.0.20.1");
    String yaml = FruitServer.yaml(folder, sites.getFirst().port()) + MORE;
    try (var server = FruitServer.start(folder, yaml)) {
      Until.isTrue("sure", SOON, () -> ttl(server).equals("60"));
      sites.getFirst().kill();
      Until.isTrue("in doubt", SOON, () -> ttl(server).equals("1"));
      Until.isTrue("surely down", SOON, () -> ttl(server).equals("60"));
      sites.getFirst().start();
      Until.isTrue("in doubt again", SOON, () -> ttl(server).equals("1"));
      Until.isTrue("surely up", SOON, () -> ttl(server).equals("60"));
    } finally {
      sites.forEach(Site::close);
    }
  }

  private static String ttl(FruitServer server) {
    return dig(server, "doubt.gslb.guzware.net", "A").getFirst().split(" ", -1)[1];
  }
}
