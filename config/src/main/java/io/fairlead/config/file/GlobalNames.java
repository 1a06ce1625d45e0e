package io.fairlead.config.file;

import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.Spot;
import io.fairlead.dns.wire.Name;
import java.util.LinkedHashMap;
import java.util.Map;

/** All names and aliases of services; each belongs to one of them. */
final class GlobalNames {
  private final Problems problems;
  private final Map<Name, Spot> spots = new LinkedHashMap<>();

  GlobalNames(Problems problems) {
    this.problems = problems;
  }

  void declare(Name name, Spot spot) {
    Spot earlier = spots.putIfAbsent(name, spot);
    if (earlier != null) {
      problems.error(
          spot,
          "%s stands at %s in line %d already; a name belongs to one service"
              .formatted(name, earlier.path(), earlier.line()));
    }
  }

  /** Each name and where it stands. */
  Map<Name, Spot> spots() {
    return spots;
  }
}
