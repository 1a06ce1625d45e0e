package io.fairlead.server.calm;

import io.fairlead.config.GuardSpec;
import java.util.HashMap;
import java.util.Map;

/** How many of the monitored members are lost, in all and at each site. */
final class Losses {
  private final GuardSpec guard;
  private final Map<String, Integer> monitored;
  private final Map<String, Integer> lost = new HashMap<>();
  private final int allMonitored;
  private int allLost;

  Losses(GuardSpec guard, Map<String, Integer> monitored) {
    this.guard = guard;
    this.monitored = monitored;
    this.allMonitored = monitored.values().stream().mapToInt(Integer::intValue).sum();
  }

  void add(String site) {
    lost.merge(site, 1, Integer::sum);
    allLost++;
  }

  /** Whether there are too few members to tell a mass from a few. */
  boolean isTooSmall() {
    return allMonitored < guard.minimumMembers();
  }

  /**
   * More than the share of all, and not at one site alone: a site can be lost, which is what we are
   * for, but two at once are rather our own sight.
   */
  boolean isMass() {
    return !isTooSmall() && isMost(allLost, allMonitored) && hitSites() >= 2;
  }

  /** Whether some site is still mostly there, so that our own sight is good. */
  boolean leavesASite() {
    return hitSites() < monitored.size();
  }

  boolean isMost() {
    return isMost(allLost, allMonitored);
  }

  private long hitSites() {
    return lost.entrySet().stream()
        .filter(site -> isMost(site.getValue(), monitored.getOrDefault(site.getKey(), 0)))
        .count();
  }

  private boolean isMost(int part, int whole) {
    return part > guard.maxDownShare() * whole;
  }
}
