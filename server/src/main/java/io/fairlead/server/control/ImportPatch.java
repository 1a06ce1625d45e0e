package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedService;
import io.fairlead.sync.merge.Merge;
import io.fairlead.sync.merge.SetChange;
import io.fairlead.sync.spec.SyncSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The usual change of a cluster, by which no name comes or goes: only the services that it touches
 * are merged, planned and compiled. Everything else is the work of {@link Plan#of}, which looks at
 * all.
 */
final class ImportPatch {
  private final Plan plan;
  private final FairleadConfig config;
  private final SyncSpec sync;
  private final Model after;

  private ImportPatch(Plan plan, FairleadConfig config, SyncSpec sync, Model after) {
    this.plan = plan;
    this.config = config;
    this.sync = sync;
    this.after = after;
  }

  /**
   * The next plan; the same one where nothing of it has changed.
   *
   * @return null where all must be planned anew
   */
  static @Nullable Plan of(Published published, Model after, EndpointRegistry endpoints) {
    Model before = published.model();
    FairleadConfig config = after.config();
    SyncSpec sync = config == null ? null : config.sync();
    boolean importsAlone =
        before.config() == config
            && before.geo() == after.geo()
            && before.enabled().equals(after.enabled());
    // Secondaries that see services need another serial: that is the whole plan's matter.
    if (config == null || sync == null || !importsAlone || !config.transfers().isEmpty()) {
      return null;
    }
    Set<String> hosts = touched(before, after);
    return hosts == null
        ? null
        : new ImportPatch(published.plan(), config, sync, after).plan(hosts, endpoints);
  }

  private static @Nullable Set<String> touched(Model before, Model after) {
    Set<String> hosts = new HashSet<>();
    for (ClusterMembers set : after.imports().values()) {
      ClusterMembers last = before.imports().get(set.cluster());
      if (set != last) {
        Set<String> touched = last == null ? null : SetChange.hosts(last, set);
        if (touched == null) {
          return null;
        }
        hosts.addAll(touched);
      }
    }
    return hosts;
  }

  private @Nullable Plan plan(Set<String> hosts, EndpointRegistry endpoints) {
    var notes = new ArrayList<String>();
    var monitors = new ImportedMonitors(config.monitors(), after.imports().values());
    var mapping = new ImportedMapping(config.imported(), notes);
    Map<Integer, ServiceSpec> changed = new HashMap<>();
    Set<String> gone = new HashSet<>(hosts);
    for (ImportedService imported : Merge.merge(sync, after.imports().values(), hosts)) {
      Name name = Name.parse(imported.host());
      int number = plan.number(name);
      boolean noted = plan.isNoted(imported.host());
      if (number < 0 && noted) {
        gone.remove(imported.host()); // left out for its name, now as before
        continue;
      }
      if (noted || number < config.services().size()) {
        return null;
      }
      ServiceSpec service =
          mapping.service(
              name, plan.services().get(number).aliases(), imported, monitors.of(imported));
      if (!service.equals(plan.services().get(number))) {
        changed.put(number, service);
      }
      gone.remove(imported.host());
    }
    boolean sameNames = gone.isEmpty() && notes.isEmpty() && monitors.notes().isEmpty();
    return sameNames ? plan.with(changed, monitors.known(), endpoints) : null;
  }
}
