package io.fairlead.sync.federation;

import static io.fairlead.sync.amko.AmkoObjects.NAMESPACE;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fairlead.sync.cluster.Kinds;
import io.fairlead.sync.federation.AmkoCluster.Condition;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** A cluster that can be lost and comes back as it was: fabric8's CRUD server on one port. */
final class FollowerCluster implements AutoCloseable {
  static final ResourceDefinitionContext CONFIG = Kinds.GSLB_CONFIG.getFirst();
  static final ResourceDefinitionContext POLICY = Kinds.GLOBAL_DEPLOYMENT_POLICY.getFirst();
  static final ResourceDefinitionContext RULE = Kinds.GSLB_HOST_RULE.getFirst();

  /** It writes a line for each request. */
  private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

  static {
    SERVER_LOG.setLevel(Level.WARNING);
  }

  private final KubernetesCrudDispatcher objects = new KubernetesCrudDispatcher();
  private final String context;
  private final int port;
  private KubernetesMockServer server;
  private KubernetesClient client;

  FollowerCluster(String context) {
    this.context = context;
    server = open(0);
    port = server.getPort();
    client = server.createClient(new JdkHttpClientFactory());
  }

  private KubernetesMockServer open(int at) {
    var opened =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), objects, false);
    opened.init(InetAddress.ofLiteral("127.0.0.1"), at);
    return opened;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Nobody answers on its port any more. */
  void lose() {
    client.close();
    server.destroy();
  }

  /** It is there again, with all its objects. */
  void bringBack() {
    server = open(port);
    client = server.createClient(new JdkHttpClientFactory());
  }

  void amkoCluster(boolean leader, String version, String... clusters) {
    put(
        Kinds.AMKO_CLUSTER,
        NAMESPACE,
        "amkocluster",
        Map.of(
            "isLeader",
            leader,
            "clusterContext",
            context,
            "version",
            version,
            "clusters",
            List.of(clusters)));
  }

  void put(
      ResourceDefinitionContext kind, String namespace, String name, Map<String, Object> spec) {
    var object = new GenericKubernetesResource();
    object.setApiVersion(kind.getGroup() + "/" + kind.getVersion());
    object.setKind(kind.getKind());
    object.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    object.setAdditionalProperty("spec", spec);
    Resource<GenericKubernetesResource> there = at(kind, namespace, name);
    if (there.get() == null) {
      client.genericKubernetesResources(kind).inNamespace(namespace).resource(object).create();
    } else {
      there.edit(
          old -> {
            old.setAdditionalProperty("spec", spec);
            return old;
          });
    }
  }

  void delete(ResourceDefinitionContext kind, String namespace, String name) {
    at(kind, namespace, name).delete();
  }

  private Resource<GenericKubernetesResource> at(
      ResourceDefinitionContext kind, String namespace, String name) {
    return client.genericKubernetesResources(kind).inNamespace(namespace).withName(name);
  }

  Map<String, String> annotations(ResourceDefinitionContext kind, String namespace, String name) {
    return at(kind, namespace, name).require().getMetadata().getAnnotations();
  }

  /** Names of a kind's objects, with what their specs say. */
  Map<String, Object> specs(ResourceDefinitionContext kind) {
    return client.genericKubernetesResources(kind).inAnyNamespace().list().getItems().stream()
        .collect(
            Collectors.toMap(
                object ->
                    object.getMetadata().getNamespace() + "/" + object.getMetadata().getName(),
                object -> object.getAdditionalProperties().get("spec")));
  }

  boolean isLeader() {
    return AmkoCluster.of(at(Kinds.AMKO_CLUSTER, NAMESPACE, "amkocluster").require()).leader();
  }

  Map<String, String> conditions() {
    return AmkoCluster.of(at(Kinds.AMKO_CLUSTER, NAMESPACE, "amkocluster").require())
        .conditions()
        .stream()
        .collect(
            Collectors.toMap(
                Condition::type,
                one -> one.reason().isEmpty() ? one.status() : one.status() + ": " + one.reason()));
  }

  /** Who holds its Lease; empty where nobody does. */
  String holder() {
    Lease lease = client.leases().inNamespace(NAMESPACE).withName("fairlead-federation").get();
    return lease == null || lease.getSpec().getHolderIdentity() == null
        ? ""
        : lease.getSpec().getHolderIdentity();
  }

  @Override
  public void close() {
    lose();
  }
}
