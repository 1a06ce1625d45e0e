package io.fairlead.config.file.tree;

import org.jspecify.annotations.Nullable;

/**
 * Keys, sites and words come again and again: equal strings become one, as far as 4,096 slots
 * remember. Halves the heap of a tree of a hundred thousand services.
 */
final class RecentStrings {
  private static final int SLOTS = 4096;

  private final @Nullable String[] slots = new @Nullable String[SLOTS];

  String same(String string) {
    int slot = (string.hashCode() ^ string.hashCode() >>> 16) & (SLOTS - 1);
    String recent = slots[slot];
    if (recent != null && recent.equals(string)) {
      return recent;
    }
    slots[slot] = string;
    return string;
  }

  /** The same of a part of a text, which is copied only when nobody remembers it. */
  String same(String text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
    String recent = slots[slot];
    if (recent != null && recent.length() == to - from && text.startsWith(recent, from)) {
      return recent;
    }
    String string = text.substring(from, to);
    slots[slot] = string;
    return string;
  }
}
