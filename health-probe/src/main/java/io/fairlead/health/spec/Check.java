package io.fairlead.health.spec;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What is checked, with all that makes two checks of one address different; equal checks are probed
 * once.
 */
public sealed interface Check {
  /** A connection that opens. */
  record Tcp() implements Check {}

  /**
   * An HTTP/1.1 request whose response has an expected status. A redirect is not followed, the body
   * not kept.
   *
   * @param host the Host header
   * @param path the request target, from the slash on
   */
  record Http(String method, String host, String path, List<StatusRange> expectedStatus)
      implements Check {
    /** They stand in a request's head as they are: a line break would begin another header. */
    private static final Pattern WITHOUT_BLANKS = Pattern.compile("[^\\p{Cntrl} ]+");

    public Http {
      requirePlain("method", method);
      requirePlain("host", host);
      requirePlain("path", path);
      expectedStatus = List.copyOf(expectedStatus);
    }

    private static void requirePlain(String name, String value) {
      if (!WITHOUT_BLANKS.matcher(value).matches()) {
        throw new IllegalArgumentException(
            name + " must be without blanks and control characters, not \"" + value + "\"");
      }
    }
  }

  /** Status codes from first to last, both included. */
  record StatusRange(int first, int last) {
    public boolean contains(int status) {
      return status >= first && status <= last;
    }

    /** As a file says it: "200-399", "204". */
    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }
  }
}
