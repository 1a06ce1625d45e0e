package io.fairlead.config;

import io.fairlead.policy.spec.ClientGroup;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.TopologySpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What imported services have in common that only this file can say.
 *
 * @param downResponse where the policy's source says none
 * @param topology the rules of algorithm topology; null = there are none
 * @param privateClients who gets a member's address where it has a public one too; null = nobody
 * @param clientSubnet whether the client subnet of a query counts
 * @param topologies all rules by name, for those who name some
 */
public record ImportDefaults(
    DownResponse downResponse,
    @Nullable TopologySpec topology,
    @Nullable ClientGroup privateClients,
    boolean clientSubnet,
    Map<String, TopologySpec> topologies) {
  /** As for a service that says nothing. */
  public static final ImportDefaults NONE =
      new ImportDefaults(new DownResponse.AllRecords(), null, null, true, Map.of());

  public ImportDefaults {
    topologies = Map.copyOf(topologies);
  }
}
