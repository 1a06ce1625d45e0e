package io.fairlead.health.spec;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A monitor as it is told; pointed at a member it becomes a {@link Target}.
 *
 * @param port where it probes, unless the member says otherwise
 * @param type the kind of check with its options; a Host that is null is the member's
 * @param rise successes in a row that turn a target up
 * @param fall failures in a row that turn it down
 */
public record MonitorSpec(
    String name, int port, Type type, Duration interval, Duration timeout, int rise, int fall) {
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(4);
  public static final int DEFAULT_RISE = 2;
  public static final int DEFAULT_FALL = 2;

  /** The kind of check. */
  public sealed interface Type {
    record Tcp() implements Type {}

    record Http(
        String method,
        @Nullable String host,
        String path,
        List<Check.StatusRange> expectedStatus,
        HttpOptions options)
        implements Type {
      public Http {
        expectedStatus = List.copyOf(expectedStatus);
      }

      public Http(
          String method,
          @Nullable String host,
          String path,
          List<Check.StatusRange> expectedStatus) {
        this(method, host, path, expectedStatus, HttpOptions.NONE);
      }
    }

    /** A check that is the same for every member. */
    record Same(Check check) implements Type {}
  }

  /** The check of a member whose probes name this host. */
  public Check check(String memberHost) {
    return switch (type) {
      case Type.Tcp() -> new Check.Tcp();
      case Type.Same(var check) -> check;
      case Type.Http(var method, var host, var path, var expected, var options) ->
          new Check.Http(method, host != null ? host : memberHost, path, expected, options);
    };
  }
}
