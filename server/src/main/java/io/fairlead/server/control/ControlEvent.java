package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.Problem;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.server.state.KeptState;
import io.fairlead.server.state.OperatorOverride;
import io.fairlead.sync.cluster.ClusterStatus;
import io.fairlead.sync.merge.ClusterMembers;
import java.time.Instant;
import java.util.List;

/** Everything that can change what queries see. */
public sealed interface ControlEvent {
  /** What was kept on disk by the last process; at most one, before anything else. */
  record Restored(KeptState state) implements ControlEvent {}

  /**
   * A configuration was loaded and is valid.
   *
   * @param text the file as it was read, to keep; empty where there is no file
   */
  record ConfigLoaded(FairleadConfig config, String text, List<Problem> warnings, Instant at)
      implements ControlEvent {}

  /** A configuration was offered and is not valid; the one before stays. */
  record ConfigRefused(List<Problem> problems, Instant at) implements ControlEvent {}

  /**
   * A target's verdict, as one vantage sees it.
   *
   * @param vantage the node whose word this is; today always our own
   */
  record HealthChanged(Target target, String vantage, TargetStatus status)
      implements ControlEvent {}

  /** Whether this node sees nothing of its surroundings: its verdicts stand still while it does. */
  record BlindChanged(boolean blind) implements ControlEvent {}

  /** Every target has a verdict. */
  record FirstRoundDone() implements ControlEvent {}

  /** The bounded wait for the first round is over. */
  record ReadyTimeoutPassed() implements ControlEvent {}

  /** A cluster offers another set of members. */
  record ImportChanged(ClusterMembers members) implements ControlEvent {}

  /** Files that say where clients are were loaded. */
  record GeoLoaded(GeoData geo) implements ControlEvent {}

  /** A cluster's connection came or went; its members stay. */
  record ClusterChanged(ClusterStatus status) implements ControlEvent {}

  /** An operator's word about a member or a site. */
  record Overridden(OperatorOverride override) implements ControlEvent {}

  /** An operator lets a member back that is well and held back. */
  record Resumed(OperatorOverride.Subject.Member member, Instant at) implements ControlEvent {}

  /** An operator believes what the mass-down guard does not. */
  record GuardReleased(Instant at) implements ControlEvent {}

  /** It is later than before; the only way in which control learns the time. */
  record TimePassed(Instant at) implements ControlEvent {}

  /** An operator takes that word back. */
  record OverrideCleared(OperatorOverride.Subject subject) implements ControlEvent {}
}
