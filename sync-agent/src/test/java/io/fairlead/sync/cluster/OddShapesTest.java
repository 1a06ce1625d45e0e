package io.fairlead.sync.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fairlead.sync.amko.AmkoObjects;
import io.fairlead.sync.amko.HostRules;
import io.fairlead.sync.amko.Written;
import io.fairlead.sync.gateway.Gateways;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.object.IngressReader;
import io.fairlead.sync.object.MultiClusterIngressReader;
import io.fairlead.sync.object.ObjectReader;
import io.fairlead.sync.object.RouteReader;
import io.fairlead.sync.object.ServiceReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects in every shape that an API server may store, each field that is read among them as
 * anything but what was meant: none breaks its reader.
 */
final class OddShapesTest {
  private static final int OBJECTS = 2_000;

  /** The words that our readers look for. */
  private static final List<String> FIELDS =
      List.of(
          "spec",
          "status",
          "rules",
          "host",
          "hosts",
          "http",
          "paths",
          "path",
          "pathType",
          "tls",
          "loadBalancer",
          "ingress",
          "ip",
          "hostname",
          "ports",
          "port",
          "protocol",
          "type",
          "externalTrafficPolicy",
          "conditions",
          "routerName",
          "routerCanonicalHostname",
          "to",
          "parents",
          "parentRef",
          "name",
          "namespace",
          "sectionName",
          "kind",
          "hostnames",
          "listeners",
          "addresses",
          "value",
          "matches",
          "config",
          "hostName",
          "secretName",
          "virtualhost",
          "fqdn",
          "gslb",
          "aliases",
          "includeAliases",
          "fqdnType",
          "status",
          "error",
          "matchRules",
          "appSelector",
          "namespaceSelector",
          "label",
          "matchClusters",
          "cluster",
          "syncVipOnly",
          "trafficSplit",
          "weight",
          "priority",
          "ttl",
          "healthMonitorRefs",
          "healthMonitorTemplate",
          "poolAlgorithmSettings",
          "lbAlgorithm",
          "hashMask",
          "geoFallback",
          "downResponse",
          "fallbackIP",
          "controlPlaneHmOnly",
          "thirdPartyMembers",
          "site",
          "vip",
          "publicIP",
          "memberClusters",
          "clusterContext",
          "gslbLeader",
          "controllerIP",
          "refreshInterval",
          "useCustomGlobalFqdn",
          "defaultDomain",
          "subdomain",
          "termination",
          "rules",
          "0");

  private static final List<Object> WORDS =
      Arrays.asList(
          null,
          "",
          " ",
          "a.example.com",
          "*.example.com",
          "192.0.2.1",
          "2001:db8::1",
          "999.1.1.1",
          "x".repeat(300),
          "ключ.example",
          "a..b",
          "-",
          "True",
          "Accepted",
          "admitted",
          "HTTP",
          "TLS",
          "Gateway",
          "LoadBalancer",
          "IPAddress",
          "Hostname",
          "(?!",
          "/[",
          "GEO",
          "avi-system",
          0,
          -1,
          7,
          80,
          65_536,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          1.5,
          Double.NaN,
          true,
          false,
          List.of(),
          Map.of());

  static LongStream seeds() {
    return LongStream.range(0, 8);
  }

  private static Object tree(Random random, int depth) {
    int shape = random.nextInt(depth <= 0 ? 1 : 3);
    if (shape == 0) {
      return WORDS.get(random.nextInt(WORDS.size()));
    }
    if (shape == 1) {
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        list.add(tree(random, depth - 1));
      }
      return list;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      map.put(FIELDS.get(random.nextInt(FIELDS.size())), tree(random, depth - 1));
    }
    return map;
  }

  private static GenericKubernetesResource object(Random random, int number) {
    var object = new GenericKubernetesResource();
    var meta = new ObjectMeta();
    meta.setName("odd-" + number % 50);
    meta.setNamespace(random.nextBoolean() ? "web" : "avi-system");
    if (random.nextBoolean()) {
      meta.setLabels(new HashMap<>(Map.of("app", "gslb")));
      Map<String, String> annotations = new HashMap<>();
      annotations.put("ako.vmware.com/enable-tls", random.nextBoolean() ? "true" : "???");
      annotations.put("external-dns.alpha.kubernetes.io/hostname", ",,a.example.com, ,*.b,");
      annotations.put("kubectl.kubernetes.io/last-applied-configuration", "{\"spec\": [");
      meta.setAnnotations(annotations);
    }
    object.setMetadata(meta);
    Map<String, Object> top = new HashMap<>();
    for (String field : List.of("spec", "status", "rules")) {
      Object tree = tree(random, 6);
      if (tree != null) {
        top.put(field, tree);
      }
    }
    object.setAdditionalProperties(top);
    return object;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noShapeBreaksItsReader(long seed) {
    var random = new Random(seed);
    List<ObjectReader> readers =
        List.of(
            new IngressReader(true),
            new ServiceReader(true),
            new RouteReader(),
            new MultiClusterIngressReader());
    var gateways = new Gateways();
    var hostRules = new HostRules();
    var amko = new AmkoObjects(null);
    amko.know(Set.of(), Set.of());
    for (int i = 0; i < OBJECTS; i++) {
      GenericKubernetesResource object = object(random, i);
      String said = "seed " + seed + ", object " + i + ": " + object.getAdditionalProperties();
      var origin = new Origin("c1", "web", "Any", object.getMetadata().getName());
      for (ObjectReader reader : readers) {
        assertThatCode(() -> reader.read(origin, object)).as(said).doesNotThrowAnyException();
      }
      assertThatCode(
              () -> {
                gateways.gateway("web/" + origin.name(), object);
                gateways.route(origin, object, true);
                hostRules.put(object);
                AmkoObjects.Kind kind =
                    AmkoObjects.Kind.values()[random.nextInt(AmkoObjects.Kind.values().length)];
                amko.put(
                    new AmkoObjects.Ref(kind, "avi-system", origin.name()),
                    new AmkoObjects.Seen("", Written.spec(object), Map.of()));
                amko.judge();
              })
          .as(said)
          .doesNotThrowAnyException();
    }
  }
}
