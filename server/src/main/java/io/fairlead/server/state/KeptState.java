package io.fairlead.server.state;

import io.fairlead.sync.merge.ClusterMembers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is worth knowing again after a restart.
 *
 * @param savedAt wall time, to show the age
 * @param configText the last accepted configuration file; empty where there was none
 * @param verdicts the last verdict of each target that had one, by {@link
 *     io.fairlead.server.control.TargetKey}: true is up
 * @param imports the last set of each cluster
 * @param serials the SOA serial last served, by zone; it never goes back
 * @param absences of members that failed and are out, or not long back
 * @param guardedSince since when the mass-down guard is on; null while it is not
 */
public record KeptState(
    Instant savedAt,
    String configText,
    Map<String, Boolean> verdicts,
    List<ClusterMembers> imports,
    List<OperatorOverride> overrides,
    Map<String, Long> serials,
    Map<OperatorOverride.Subject.Member, Absence> absences,
    @Nullable Instant guardedSince) {
  public static final KeptState EMPTY =
      new KeptState(Instant.EPOCH, "", Map.of(), List.of(), List.of(), Map.of(), Map.of(), null);

  public KeptState {
    verdicts = Map.copyOf(verdicts);
    imports = List.copyOf(imports);
    overrides = List.copyOf(overrides);
    serials = Map.copyOf(serials);
    absences = Map.copyOf(absences);
  }

  public KeptState withVerdicts(Map<String, Boolean> newest) {
    return new KeptState(
        savedAt, configText, newest, imports, overrides, serials, absences, guardedSince);
  }
}
