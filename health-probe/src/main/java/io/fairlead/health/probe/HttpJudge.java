package io.fairlead.health.probe;

import static java.util.stream.Collectors.joining;

import io.fairlead.health.probe.ProbeResult.Failed;
import io.fairlead.health.probe.ProbeResult.Passed;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.spec.HttpOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a response says of a target, whichever HTTP it came by: its status, then its body. */
final class HttpJudge {
  private final Check.Http check;
  private final HttpOptions options;

  /** What reasons call a status: "status", "HTTP/2 status". */
  private final String word;

  private final StringBuilder body = new StringBuilder();
  private int status;

  HttpJudge(Check.Http check, String word) {
    this.check = check;
    this.options = check.options();
    this.word = word;
  }

  /** Judges the status; null = the body decides. */
  @Nullable ProbeResult head(int code) {
    status = code;
    if (contains(options.maintenanceStatus(), code)) {
      return new Failed("in maintenance: " + word + " " + code);
    }
    if (!contains(check.expectedStatus(), code)) {
      return new Failed(word + " " + code + ", expected " + expectedStatus());
    }
    return options.expectedBody() == null && options.maintenanceBody() == null
        ? new Passed(word + " " + code)
        : null;
  }

  /** Whether the status was judged, and the body is looked at. */
  boolean inBody() {
    return status != 0;
  }

  /** Where the body's octets are to be added. */
  StringBuilder body() {
    return body;
  }

  /** Judges as much of the body as there is; null = more of it is needed. */
  @Nullable ProbeResult judge(boolean ended) {
    return ended || body.length() >= octetsToRead() || foundAtOnce() ? bodySays(ended) : null;
  }

  /** A text may be found in a body that never ends; that something is absent needs all of it. */
  private boolean foundAtOnce() {
    Expected expected = options.expectedBody();
    return expected != null
        && !expected.regex()
        && options.maintenanceBody() == null
        && Finder.find(expected, body) == Finder.Found.YES;
  }

  private ProbeResult bodySays(boolean ended) {
    Expected maintenance = options.maintenanceBody();
    if (maintenance != null && Finder.find(maintenance, body) == Finder.Found.YES) {
      return new Failed("in maintenance: its body holds " + maintenance);
    }
    Expected expected = options.expectedBody();
    if (expected == null) {
      return new Passed(word + " " + status);
    }
    return switch (Finder.find(expected, body)) {
      case YES -> new Passed(word + " " + status + ", body with " + expected);
      case GAVE_UP -> new Failed(expected + " takes too many steps to look for");
      case NO ->
          new Failed(
              word
                  + " "
                  + status
                  + ", but no "
                  + expected
                  + (ended
                      ? " in its body"
                      : " in its body's first " + octetsToRead() + " octets"));
    };
  }

  private int octetsToRead() {
    return Math.max(within(options.expectedBody()), within(options.maintenanceBody()));
  }

  private static int within(@Nullable Expected expected) {
    return expected == null ? 0 : expected.withinOctets();
  }

  private static boolean contains(List<StatusRange> ranges, int code) {
    for (StatusRange range : ranges) {
      if (range.contains(code)) {
        return true;
      }
    }
    return false;
  }

  private String expectedStatus() {
    return check.expectedStatus().stream().map(StatusRange::toString).collect(joining(", "));
  }
}
