package io.fairlead.dns.query;

import io.fairlead.dns.wire.NameKey;
import io.fairlead.dns.wire.Octets;
import io.fairlead.dns.wire.Question;
import io.fairlead.dns.zone.Zone;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The name that is being answered: the question's, then what each alias leads to. It knows the two
 * places that compression pointers of a reply lead to: where that name stands, and where its zone's
 * apex does. Mutable and reused.
 */
final class AliasChain {
  /**
   * Aliases followed in one answer; the asker goes on from the last. BIND follows 16, Knot 5. Eight
   * keep every name within the reach of a pointer, even where each is a DNAME and a CNAME as long
   * as can be: 12 + 259 + 8 * 2 * (12 + 255) &lt; 16,384.
   */
  static final int MAX_ALIASES = 8;

  private final NameKey target = new NameKey();
  private final int[] followedFrom = new int[MAX_ALIASES];
  private NameKey name = target;
  private @Nullable Zone zone;
  private int nameAt;
  private int apexAt;
  private int aliases;

  void begin(NameKey question) {
    name = question;
    zone = null;
    nameAt = Question.NAME_AT;
    aliases = 0;
  }

  /**
   * Takes note of the name's zone and finds its apex in the reply. In the zone of the alias that
   * led here the apex stays where it was: the name's own end may have been left to it. In any other
   * zone the apex is part of the name as it was written: that zone lies deeper, or the name was
   * written whole.
   */
  void enter(Zone entered) {
    if (zone != entered) {
      zone = entered;
      apexAt = nameAt + name.length() - entered.apex().length();
    }
  }

  /**
   * Goes on with {@link #target}, which has been filled.
   *
   * @param node where the alias stands
   * @param rdataAt where the target stands in the reply; a lone pointer where it is the apex
   * @return false where the chain has become too long
   */
  boolean follow(int node, MemorySegment reply, int rdataAt) {
    followedFrom[aliases++] = node;
    name = target;
    nameAt = Octets.followPointer(reply, rdataAt);
    return aliases < MAX_ALIASES;
  }

  /** Whether an alias has been followed from a node: once more would repeat its records. */
  boolean hasFollowedFrom(int node) {
    for (int i = 0; i < aliases; i++) {
      if (followedFrom[i] == node) {
        return true;
      }
    }
    return false;
  }

  NameKey name() {
    return name;
  }

  int nameAt() {
    return nameAt;
  }

  int apexAt() {
    return apexAt;
  }

  /** Null before the first name has been found. */
  @Nullable Zone zone() {
    return zone;
  }

  /** Whether the name is no longer the question's. */
  boolean isFollowed() {
    return aliases > 0;
  }

  /** To be filled before {@link #follow}. */
  NameKey target() {
    return target;
  }
}
