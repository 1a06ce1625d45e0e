package io.fairlead.policy.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record types that a service answers with. A type that is not among them is NODATA.
 *
 * @param ipv4 A
 * @param ipv6 AAAA
 * @param bindings HTTPS and SVCB, each once at most
 * @param server SRV; null = none
 */
public record AnswerTypes(
    boolean ipv4, boolean ipv6, List<Binding> bindings, @Nullable Server server) {
  /** What a service has that says nothing else. */
  public static final AnswerTypes ADDRESSES = new AnswerTypes(true, true, List.of(), null);

  public AnswerTypes {
    bindings = List.copyOf(bindings);
  }

  /**
   * A record that says how to reach the service at its own name (RFC 9460).
   *
   * @param type HTTPS or SVCB
   * @param priority 1 to 65535; the lowest is preferred
   * @param alpn protocols in order, such as h3 and h2; empty = the scheme's own
   * @param defaultAlpn whether the scheme's own protocol is spoken beside them
   * @param port where, for TCP and UDP; {@link #DEFAULT_PORT} = the scheme's own
   * @param hints whether the addresses that the client gets for A and AAAA are told with it
   */
  public record Binding(
      int type, int priority, List<String> alpn, boolean defaultAlpn, int port, boolean hints) {
    public static final int DEFAULT_PORT = 0;

    /** Octets of one protocol's name (RFC 7301 section 3.1). */
    public static final int MAX_ALPN = 255;

    public Binding {
      alpn = List.copyOf(alpn);
      if (!defaultAlpn && alpn.isEmpty()) {
        throw new IllegalArgumentException(
            "without the default protocol and without others nothing is spoken (RFC 9460 7.1.2)");
      }
    }
  }

  /**
   * SRV (RFC 2782): of a member that is a name, that name with the member's weight; of members that
   * are addresses, the service's own name.
   *
   * @param priority 0 to 65535; the lowest is tried first
   * @param port 1 to 65535
   */
  public record Server(int priority, int port) {}
}
