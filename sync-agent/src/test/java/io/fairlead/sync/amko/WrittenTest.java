package io.fairlead.sync.amko;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A default of the CRD is told from what somebody wrote, where kubectl kept that. */
class WrittenTest {
  private static final String STORED =
      "spec: { fqdn: a, trafficSplit: [ { cluster: east, weight: 8, priority: 1 } ] }";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "{\"spec\":{\"trafficSplit\":[{\"cluster\":\"east\",\"weight\":8}]}} "
            + "| {cluster=east, weight=8}",
        "{\"spec\":{\"trafficSplit\":[{\"cluster\":\"east\",\"weight\":8,\"priority\":1}]}} "
            + "| {cluster=east, weight=8, priority=1}",
        "{\"spec\":{\"trafficSplit\":[{\"cluster\":\"west\"}]}} "
            + "| {cluster=east, weight=8, priority=1}",
        "{\"spec\":{}} | {cluster=east, weight=8, priority=1}",
        "{\"spec\":{\"trafficSplit\":7}} | {cluster=east, weight=8, priority=1}",
        "not JSON { | {cluster=east, weight=8, priority=1}",
        "none | {cluster=east, weight=8, priority=1}",
      })
  void aPriorityThatNobodyWroteIsNotSaid(@Nullable String lastApplied, String share) {
    var object = Serialization.unmarshal("---\n" + STORED, GenericKubernetesResource.class);
    var meta = new ObjectMeta();
    if (lastApplied != null) {
      meta.setAnnotations(Map.of("kubectl.kubernetes.io/last-applied-configuration", lastApplied));
    }
    object.setMetadata(meta);

    assertThat(Written.spec(object)).hasToString("{fqdn=a, trafficSplit=[" + share + "]}");
  }
}
