package io.fairlead.server.control;

import io.fairlead.dns.wire.Name;
import io.fairlead.policy.compile.EndpointNumbers;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Gives each member its dense number, which outlives reloads, and with it its counts and verdicts.
 * Members that are gone keep theirs for a while, so that one that comes back is the same; when as
 * many are gone as are there, their numbers are given to others. Used by the control thread alone.
 */
final class EndpointRegistry implements EndpointNumbers {
  /** Gone members that are not worth looking for. */
  static final int SPARE = 4096;

  /**
   * @param member the address, or the name, that answers
   */
  private record Key(Name service, Object member) {}

  private final Map<Key, Integer> numbers = new HashMap<>();
  private final ArrayDeque<Integer> free = new ArrayDeque<>();
  private final IntConsumer freed;
  private int next;

  /** How many may have numbers before those that are gone are looked for. */
  private int patience = SPARE;

  /**
   * @param freed told of each number that another member will have
   */
  EndpointRegistry(IntConsumer freed) {
    this.freed = freed;
  }

  @Override
  public int of(Name service, InetAddress address) {
    return numbers.computeIfAbsent(new Key(service, address), _ -> unused());
  }

  @Override
  public int of(Name service, Name hostname) {
    return numbers.computeIfAbsent(new Key(service, hostname), _ -> unused());
  }

  private int unused() {
    Integer again = free.poll();
    return again == null ? next++ : again;
  }

  /**
   * Takes back the numbers of members that are gone, once there are many.
   *
   * @param before the plan that queries are still answered by; its members keep theirs
   */
  void tidy(Plan before, Plan after) {
    if (numbers.size() <= patience) {
      return;
    }
    Set<Integer> used = new HashSet<>();
    before.allMembers().forEach(member -> used.add(member.endpoint()));
    after.allMembers().forEach(member -> used.add(member.endpoint()));
    numbers
        .values()
        .removeIf(
            number -> {
              boolean gone = !used.contains(number);
              if (gone) {
                free.add(number);
                freed.accept(number);
              }
              return gone;
            });
    patience = 2 * numbers.size() + SPARE;
  }
}
