package io.fairlead.sync.cluster;

import static io.fairlead.sync.cluster.SyncFixture.GSLB;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kinds beside Ingress: followed where they are there and may be listed, and missed by nobody. */
@Timeout(120)
class SourcesSyncTest {
  private static final String SERVICES = "v1/services";
  private static final String GATEWAYS = "gateway.networking.k8s.io/v1/gateways";
  private static final String ROUTES = "gateway.networking.k8s.io/v1/httproutes";

  @TempDir private Path directory;
  private final ScriptedApiServer east = ScriptedApiServer.start();

  @AfterEach
  void stop() {
    east.close();
  }

  private SyncFixture sync() {
    return SyncFixture.of(directory, SyncFixture.byApp(GSLB), Map.of("east", east.url()));
  }

  private void service(String ip) {
    east.put(
        SERVICES,
        "web",
        "lb",
        GSLB,
        """
        "spec":{"type":"LoadBalancer","ports":[{"port":8080}]},
        "status":{"loadBalancer":{"ingress":[{"ip":"%s","hostname":"lb.example.com"}]}}\
        """
            .formatted(ip));
  }

  private void gateway(String ip) {
    east.put(
        GATEWAYS,
        "infra",
        "gw",
        Map.of(),
        """
        "spec":{"listeners":[{"name":"web","protocol":"HTTP","port":80}]},
        "status":{"addresses":[{"value":"%s"}]}\
        """
            .formatted(ip));
  }

  private void route() {
    east.put(
        ROUTES,
        "web",
        "route",
        GSLB,
        """
        "spec":{"hostnames":["app.example.com"]},"status":{"parents":[
          {"parentRef":{"name":"gw","namespace":"infra"},
           "conditions":[{"type":"Accepted","status":"True"}]}]}\
        """);
  }

  @Test
  void servicesAndRoutesOfGatewaysAreMembersToo() throws Exception {
    east.know(SERVICES, "Service");
    east.know(GATEWAYS, "Gateway");
    east.know(ROUTES, "HTTPRoute");
    service("192.0.2.1");
    gateway("192.0.2.2");
    route();
    try (SyncFixture sync = sync()) {
      sync.heard.members("east", "app.example.com=192.0.2.2", "lb.example.com=192.0.2.1");
      gateway("192.0.2.3");
      sync.heard.members("east", "app.example.com=192.0.2.3", "lb.example.com=192.0.2.1");
      east.delete(GATEWAYS, "infra", "gw");
      sync.heard.members("east", "lb.example.com=192.0.2.1");
      service("192.0.2.9");
      sync.heard.members("east", "lb.example.com=192.0.2.9");
    }
  }

  @Test
  void aKindThatMayNotBeListedIsSaidAndTakenUpWhenItMay() throws Exception {
    east.know(SERVICES, "Service");
    east.forbid(SERVICES);
    service("192.0.2.1");
    east.putIngress("web", "a", GSLB, List.of("a.example.com"), List.of("192.0.2.4"));
    try (SyncFixture sync = sync()) {
      sync.heard.members("east", "a.example.com=192.0.2.4");
      Heard.until(() -> sync.agent.status().getFirst().reason().contains("may not list services"));
      assertThat(sync.agent.status().getFirst().connected()).isTrue();
      east.allow(SERVICES);
      sync.heard.members("east", "a.example.com=192.0.2.4", "lb.example.com=192.0.2.1");
    }
  }

  @Test
  void aKindThatIsInstalledLaterIsTakenUpThen() throws Exception {
    try (SyncFixture sync = sync()) {
      sync.heard.members("east");
      east.know(SERVICES, "Service");
      service("192.0.2.1");
      sync.heard.members("east", "lb.example.com=192.0.2.1");
    }
  }

  @Test
  void aLoadBalancerWithOnlyANameIsThatNameOrItsAddressesAsTold() throws Exception {
    ingressAt("LB-1.cloud.example");
    try (SyncFixture sync = sync()) {
      sync.heard.members("east", "a.example.com=lb-1.cloud.example");
    }
    var servers = Map.of("east", east.url());
    try (SyncFixture sync = SyncFixture.resolving(directory, SyncFixture.byApp(GSLB), servers)) {
      sync.heard.members("east"); // nobody knows the name: it is no member, and no mistake
      sync.names.put("lb-2.cloud.example", "192.0.2.7");
      ingressAt("lb-2.cloud.example");
      sync.heard.members("east", "a.example.com=192.0.2.7");
    }
  }

  private void ingressAt(String loadBalancer) {
    east.put(
        ScriptedApiServer.INGRESSES,
        "web",
        "a",
        GSLB,
        """
        "spec":{"rules":[{"host":"a.example.com"}]},
        "status":{"loadBalancer":{"ingress":[{"hostname":"%s"}]}}\
        """
            .formatted(loadBalancer));
  }
}
