package io.fairlead.sync.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.object.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A route offers its hosts at the addresses of the Gateways that accepted it. */
class GatewaysTest {
  private static final String GATEWAY =
      """
      spec:
        listeners:
          - { name: web, protocol: HTTP, port: 80 }
          - { name: secure, protocol: HTTPS, port: 8443, hostname: "*.example.com" }
          - { name: pass, protocol: TLS, port: 443, hostname: pass.example.com }
          - { name: stream, protocol: TCP, port: 5432, hostname: db.example.com }
      status:
        addresses: [ { type: IPAddress, value: 192.0.2.1 }, { value: "2001:db8::1" }, { type: Hostname, value: lb.example } ]
      """;

  private final Gateways gateways = new Gateways();

  private static String route(String section, String accepted) {
    return """
    spec:
      hostnames: [ App.example.com, "*.example.com" ]
      rules: [ { matches: [ { path: { type: PathPrefix, value: /bar } } ] } ]
    status:
      parents:
        - parentRef: { name: gw%s }
          conditions: [ { type: Accepted, status: "%s" } ]
    """
        .formatted(section, accepted);
  }

  @Test
  void aRouteIsServedAtEveryAddressOfItsGatewayThroughTheListenerThatTakesItsHost() {
    gateways.gateway("web/gw", object(GATEWAY));
    Reading reading = read("HTTPRoute", route(", sectionName: secure", "True"));
    assertThat(shown(reading))
        .containsExactly(
            "app.example.com=192.0.2.1",
            "app.example.com=2001:db8:0:0:0:0:0:1",
            "app.example.com=lb.example");
    assertThat(reading.vips().getFirst().check())
        .hasToString("Http[tls=true, port=8443, paths=[/bar]]");
    assertThat(reading.problems())
        .containsExactly("wildcard host *.example.com: a global name is one host");
  }

  @ParameterizedTest
  @CsvSource({"False, no Gateway has accepted it", "Unknown, no Gateway has accepted it"})
  void aParentThatHasNotAcceptedItServesNothing(String accepted, String reason) {
    gateways.gateway("web/gw", object(GATEWAY));
    Reading reading = read("HTTPRoute", route("", accepted));
    assertThat(reading.vips()).isEmpty();
    assertThat(reading.problems()).contains(reason);
  }

  @Test
  void whateverComesFirstTheRouteIsReadAgainWithItsGateway() {
    Reading early = read("HTTPRoute", route(", sectionName: web", "True"));
    assertThat(early.vips()).isEmpty();
    assertThat(early.problems()).contains("the Gateway web/gw is not there");

    assertThat(gateways.gateway("web/gw", object("spec: { listeners: [ ] }")))
        .singleElement()
        .extracting(Reading::problems)
        .asString()
        .contains("has no address in status.addresses yet");
    List<Reading> again = gateways.gateway("web/gw", object(GATEWAY));
    assertThat(shown(again.getFirst())).hasSize(3);
    assertThat(gateways.gateway("web/gw", object(GATEWAY))).as("nothing new").isEmpty();
    assertThat(gateways.gateway("web/other", object(GATEWAY))).as("not its own").isEmpty();

    assertThat(gateways.gateway("web/gw", null).getFirst().vips()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "TLSRoute,  pass,   pass.example.com, Tcp[port=443]",
    "TCPRoute,  stream, db.example.com,   Tcp[port=5432]",
    "GRPCRoute, secure, g.example.com,    Tcp[port=8443]",
  })
  void otherRoutesAreKnownByTheirPort(String kind, String section, String host, String check) {
    gateways.gateway("web/gw", object(GATEWAY));
    String hostnames = kind.equals("TCPRoute") ? "" : "hostnames: [ " + host + " ]";
    Reading reading =
        read(
            kind,
            """
            spec: { %s }
            status:
              parents:
                - { parentRef: { name: gw, sectionName: %s }, conditions: [ { type: Accepted, status: "True" } ] }
            """
                .formatted(hostnames, section));
    assertThat(shown(reading)).contains(host + "=192.0.2.1");
    assertThat(reading.vips().getFirst().check()).hasToString(check);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ }",
        "{ spec: { hostnames: { }, rules: [ 1, { matches: [ 2, { path: 3 } ] } ] } }",
        "{ status: { parents: [ 1, { parentRef: [ ], conditions: { } } ] } }",
        "{ status: { parents: [ { parentRef: { }, conditions: [ { type: Accepted, status: 'True' }"
            + " ] } ] } }",
      })
  void anyShapeIsReadToNothingWithAReason(String yaml) {
    gateways.gateway("web/gw", object(GATEWAY));
    Reading reading = read("HTTPRoute", yaml);
    assertThat(reading.vips()).isEmpty();
    assertThat(reading.problems()).isNotEmpty();
    assertThat(gateways.gateway("web/x", object(yaml))).isEmpty();
  }

  private Reading read(String kind, String yaml) {
    return gateways.route(new Origin("east", "web", kind, "a"), object(yaml), false);
  }

  private static List<String> shown(Reading reading) {
    return reading.vips().stream().map(vip -> vip.host() + "=" + vip.destination()).toList();
  }

  private static GenericKubernetesResource object(String yaml) {
    var object = Serialization.unmarshal("---\n" + yaml, GenericKubernetesResource.class);
    object.setMetadata(new ObjectMeta());
    return object;
  }
}
