package io.fairlead.sync.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.sync.merge.ClusterMembers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A sink that remembers, and lets a test wait for what it expects. */
final class Heard implements MemberSink {
  /** Generous: the machine may be busy. What comes, comes much sooner. */
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final List<ClusterMembers> sets = new ArrayList<>();
  private final List<ClusterStatus> statuses = new ArrayList<>();

  @Override
  public synchronized void imported(ClusterMembers members) {
    sets.add(members);
    notifyAll();
  }

  @Override
  public synchronized void connection(ClusterStatus status) {
    statuses.add(status);
    notifyAll();
  }

  /** Waits until the cluster's last set is these, as {@code host=address}. */
  void members(String cluster, String... expected) throws InterruptedException {
    await(
        () ->
            sets.stream().anyMatch(set -> set.cluster().equals(cluster))
                && List.of(expected).equals(now(cluster)),
        () -> assertThat(now(cluster)).as("members of " + cluster).containsExactly(expected));
  }

  ClusterStatus status(String cluster, Predicate<ClusterStatus> expected)
      throws InterruptedException {
    await(
        () -> last(cluster).filter(expected).isPresent(),
        () -> assertThat(last(cluster)).as("status of " + cluster).get().matches(expected));
    return last(cluster).orElseThrow();
  }

  synchronized List<String> now(String cluster) {
    return sets.stream()
        .filter(set -> set.cluster().equals(cluster))
        .reduce((_, last) -> last)
        .map(ClusterMembers::members)
        .orElse(List.of())
        .stream()
        .map(member -> member.host() + "=" + member.destination())
        .toList();
  }

  /** The last set of each cluster. */
  synchronized List<ClusterMembers> latest() {
    Map<String, ClusterMembers> latest = new TreeMap<>();
    sets.forEach(set -> latest.put(set.cluster(), set));
    return List.copyOf(latest.values());
  }

  /** Waits for what comes by no sink. */
  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  synchronized int sets(String cluster) {
    return (int) sets.stream().filter(set -> set.cluster().equals(cluster)).count();
  }

  synchronized List<ClusterStatus> statuses(String cluster) {
    return statuses.stream().filter(status -> status.cluster().equals(cluster)).toList();
  }

  private synchronized Optional<ClusterStatus> last(String cluster) {
    return statuses(cluster).reversed().stream().findFirst();
  }

  private interface Condition {
    boolean holds();
  }

  private synchronized void await(Condition condition, Runnable complain)
      throws InterruptedException {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.holds()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        complain.run();
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
