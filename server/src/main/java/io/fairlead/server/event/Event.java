package io.fairlead.server.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that has happened.
 *
 * @param weight how much it should wake somebody
 * @param text for people, one line
 * @param facts for machines: texts, numbers and booleans by name
 * @param cacheHorizon when the last resolver that honours the TTL has forgotten the answers from
 *     before; null where no answer has changed
 */
public record Event(
    Kind kind,
    Instant at,
    Weight weight,
    String text,
    Map<String, Object> facts,
    @Nullable Instant cacheHorizon) {
  /** What it is about. */
  public enum Kind {
    VERDICT,
    RELOAD,
    MEMBER,
    OVERRIDE,
    GUARD,
    CLUSTER,
    NODE;

    /** The word in streams and webhooks. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How much it should wake somebody. */
  public enum Weight {
    INFO,
    WARNING,
    ERROR;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Event {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }
}
