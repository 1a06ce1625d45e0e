package io.fairlead.health.spec;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A monitor as it is told; pointed at a member it becomes a {@link Target}.
 *
 * @param port where it probes, unless the member says otherwise
 * @param type the kind of check with its options; a host that is null is the member's
 * @param rise successes in a row that turn a target up
 * @param fall failures in a row that turn it down
 * @param references addresses near this node that it asks too: while nobody there answers, this
 *     node is blind
 */
public record MonitorSpec(
    String name,
    int port,
    Type type,
    Duration interval,
    Duration timeout,
    int rise,
    int fall,
    List<InetAddress> references) {
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(4);
  public static final int DEFAULT_RISE = 2;
  public static final int DEFAULT_FALL = 2;

  public MonitorSpec {
    references = List.copyOf(references);
  }

  public MonitorSpec(
      String name, int port, Type type, Duration interval, Duration timeout, int rise, int fall) {
    this(name, port, type, interval, timeout, rise, fall, List.of());
  }

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

    /** A conversation within TLS; of no steps it is the handshake alone. */
    record Secure(@Nullable String host, List<Step> steps, Tls tls) implements Type {
      public Secure {
        steps = List.copyOf(steps);
      }
    }

    record Grpc(@Nullable String host, String service, @Nullable Tls tls) implements Type {}

    record External(@Nullable String host, String program, List<String> arguments) implements Type {
      public External {
        arguments = List.copyOf(arguments);
      }
    }

    /** A check that is the same for every member. */
    record Same(Check check) implements Type {}
  }

  /**
   * This monitor, pointed at something.
   *
   * @param otherPort in place of the monitor's own; 0 = that one
   * @param memberHost the host that its probes name, where the monitor names none
   */
  public Target target(Place place, int otherPort, String memberHost) {
    return new Target(
        place, otherPort == 0 ? port : otherPort, check(memberHost), interval, timeout, rise, fall);
  }

  private Check check(String memberHost) {
    return switch (type) {
      case Type.Tcp() -> new Check.Tcp();
      case Type.Same(var check) -> check;
      case Type.Secure(var host, var steps, var tls) ->
          new Check.Conversation(steps, tls.forHost(host != null ? host : memberHost));
      case Type.External(var host, var program, var arguments) ->
          new Check.External(program, arguments, host != null ? host : memberHost);
      case Type.Grpc(var host, var service, var tls) -> {
        String named = host != null ? host : memberHost;
        yield new Check.Grpc(service, named, tls == null ? null : tls.forHost(named));
      }
      case Type.Http(var method, var host, var path, var expected, var options) -> {
        String named = host != null ? host : memberHost;
        yield new Check.Http(method, named, path, expected, options.forHost(named));
      }
    };
  }
}
