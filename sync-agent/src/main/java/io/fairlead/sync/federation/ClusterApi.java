package io.fairlead.sync.federation;

import static io.fairlead.sync.amko.AmkoObjects.NAMESPACE;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fairlead.sync.cluster.ApiClients;
import io.fairlead.sync.cluster.Kinds;
import io.fairlead.sync.federation.AmkoCluster.Condition;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * One cluster's API server, as federation uses it. Each call blocks for as long as the client's
 * timeout at most, and throws what fabric8 throws.
 */
final class ClusterApi implements AutoCloseable {
  private static final String LEASE = "fairlead-federation";

  private final ApiClients.Opened api;

  ClusterApi(ApiClients.Opened api) {
    this.api = api;
  }

  String reason(RuntimeException failure) {
    return api.reason(failure);
  }

  /** Empty where the cluster does not know the kind. */
  List<AmkoCluster> amkoClusters() {
    try {
      return api
          .client()
          .genericKubernetesResources(Kinds.AMKO_CLUSTER)
          .inNamespace(NAMESPACE)
          .list()
          .getItems()
          .stream()
          .map(AmkoCluster::of)
          .toList();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  LeaseView lease() {
    Lease lease = api.client().leases().inNamespace(NAMESPACE).withName(LEASE).get();
    if (lease == null) {
      return LeaseView.NONE;
    }
    String holder = lease.getSpec() == null ? null : lease.getSpec().getHolderIdentity();
    Integer term = lease.getSpec() == null ? null : lease.getSpec().getLeaseTransitions();
    return new LeaseView(
        Claimant.parse(holder == null ? "" : holder),
        term == null ? 0 : term,
        lease.getMetadata().getResourceVersion());
  }

  /**
   * Takes, renews or gives back the Lease, unless somebody has written it since it was seen.
   *
   * @return whether it was written
   */
  boolean hold(LeaseView seen, Claimant holder, int term, Duration valid, Instant now) {
    var lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(LEASE)
            .withResourceVersion(seen.version().isEmpty() ? null : seen.version())
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity(holder.isNobody() ? "" : holder.toString())
            .withLeaseTransitions(term)
            .withLeaseDurationSeconds(Math.toIntExact(valid.toSeconds()))
            .withRenewTime(now.atZone(ZoneOffset.UTC))
            .endSpec()
            .build();
    try {
      var there = api.client().leases().inNamespace(NAMESPACE).resource(lease);
      var _ = seen.version().isEmpty() ? there.create() : there.update();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  List<GenericKubernetesResource> objects(Copies.Part part) {
    return api.client().genericKubernetesResources(part.kind()).inAnyNamespace().list().getItems();
  }

  void create(Copies.Part part, GenericKubernetesResource object) {
    var _ = at(part, object).create();
  }

  /** Fails where the object has changed since it was read. */
  void replace(Copies.Part part, GenericKubernetesResource object) {
    var _ = at(part, object).update();
  }

  void delete(Copies.Part part, GenericKubernetesResource object) {
    var _ = at(part, object).delete();
  }

  private Resource<GenericKubernetesResource> at(
      Copies.Part part, GenericKubernetesResource object) {
    return api.client()
        .genericKubernetesResources(part.kind())
        .inNamespace(object.getMetadata().getNamespace())
        .resource(object);
  }

  void setLeader(AmkoCluster cluster, boolean leader) {
    var _ =
        at(cluster)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                json(Map.of("spec", Map.of("isLeader", leader))));
  }

  /** Replaces the whole status: it has nothing but conditions, and a list is not merged. */
  void setConditions(AmkoCluster cluster, List<Condition> conditions) {
    List<Map<String, String>> told =
        conditions.stream()
            .map(
                one ->
                    one.reason().isEmpty()
                        ? Map.of("type", one.type(), "status", one.status())
                        : Map.of(
                            "type", one.type(), "status", one.status(), "reason", one.reason()))
            .toList();
    var replace = Map.of("op", "add", "path", "/status", "value", Map.of("conditions", told));
    var _ =
        at(cluster)
            .subresource("status")
            .patch(PatchContext.of(PatchType.JSON), json(List.of(replace)));
  }

  private Resource<GenericKubernetesResource> at(AmkoCluster cluster) {
    return api.client()
        .genericKubernetesResources(Kinds.AMKO_CLUSTER)
        .inNamespace(NAMESPACE)
        .withName(cluster.name());
  }

  private String json(Object value) {
    return api.client().getKubernetesSerialization().asJson(value);
  }

  @Override
  public void close() {
    api.client().close();
  }
}
