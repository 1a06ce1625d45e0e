package io.fairlead.config.file.key;

import java.util.Collection;
import java.util.Locale;

/** Guesses what was meant by a word that is none of the known ones. */
public final class Suggestion {
  /** A list of sites may be long; looking further would not make the sentence better. */
  private static final int LOOKED_AT = 1000;

  private static final int LISTED = 12;

  private Suggestion() {}

  /** {@code (did you mean "x"?)}; empty where nothing is near. */
  public static String of(String word, Collection<String> known) {
    String best = "";
    int bestDistance = 1 + (word.length() + 1) / 3;
    int looks = 0;
    for (String candidate : known) {
      if (looks++ == LOOKED_AT) {
        break;
      }
      if (Math.abs(candidate.length() - word.length()) < bestDistance) {
        int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
        if (distance < bestDistance) {
          bestDistance = distance;
          best = candidate;
        }
      }
    }
    return best.isEmpty() ? "" : " (did you mean \"" + best + "\"?)";
  }

  /** The first dozen of what is allowed. */
  public static String list(Collection<String> known) {
    if (known.isEmpty()) {
      return "none, as none is declared";
    }
    String listed = String.join(", ", known.stream().limit(LISTED).toList());
    return known.size() > LISTED ? listed + " and " + (known.size() - LISTED) + " more" : listed;
  }

  /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
  static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int least =
            Math.min(cost[i - 1][j - 1] + replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[from.length()][to.length()];
  }
}
