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
 * @param source addresses of this machine that it probes from, at most one of a family; where a
 *     family has none, the system chooses
 */
public record MonitorSpec(
    String name,
    int port,
    Type type,
    Duration interval,
    Duration timeout,
    int rise,
    int fall,
    List<InetAddress> references,
    List<InetAddress> source) {
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(4);
  public static final int DEFAULT_RISE = 2;
  public static final int DEFAULT_FALL = 2;

  /** How long a site may be silent that says itself how it is: two of its reports may be lost. */
  public static final Duration DEFAULT_SILENCE = Duration.ofSeconds(30);

  public MonitorSpec {
    references = List.copyOf(references);
    source = List.copyOf(source);
  }

  public MonitorSpec(
      String name, int port, Type type, Duration interval, Duration timeout, int rise, int fall) {
    this(name, port, type, interval, timeout, rise, fall, List.of(), List.of());
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

      /** The same, with HTTP/2 offered or not. */
      public Http http2(boolean offered) {
        return new Http(method, host, path, expectedStatus, options.http2(offered));
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

    /**
     * Reports of those who know the token.
     *
     * @param tokenSha256 hexadecimal: the token itself is nobody's business
     */
    record Push(String tokenSha256) implements Type {}

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
    boolean pushed = type instanceof Type.Push;
    return new Target(
        place,
        otherPort == 0 || pushed ? port : otherPort,
        check(memberHost),
        interval,
        timeout,
        rise,
        fall,
        source);
  }

  private Check check(String memberHost) {
    return switch (type) {
      case Type.Tcp() -> new Check.Tcp();
      case Type.Same(var check) -> check;
      case Type.Push _ -> new Check.Push(name);
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
