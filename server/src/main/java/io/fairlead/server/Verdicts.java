package io.fairlead.server;

import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.HealthSink;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.server.control.ControlEvent;
import io.fairlead.server.control.ControlLoop;

/** What probes say, as events. */
record Verdicts(ControlLoop control) implements HealthSink {
  /** This node's own word about a target; a second node's will have another name. */
  private static final String OWN_VANTAGE = "self";

  @Override
  public void changed(Target target, TargetStatus status) {
    control.offer(new ControlEvent.HealthChanged(target, OWN_VANTAGE, status));
  }

  @Override
  public void doubted(Target target, TargetStatus status) {
    changed(target, status);
  }

  @Override
  public void firstRoundDone() {
    control.offer(new ControlEvent.FirstRoundDone());
  }

  @Override
  public void blind(boolean blind) {
    control.offer(new ControlEvent.BlindChanged(blind));
  }
}
