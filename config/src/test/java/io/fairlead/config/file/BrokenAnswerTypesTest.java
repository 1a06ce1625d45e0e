package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.policy.spec.AnswerTypes;
import io.fairlead.policy.spec.AnswerTypes.Binding;
import io.fairlead.policy.spec.AnswerTypes.Server;
import io.fairlead.policy.spec.ServiceSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** {@code types} and {@code dynamicTtl}: what they become, and what cannot be. */
class BrokenAnswerTypesTest {
  private static final int HTTPS = 65;

  private static final String GOOD =
      """
      version: 1
      zones:
        - name: gslb.example.com
          contact: hostmaster.example.com
          nameServers: [ { name: ns1.gslb.example.com, addresses: [127.0.0.1] } ]
      sites: [ { name: oslo } ]
      services:
        - name: www.gslb.example.com
          ttl: 30s
          dynamicTtl: 5s
          types: [A, { type: HTTPS, alpn: [h3, h2], port: 8443, priority: 2 }, AAAA]
          pools:
            - { name: main, members: [ { site: oslo, address: 192.0.2.1 },
                                       { site: oslo, address: "2001:db8::1" } ] }
        - name: sip.gslb.example.com
          types: [ { type: SRV, port: 5060, priority: 10 } ]
          pools: [ { name: main, members: [ { site: oslo, hostname: sip1.example.net } ] } ]
        - name: plain.gslb.example.com
          dynamicTtl: off
          pools: [ { name: main, members: [ { site: oslo, address: 192.0.2.2 } ] } ]
      """;

  private static final String TYPES = "services[0].types";
  private static final String SRV = "services[1].types";

  private static Broken broken(String good, String marked, String key, String reason) {
    return Broken.at(GOOD, good, marked, key, reason);
  }

  private static String only(String owner) {
    return "only " + owner + " has this key; leave it out";
  }

  static final List<Broken> BROKEN =
      List.of(
          broken(
              "[A, {",
              "[¦MX, {",
              TYPES + "[0]",
              "\"MX\" is no type of a service; allowed: A, AAAA, HTTPS, SVCB, SRV"),
          broken(
              "[A, { type: HTTPS",
              "[A, { type: ¦HTTP",
              TYPES + "[1].type",
              "\"HTTP\" is unknown (did you mean \"HTTPS\"?); allowed: A, AAAA, HTTPS, SVCB, SRV"),
          broken(", AAAA]", ", AAAA, ¦A]", TYPES + "[3]", "A stands in the list already"),
          broken(", AAAA]", ", AAAA, ¦HTTPS]", TYPES + "[3]", "HTTPS stands in the list already"),
          broken(
              "types: [A, { type: HTTPS, alpn: [h3, h2], port: 8443, priority: 2 }, AAAA]",
              "types: [¦HTTPS]",
              TYPES + "[0]",
              "HTTPS leads to the service's addresses: it needs A or AAAA, and members with one"),
          broken(
              "priority: 2",
              "priority: ¦0",
              TYPES + "[1].priority",
              "0 is an alias (RFC 9460 section 2.4.1), which a service is not; from 1 on"),
          broken(
              "priority: 2",
              "priority: ¦65536",
              TYPES + "[1].priority",
              "65536 is out of range; allowed: a whole number from 0 to 65535"),
          broken(
              "alpn: [h3, h2], port: 8443",
              "defaultAlpn: ¦false",
              TYPES + "[1].defaultAlpn",
              "without alpn no protocol would be left; give alpn, or leave this key out"),
          broken(
              "alpn: [h3, h2]",
              "alpn: [h3, ¦\"h2,h1\"]",
              TYPES + "[1].alpn[1]",
              "\"h2,h1\" does not fit; allowed: the name of a protocol, such as h2 or h3"),
          broken(
              "port: 8443",
              "port: ¦0",
              TYPES + "[1].port",
              "0 is out of range; allowed: a whole number from 1 to 65535"),
          broken(
              "[A, {",
              "[{ type: A, port: ¦80 }, {",
              TYPES + "[0].port",
              only("HTTPS, SVCB or SRV")),
          broken(
              "type: SRV, port: 5060",
              "type: SRV, port: 5060, alpn: ¦[sip]",
              SRV + "[0].alpn",
              only("HTTPS or SVCB")),
          broken(
              "{ type: SRV, port: 5060, priority: 10 }",
              "¦SRV",
              SRV + "[0]",
              "SRV needs a port; write { type: SRV, port: 5060 } with yours; allowed: A, AAAA,"
                  + " HTTPS, SVCB, SRV"),
          broken(
              "{ type: SRV, port: 5060, priority: 10 }",
              "¦{ type: SRV }",
              SRV + "[0].port",
              "SRV needs a port; allowed: a whole number from 1 to 65535"),
          broken(
              "types: [ { type: SRV",
              "types: [ A, ¦{ type: SRV",
              SRV + "[1]",
              "members with a hostname are a CNAME for A and AAAA, and beside a CNAME stands"
                  + " nothing (RFC 1034 section 3.6.2); leave A and AAAA out, or SRV"),
          broken(
              "[ { type: SRV, port: 5060, priority: 10 } ]",
              "[ A, ¦HTTPS ]",
              SRV + "[1]",
              "HTTPS leads to the service's addresses: it needs A or AAAA, and members with one"),
          broken(
                  "hostname: sip1.example.net",
                  "¦address: 192.0.2.9",
                  "services[1].types[0]",
                  "SRV leads to the service's own name, which needs A or AAAA in this list")
              .blaming(16, 14),
          broken(
              "types: [A, { type: HTTPS, alpn: [h3, h2], port: 8443, priority: 2 }, AAAA]",
              "types: ¦[]",
              TYPES,
              "the list is empty; allowed: a list of at least one: A, AAAA, HTTPS, SVCB, SRV, or a"
                  + " type with the keys type, priority, port, alpn, defaultAlpn, hints"),
          broken(
              "dynamicTtl: 5s",
              "dynamicTtl: ¦30s",
              "services[0].dynamicTtl",
              "no shorter than the ttl of 30s, so nothing would change; allowed: less, or off"),
          broken(
              "dynamicTtl: 5s",
              "dynamicTtl: ¦500ms",
              "services[0].dynamicTtl",
              "500ms is not a whole number of seconds; allowed: off, or whole seconds from 0s to"
                  + " 2147483647s, such as 30s or 5m"));

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("BROKEN")
  void isRefusedWithItsPlaceKeyAndReason(Broken broken) {
    broken.assertRefused(folder, GOOD);
  }

  @Test
  void whatIsGoodBecomesTypes() {
    var loaded = Loads.loaded(folder, GOOD);
    assertThat(loaded.warnings()).isEmpty();
    List<ServiceSpec> services = loaded.config().services();
    var https = new Binding(HTTPS, 2, List.of("h3", "h2"), true, 8443, true);
    assertThat(services.get(0).types())
        .isEqualTo(new AnswerTypes(true, true, List.of(https), null));
    assertThat(services.get(0).doubtTtlSeconds()).isEqualTo(5);
    assertThat(services.get(1).types())
        .isEqualTo(new AnswerTypes(false, false, List.of(), new Server(10, 5060)));
    assertThat(services.get(2).types()).isEqualTo(AnswerTypes.ADDRESSES);
    assertThat(services.get(2).doubtTtlSeconds()).isEqualTo(ServiceSpec.SAME_TTL);
  }

  @ParameterizedTest
  @CsvSource({"A, 6, AAAA", "AAAA, 4, A"})
  void anAddressThatNoTypeTellsIsAWarning(String only, int version, String missing) {
    String text =
        GOOD.replace(
            "types: [A, { type: HTTPS, alpn: [h3, h2], port: 8443, priority: 2 }, AAAA]",
            "types: [" + only + "]");
    assertThat(Loads.loaded(folder, text).warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.line()).isEqualTo(11);
              assertThat(warning.key()).isEqualTo(TYPES);
              assertThat(warning.reason())
                  .isEqualTo(
                      "without %s nobody gets the service's IPv%d members"
                          .formatted(missing, version));
            });
  }

  @Test
  void aWildcardIsNoTargetOfSrv() {
    String text =
        GOOD.replace("name: www.gslb", "name: \"*.gslb")
            .replace("example.com\n    ttl", "example.com\"\n    ttl")
            .replace("priority: 2 }", "priority: 2 }, { type: SRV, port: 1 }");
    assertThat(Loads.problems(folder, text))
        .singleElement()
        .satisfies(problem -> assertThat(problem.reason()).contains("the name of no host"));
  }
}
