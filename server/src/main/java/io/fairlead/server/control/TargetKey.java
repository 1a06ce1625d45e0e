package io.fairlead.server.control;

import io.fairlead.health.spec.Target;
import java.net.InetSocketAddress;

/**
 * A target's name in files and for people: stable across restarts, equal for equal checks of one
 * address.
 */
public final class TargetKey {
  private TargetKey() {}

  /**
   * What is probed where, without interval and thresholds: tuning them does not forget a verdict.
   */
  public static String of(Target target) {
    return new InetSocketAddress(target.address(), target.port()) + " " + target.check();
  }
}
