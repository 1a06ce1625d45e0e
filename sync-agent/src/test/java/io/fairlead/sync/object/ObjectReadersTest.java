package io.fairlead.sync.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fairlead.sync.merge.Check;
import io.fairlead.sync.merge.ImportedMember.Origin;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Services, OpenShift's Routes and AKO's MultiClusterIngresses: who is offered where, and why not.
 */
class ObjectReadersTest {
  private static final ObjectReader SERVICE = new ServiceReader(false);
  private static final ObjectReader ANNOTATED = new ServiceReader(true);
  private static final ObjectReader ROUTE = new RouteReader();
  private static final ObjectReader MCI = new MultiClusterIngressReader();
  private static final String AKO_STATUS =
      "status: { loadBalancer: { ingress: [ { ip: 192.0.2.1, hostname: App.example.com } ] } }";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ { port: 8080 } ] | tcp 8080",
        "[ { port: 8443 }, { port: 8080, protocol: TCP } ] | tcp 8080",
        "[ { port: 53, protocol: UDP }, { port: 853 } ] | udp 53",
        "[ { port: 3868, protocol: SCTP } ] | tcp 3868",
        "[ ] | http 80 [/]",
      })
  void aServiceIsProbedAtItsLowestPort(String ports, String check) {
    Reading reading =
        read(SERVICE, "spec: { type: LoadBalancer, ports: " + ports + " }\n" + AKO_STATUS);
    assertThat(shown(reading)).containsExactly("app.example.com=192.0.2.1 " + check);
  }

  @Test
  void aServiceOfAnotherTypeIsNoMemberAndNoMistake() {
    Reading reading = read(SERVICE, "spec: { type: ClusterIP }\n" + AKO_STATUS);
    assertThat(reading.vips()).isEmpty();
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void everyAddressOfAServiceCounts() {
    assertThat(
            shown(
                read(
                    SERVICE,
                    """
                    spec: { type: LoadBalancer, ports: [ { port: 80 } ] }
                    status:
                      loadBalancer:
                        ingress:
                          - { ip: 192.0.2.1, hostname: app.example.com }
                          - { ip: "2001:db8::1", hostname: app.example.com }
                    """)))
        .containsExactly(
            "app.example.com=192.0.2.1 tcp 80", "app.example.com=2001:db8:0:0:0:0:0:1 tcp 80");
  }

  private static final String CLOUD =
      """
      metadata: { annotations: { external-dns.alpha.kubernetes.io/hostname: "a.example.com, b.example.com." } }
      spec: { type: LoadBalancer, ports: [ { port: 80 } ] }
      status: { loadBalancer: { ingress: [ { hostname: lb-1.cloud.example } ] } }
      """;

  @Test
  void anAnnotationNamesAServiceOnlyWhenAsked() {
    assertThat(shown(read(ANNOTATED, CLOUD)))
        .containsExactly(
            "a.example.com=lb-1.cloud.example tcp 80", "b.example.com=lb-1.cloud.example tcp 80");
    Reading unasked = read(SERVICE, CLOUD);
    assertThat(unasked.vips()).isEmpty();
    assertThat(unasked.problems()).singleElement().asString().startsWith("no host: ");
  }

  @Test
  void aRouteOfAkoHasItsVipInTheMessageOfACondition() {
    assertThat(
            shown(
                read(
                    ROUTE,
                    """
                    spec: { host: app.example.com, path: /foo, tls: { termination: edge } }
                    status:
                      ingress:
                        - host: app.example.com
                          routerName: ako-east
                          conditions: [ { type: Admitted, status: "True", message: 192.0.2.7 } ]
                        - { host: old.example.com, routerName: ako-east, conditions: [ { message: 192.0.2.8 } ] }
                    """)))
        .containsExactly("app.example.com=192.0.2.7 https 443 [/foo]");
  }

  @Test
  void aRouteOfOpenShiftsOwnRouterIsTheNameOfItsLoadBalancer() {
    String route =
        """
        spec: { subdomain: app, tls: { termination: passthrough } }
        status:
          ingress:
            - host: app.apps.example.com
              routerName: default
              routerCanonicalHostname: router-default.apps.example.com
              conditions: [ { type: Admitted, status: "%s" } ]
        """;
    assertThat(shown(read(ROUTE, route.formatted("True"))))
        .containsExactly("app.apps.example.com=router-default.apps.example.com tcp 443");
    assertThat(read(ROUTE, route.formatted("False")).problems())
        .containsExactly("the router default has not admitted it");
  }

  @Test
  void aMultiClusterIngress() {
    assertThat(
            shown(
                read(
                    MCI,
                    """
                    spec: { hostName: App.example.com, secretName: s, config: [ { path: /a }, { path: /b }, { } ] }
                    status: { loadBalancer: { ingress: [ { ip: 192.0.2.1, hostname: app.example.com } ] } }
                    """)))
        .containsExactly("app.example.com=192.0.2.1 https 443 [/a, /b, /]");
  }

  @Test
  void anIngressWithOnlyANameIsThatName() {
    assertThat(
            shown(
                read(
                    new IngressReader(false),
                    """
                    spec: { rules: [ { host: a.example.com } ] }
                    status: { loadBalancer: { ingress: [ { hostname: lb-1.cloud.example } ] } }
                    """)))
        .containsExactly("a.example.com=lb-1.cloud.example http 80 [/]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/(.*) | ImplementationSpecific | /api/",
        "/api/(.*) | Prefix | /api/(.*)",
        "/a/b$ | ImplementationSpecific | /a/",
        "/a b | Exact | /",
        "no-slash | Exact | /",
      })
  void aPathThatIsAPatternIsAskedForAsFarAsItIsNone(String path, String type, String asked) {
    Reading reading =
        read(
            new IngressReader(false),
            """
            spec: { rules: [ { host: a.example.com, http: { paths: [ { path: '%s', pathType: %s } ] } } ] }
            status: { loadBalancer: { ingress: [ { ip: 192.0.2.1 } ] } }
            """
                .formatted(path, type));
    assertThat(shown(reading)).containsExactly("a.example.com=192.0.2.1 http 80 [" + asked + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ }",
        "{ spec: [ ], status: 1 }",
        "{ spec: { type: LoadBalancer, ports: { } }, status: { loadBalancer: [ ] } }",
        "{ spec: { host: [ ] }, status: { ingress: [ 1, { }, { conditions: [ 3, { } ] } ] } }",
        "{ spec: { hostName: 7, config: [ 1, { path: [ ] } ] }, status: { ingress: { } } }",
      })
  void anyShapeIsReadToNothing(String yaml) {
    for (ObjectReader reader : List.of(SERVICE, ANNOTATED, ROUTE, MCI)) {
      assertThat(read(reader, yaml).vips()).as(reader.kind()).isEmpty();
    }
  }

  private static List<String> shown(Reading reading) {
    return reading.vips().stream()
        .map(vip -> vip.host() + "=" + vip.destination() + " " + shown(vip.check()))
        .collect(Collectors.toList());
  }

  private static String shown(Check check) {
    return switch (check) {
      case Check.Http(var tls, var port, var paths) ->
          (tls ? "https " : "http ") + port + " " + paths;
      case Check.Tcp(var port) -> "tcp " + port;
      case Check.Udp(var port) -> "udp " + port;
    };
  }

  private static Reading read(ObjectReader reader, String yaml) {
    var object = Serialization.unmarshal("---\n" + yaml, GenericKubernetesResource.class);
    if (object.getMetadata() == null) {
      object.setMetadata(new ObjectMeta());
    }
    return reader.read(new Origin("east", "web", reader.kind(), "a"), object);
  }
}
