package io.fairlead.sync.cluster;

import io.fairlead.sync.spec.Source;
import io.fairlead.sync.spec.SyncSpec;
import java.util.Set;

/**
 * Which kinds of objects are needed to say what a cluster offers.
 *
 * @param namespaces whether labels of namespaces are asked for
 * @param hostRules whether AKO's HostRules say more of hosts
 */
record Following(Set<Source> sources, boolean namespaces, boolean hostRules) {
  static Following of(SyncSpec sync) {
    boolean amko = sync.amko() != null;
    return new Following(
        sync.sources(),
        amko || !sync.policy().namespaceSelector().isEmpty(),
        amko || sync.policy().customGlobalFqdn());
  }
}
