package io.fairlead.config.file;

import io.fairlead.config.ProbeSpec;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.health.schedule.Limits;

/** {@code node.probes}. */
final class ProbesSection {
  private static final int MOST = 65_536;

  private static final Key<Integer> MAX_IN_FLIGHT =
      Key.optional(
          "maxInFlight",
          Numbers.between(1, MOST),
          Limits.DEFAULT.inFlight(),
          "probes at once; at most a third of the files that this process may open");
  private static final Key<Integer> MAX_PER_HOST =
      Key.optional(
          "maxPerHost",
          Numbers.between(1, MOST),
          Limits.DEFAULT.perHost(),
          "probes of one address or name at once, whatever its ports");
  private static final Key<Boolean> DISABLED_MEMBERS =
      Key.optional(
          "disabledMembers",
          Numbers.TRUE_OR_FALSE,
          false,
          "true: members that are disabled, by the file or an operator, are probed too");

  static final KeyTable KEYS = KeyTable.of("probes", MAX_IN_FLIGHT, MAX_PER_HOST, DISABLED_MEMBERS);

  private ProbesSection() {}

  static ProbeSpec read(Section probes) {
    return new ProbeSpec(
        new Limits(probes.get(MAX_IN_FLIGHT), probes.get(MAX_PER_HOST)),
        probes.get(DISABLED_MEMBERS));
  }
}
