package io.fairlead.server;

import io.fairlead.server.control.GuardStanding;
import io.fairlead.server.control.Model;
import io.fairlead.server.control.Published;
import io.fairlead.server.version.Versions;
import java.util.ArrayList;
import java.util.List;

/** What is wrong without stopping us, in words; empty when all is well. */
final class Troubles {
  private Troubles() {}

  /**
   * @param failures what others say of themselves; an empty one is none
   */
  static List<String> of(Published published, Versions versions, List<String> failures) {
    var troubles = new ArrayList<String>();
    failures.stream().filter(failure -> !failure.isEmpty()).forEach(troubles::add);
    Model model = published.model();
    versions
        .pinned()
        .ifPresent(number -> troubles.add("version " + number + " is pinned, not the file"));
    if (!model.refused().isEmpty()) {
      troubles.add("the newest configuration file was refused, the one before is served");
    }
    if (model.blind()) {
      troubles.add("this node is blind: none of its references answers, verdicts stand still");
    }
    var guard = GuardStanding.of(published);
    if (guard.isOn()) {
      troubles.add(guard.text());
    }
    model.clusters().values().stream()
        .filter(cluster -> !cluster.connected())
        .forEach(cluster -> troubles.add("cluster " + cluster.cluster() + ": " + cluster.reason()));
    return troubles;
  }
}
