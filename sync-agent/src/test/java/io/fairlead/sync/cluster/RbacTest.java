package io.fairlead.sync.cluster;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The roles that are shipped allow what is followed, and nothing else. */
class RbacTest {
  @Test
  void aMemberIsOnlyRead() throws IOException {
    var kinds =
        Stream.concat(
            Stream.of(
                Kinds.INGRESS,
                Kinds.SERVICE,
                Kinds.ROUTE,
                Kinds.MULTI_CLUSTER_INGRESS,
                Kinds.GATEWAY,
                Kinds.NAMESPACE,
                Kinds.HOST_RULE),
            Kinds.GATEWAY_ROUTES.stream());
    Set<String> needed = needed(kinds, "[list, watch]");
    needed.addAll(needed(Stream.of(Kinds.EVENT), "[create]"));
    assertThat(allowed("member.yaml")).isEqualTo(needed);
  }

  @Test
  void theLeaderIsReadAndItsStatusWritten() throws IOException {
    var kinds = Stream.of(Kinds.GSLB_CONFIG, Kinds.GLOBAL_DEPLOYMENT_POLICY, Kinds.GSLB_HOST_RULE);
    var ours = Stream.of(Kinds.GLOBAL_SERVICE, Kinds.HEALTH_MONITOR);
    Set<String> needed = needed(kinds, "[list, watch, patch]");
    needed.addAll(needed(ours, "[list, watch]"));
    needed.add("fairlead.io/globalservices/status [patch]");
    needed.add("fairlead.io/healthmonitors/status [patch]");
    assertThat(allowed("leader.yaml")).isEqualTo(needed);
  }

  private static Set<String> needed(Stream<List<ResourceDefinitionContext>> kinds, String verbs) {
    return kinds
        .map(List::getFirst)
        .map(kind -> kind.getGroup() + "/" + kind.getPlural() + " " + verbs)
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> allowed(String file) throws IOException {
    var allowed = new TreeSet<String>();
    for (String document :
        Files.readString(Path.of("../deploy/clusters", file)).split("\n---\n", -1)) {
      if (document.contains("kind: ClusterRole\n") && document.contains("rules:")) {
        for (var rule : Serialization.unmarshal(document, ClusterRole.class).getRules()) {
          rule.getResources()
              .forEach(
                  resource ->
                      allowed.add(
                          rule.getApiGroups().getFirst() + "/" + resource + " " + rule.getVerbs()));
        }
      }
    }
    return allowed;
  }
}
