package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.sync.spec.DownResponse;
import io.fairlead.sync.spec.GlobalServiceSpec;
import io.fairlead.sync.spec.GlobalServiceSpec.Member;
import io.fairlead.sync.spec.GlobalServiceSpec.Share;
import io.fairlead.sync.spec.GlobalServiceSpec.Target;
import io.fairlead.sync.spec.PoolAlgorithm;
import io.fairlead.sync.spec.ServiceOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs of GlobalServices and HealthMonitors, read as the file is. */
class GlobalObjectReaderTest {
  @TempDir private Path folder;

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static GlobalServiceSpec service(String yaml) throws JsonProcessingException {
    return GlobalObjectReader.INSTANCE.service(YAML.readTree(yaml).toString());
  }

  private static MonitorSpec monitor(String yaml) throws JsonProcessingException {
    return GlobalObjectReader.monitor("shop/hm", YAML.readTree(yaml).toString());
  }

  @Test
  void everyKeyOfAGlobalService() throws Exception {
    assertThat(
            service(
                """
                host: Shop.Example.com.
                aliases: [ www.example.com ]
                selector: { tier: front }
                ttl: 1m
                dynamicTtl: 5s
                answers: 2
                monitors: [ http, own ]
                monitorsRequired: any
                downResponse: { type: fallback-address, ipv4: 192.0.2.9, ipv6: "2001:db8::9" }
                minMembersUp: 3
                algorithm: consistent-hash
                hashMask: { ipv4: 20, ipv6: 48 }
                manualResume: false
                resumeAfter: 30s
                slowStart: 2m
                trafficSplit:
                  - { cluster: east, weight: 8, publicAddress: 203.0.113.1 }
                  - { cluster: west, priority: 0 }
                members:
                  - { site: s, address: 192.0.2.1, publicAddress: 203.0.113.2, weight: 2, priority: 5 }
                  - { site: t, hostname: lb.example.net }
                """))
        .isEqualTo(
            new GlobalServiceSpec(
                "shop.example.com",
                List.of(),
                List.of("www.example.com"),
                Map.of("tier", "front"),
                Duration.ofMinutes(1),
                List.of(
                    new Share("east", 8, null, ip("203.0.113.1")),
                    new Share("west", null, 0, null)),
                List.of(
                    new Member("s", "192.0.2.1", 2, 5, ip("203.0.113.2")),
                    new Member("t", "lb.example.net", 1, 10, null)),
                new PoolAlgorithm("consistent-hash", 20, 48, null, null),
                new DownResponse("fallback-address", ip("192.0.2.9"), ip("2001:db8::9")),
                List.of("http", "own"),
                new ServiceOptions(
                    2,
                    3,
                    1,
                    Duration.ofSeconds(5),
                    false,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2))));
  }

  @Test
  void whatIsNotSaidIsNotMadeUp() throws Exception {
    assertThat(service("targetRefs: [ { kind: HTTPRoute, name: shop } ]"))
        .isEqualTo(
            new GlobalServiceSpec(
                null,
                List.of(new Target("", "HTTPRoute", "shop")),
                List.of(),
                Map.of(),
                null,
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                ServiceOptions.NONE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {algorithm: round-robin}                    | round-robin
          {algorithm: topology}                       | topology
          {algorithm: topology, topology: europe}     | topology europe
          {algorithm: geo}                            | geo, else round-robin
          {algorithm: geo, fallback: {algorithm: consistent-hash, hashMask: {ipv4: 16}}} | geo, else consistent-hash 16/56
          {algorithm: consistent-hash}                | consistent-hash 24/56
          """)
  void everyAlgorithm(String keys, String algorithm) throws Exception {
    GlobalServiceSpec read = service(keys.replaceFirst("\\{", "{host: x.example.com, "));
    assertThat(shown(read.algorithm())).isEqualTo(algorithm);
  }

  private static String shown(@Nullable PoolAlgorithm algorithm) {
    if (algorithm == null) {
      return "none";
    }
    String mask =
        algorithm.hashMask() == null
            ? ""
            : " %d/%d".formatted(algorithm.hashMask(), algorithm.hashMaskIpv6());
    String topology = algorithm.topology() == null ? "" : " " + algorithm.topology();
    String fallback = algorithm.fallback() == null ? "" : ", else " + shown(algorithm.fallback());
    return algorithm.name() + mask + topology + fallback;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                    | host: exactly one of host, targetRefs is needed
          {host: a.example.com, targetRefs: [{kind: Ingress, name: x}]} | exactly one of host, targetRefs
          {targetRefs: []}                      | targetRefs: the list is empty
          {targetRefs: [{kind: Pod, name: x}]}  | targetRefs[0].kind: "Pod" is unknown
          {targetRefs: [{kind: Ingress, name: x}], aliases: [b.example.com]} | aliases: only a GlobalService with a host
          {host: "*.example.com"}               | host: wildcard host *.example.com
          {host: 192.0.2.1}                     | host: host 192.0.2.1 is an address
          {host: a_b.example.com}               | "a_b" is not a label of a host name
          {host: a.example.com, tll: 5s}        | tll: unknown key (did you mean "ttl"?)
          {host: a.example.com, ttl: 5}         | ttl: 5 has no unit; write 5s for seconds
          {host: a.example.com, answers: 21}    | answers: 21 is out of range
          {host: a.example.com, algorithm: preference-order} | algorithm: "preference-order" is unknown
          {host: a.example.com, hashMask: {ipv4: 8}} | hashMask: only algorithm consistent-hash has this key
          {host: a.example.com, topology: x}    | topology: only algorithm topology has this key
          {host: a.example.com, downResponse: {type: cname}} | imported services have no name of last resort
          {host: a.example.com, downResponse: {type: fallback-address}} | needs ipv4, ipv6 or both
          {host: a.example.com, manualResume: true, resumeAfter: 5s} | only an operator resumes
          {host: a.example.com, trafficSplit: [{cluster: e, weight: 21}]} | trafficSplit[0].weight: 21 is out of range
          {host: a.example.com, trafficSplit: [{cluster: e}, {cluster: e}]} | this cluster's share is said twice
          {host: a.example.com, members: [{site: s}]} | exactly one of address, hostname is needed
          {host: a.example.com, members: [{site: s, address: 192.0.2.1, hostname: x.org}]} | exactly one of address, hostname
          {host: a.example.com, members: [{site: s, address: 192.0.2.1, publicAddress: "::2"}]} | is of another family
          {host: a.example.com, members: [{site: s, hostname: x.org, publicAddress: "::2"}]} | only a member with an address
          [1]                                   | a GlobalService
          """)
  void aMistakeIsSaidWithItsKey(String spec, String said) {
    assertThatThrownBy(() -> service(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "nonsense", "null", "\"text\"", "[]"})
  void whatIsNoObjectIsAMistakeToo(String spec) {
    assertThatThrownBy(() -> GlobalObjectReader.INSTANCE.service(spec))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GlobalObjectReader.INSTANCE.isHttpMonitor(spec))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {type: external, program: /bin/true}  | type: "external" is unknown
          {type: push, token: 0123456789abcdef} | type: "push" is unknown
          {type: tcp}                           | port: a monitor of type tcp needs a port
          {type: tcp, port: 80, path: /}        | path: only a monitor of type http or https has this key
          {type: tcp, port: 80, name: x}        | name: unknown key
          {type: tcp, port: 80, source: 127.0.0.1} | source: unknown key
          {type: http, interval: 1s, timeout: 2s} | timeout: the timeout is longer than the interval
          {type: https, tls: {authorities: /etc/passwd}} | tls.authorities: names a file of the server
          {type: https, tls: {certificate: a, key: b}} | tls.key: names a file of the server
          {type: http, basicAuth: {user: u, passwordFile: /etc/passwd}} | basicAuth.passwordFile: names a file
          {}                                    | type: the key is missing
          """)
  void aMonitorOfAnObjectHasNothingOfThisMachine(String spec, String said) {
    assertThatThrownBy(() -> monitor(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {type: http, path: /healthz, expect: {status: [200, "300-399"], body: ok}, headers: {X: y}} | true
          {type: https, tls: {verify: false}, basicAuth: {user: u, password: p}, http2: true} | true
          {type: tcp, port: 5432, conversation: [{send: {hex: "00 01"}}, {receive: R}]} | false
          {type: dns, query: {name: example.com, type: A}, expect: {rcode: NOERROR}} | false
          {type: grpc, port: 50051, service: shop.v1.Cart} | false
          """)
  void aMonitorIsWhatTheSameKeysAreInTheFile(String spec, boolean http) throws Exception {
    String inFile = Loads.SMALLEST + "monitors: [ %s ]\n".formatted(named(spec));
    MonitorSpec ofFile =
        Loads.loaded(folder, inFile).config().monitors().stream()
            .filter(monitor -> monitor.name().equals("hm"))
            .findFirst()
            .orElseThrow();
    assertThat(GlobalObjectReader.monitor("hm", YAML.readTree(spec).toString())).isEqualTo(ofFile);
    assertThat(GlobalObjectReader.INSTANCE.isHttpMonitor(YAML.readTree(spec).toString()))
        .isEqualTo(http);
  }

  private static String named(String spec) {
    return "{name: hm, " + spec.substring(1);
  }

  @Test
  void theManifestsOfTheDocumentsAreGood() throws IOException {
    for (String name : List.of("globalservice", "attached", "failover")) {
      assertThat(service(YAML.writeValueAsString(manifest(name)))).isNotNull();
    }
    assertThat(monitor(YAML.writeValueAsString(manifest("healthmonitor"))).port()).isEqualTo(8080);
  }

  private static JsonNode manifest(String name) throws IOException {
    return YAML.readTree(Files.readString(Path.of("../docs/kubernetes", name + ".yaml")))
        .required("spec");
  }

  private static InetAddress ip(String text) {
    return InetAddress.ofLiteral(text);
  }
}
