package io.fairlead.server;

import io.fairlead.server.control.Model;
import io.fairlead.server.version.Versions;
import java.util.ArrayList;
import java.util.List;

/** What is wrong without stopping us, in words; empty when all is well. */
final class Troubles {
  private Troubles() {}

  static List<String> of(Model model, Versions versions, String keeperFailure) {
    var troubles = new ArrayList<String>();
    if (!keeperFailure.isEmpty()) {
      troubles.add(keeperFailure);
    }
    if (!versions.failure().isEmpty()) {
      troubles.add(versions.failure());
    }
    versions
        .pinned()
        .ifPresent(number -> troubles.add("version " + number + " is pinned, not the file"));
    if (!model.refused().isEmpty()) {
      troubles.add("the newest configuration file was refused, the one before is served");
    }
    if (model.blind()) {
      troubles.add("this node is blind: none of its references answers, verdicts stand still");
    }
    model.clusters().values().stream()
        .filter(cluster -> !cluster.connected())
        .forEach(cluster -> troubles.add("cluster " + cluster.cluster() + ": " + cluster.reason()));
    return troubles;
  }
}
