package io.fairlead.sync.field;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What may stand as a global name: a host name, never a wildcard and never an address. */
public final class HostNames {
  /** RFC 1035 2.3.4: 255 octets on the wire are 253 characters as text. */
  private static final int MAX_NAME = 253;

  private static final int MAX_LABEL = 63;

  private HostNames() {}

  /** The one spelling that names are compared by: lower case, without the last dot. */
  public static String normal(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Why a normal name cannot be a global name, in words; null when it can. */
  public static @Nullable String problem(String name) {
    if (name.isEmpty()) {
      return "empty host";
    }
    if (name.startsWith("*.")) {
      return "wildcard host " + name + ": a global name is one host";
    }
    if (name.length() > MAX_NAME) {
      return "host of " + name.length() + " characters; a name has at most " + MAX_NAME;
    }
    String[] labels = name.split("\\.", -1);
    for (String label : labels) {
      if (!isLabel(label)) {
        return "host " + name + ": \"" + label + "\" is not a label of a host name";
      }
    }
    return isNumber(labels[labels.length - 1]) ? "host " + name + " is an address" : null;
  }

  /** RFC 1123 2.1: letters, digits and hyphens, no hyphen at either end. */
  private static boolean isLabel(String label) {
    if (label.isEmpty()
        || label.length() > MAX_LABEL
        || label.startsWith("-")
        || label.endsWith("-")) {
      return false;
    }
    return label
        .chars()
        .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  }

  private static boolean isNumber(String label) {
    return label.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
