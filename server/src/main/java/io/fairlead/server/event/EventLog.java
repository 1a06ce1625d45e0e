package io.fairlead.server.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.server.event.Event.Kind;
import io.fairlead.server.event.Event.Weight;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * The newest events. Who follows asks for what came after the last that he has; so a slow one costs
 * nothing, and what he misses is the oldest.
 */
public final class EventLog {
  /** About 3 MB at 700 octets each; a site of a thousand members may go and come twice. */
  static final int CAPACITY = 4096;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ArrayDeque<Numbered> newest = new ArrayDeque<>(CAPACITY);
  private final List<Runnable> followers = new CopyOnWriteArrayList<>();
  private final LongAdder[][] counts = new LongAdder[Kind.values().length][Weight.values().length];
  private long last;

  /**
   * Empty.
   *
   * @param start when this process began; numbers begin at its microseconds, so that a client that
   *     comes back after a restart gets what is new and nothing twice
   */
  public EventLog(Instant start) {
    this.last = start.toEpochMilli() * 1000;
    for (LongAdder[] ofKind : counts) {
      Arrays.setAll(ofKind, _ -> new LongAdder());
    }
  }

  /** Adds events and wakes who follows. */
  public void add(List<Event> events) {
    if (events.isEmpty()) {
      return;
    }
    synchronized (this) {
      for (Event event : events) {
        if (newest.size() == CAPACITY) {
          newest.removeFirst();
        }
        last++;
        counts[event.kind().ordinal()][event.weight().ordinal()].increment();
        newest.addLast(new Numbered(last, event, json(last, event)));
      }
    }
    followers.forEach(Runnable::run);
  }

  private static String json(long number, Event event) {
    ObjectNode node = JSON.createObjectNode();
    node.put("number", number);
    node.put("kind", event.kind().word());
    node.put("at", event.at().toString());
    node.put("weight", event.weight().word());
    node.put("text", event.text());
    node.put("cacheHorizon", event.cacheHorizon() == null ? null : event.cacheHorizon().toString());
    node.set("facts", JSON.valueToTree(event.facts()));
    return node.toString();
  }

  /** How many there were since the start. */
  public long count(Kind kind, Weight weight) {
    return counts[kind.ordinal()][weight.ordinal()].sum();
  }

  /** The number of the newest event. */
  public synchronized long last() {
    return last;
  }

  /** The number before the oldest that is still here: who has less than this has missed some. */
  public synchronized long forgotten() {
    return last - newest.size();
  }

  /** At most so many events after this number, in order. */
  public synchronized List<Numbered> after(long number, int atMost) {
    if (number >= last) {
      return List.of();
    }
    long skip = Math.max(0, number - (last - newest.size()));
    return newest.stream().skip(skip).limit(atMost).toList();
  }

  /**
   * Has something run after events were added; it must not block.
   *
   * @return ends that
   */
  public Runnable follow(Runnable follower) {
    followers.add(follower);
    return () -> followers.remove(follower);
  }
}
