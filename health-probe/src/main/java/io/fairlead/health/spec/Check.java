package io.fairlead.health.spec;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is checked, with all that makes two checks of one address different; equal checks are probed
 * once.
 */
public sealed interface Check {
  /** A connection that opens. */
  record Tcp() implements Check {}

  /**
   * A connection that is answered and never opened: a reset follows the answer, so that the program
   * that listens hears nothing of it.
   */
  record HalfOpen() implements Check {}

  /**
   * Nothing is sent: the target says itself how it is, and silence for as long as the timeout is
   * down.
   *
   * @param monitor whose reports are meant
   */
  record Push(String monitor) implements Check {}

  /**
   * A conversation over TCP or TLS. No steps and TLS: a handshake is enough.
   *
   * @param tls null = plain TCP
   */
  record Conversation(List<Step> steps, @Nullable Tls tls) implements Check {
    public Conversation {
      steps = List.copyOf(steps);
    }
  }

  /**
   * A datagram that is answered.
   *
   * @param send see {@link Octets}
   * @param expected null = any answer will do
   */
  record Udp(String send, @Nullable Expected expected) implements Check {}

  /**
   * A datagram that nobody refuses: silence is as good as an answer, because a protocol that we do
   * not know may have nothing to say to us.
   */
  record Unrefused() implements Check {}

  /**
   * A DNS query over UDP.
   *
   * @param type mnemonic: "A", "AAAA", "SOA"
   * @param rcode the expected one; {@link #ANY_RCODE} = any answer will do
   * @param addresses those of which the answer must hold at least one; empty = it need not
   */
  record Dns(String name, String type, int rcode, Set<InetAddress> addresses) implements Check {
    public static final int ANY_RCODE = -1;

    public Dns {
      addresses = Set.copyOf(addresses);
    }
  }

  /** An ICMP echo. */
  record Ping() implements Check {}

  /**
   * A call of grpc.health.v1.Health/Check.
   *
   * @param service whose health is asked for; empty = the server's
   * @param host the authority
   * @param tls null = plain HTTP/2
   */
  record Grpc(String service, String host, @Nullable Tls tls) implements Check {
    /** Its length is one octet of the request. */
    public static final int MAX_SERVICE_OCTETS = 120;
  }

  /**
   * A program that ends with 0 where the target lives; its first line is the reason. The address,
   * the port and the host are in its environment.
   */
  record External(String program, List<String> arguments, String host) implements Check {
    public External {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * An HTTP/1.1 request whose response has an expected status. A redirect is not followed, the body
   * not kept.
   *
   * @param host the Host header
   * @param path the request target, from the slash on
   */
  record Http(
      String method,
      String host,
      String path,
      List<StatusRange> expectedStatus,
      HttpOptions options)
      implements Check {
    /** They stand in a request's head as they are: a line break would begin another header. */
    private static final Pattern WITHOUT_BLANKS = Pattern.compile("[^\\p{Cntrl} ]+");

    public Http {
      requirePlain("method", method);
      requirePlain("host", host);
      requirePlain("path", path);
      expectedStatus = List.copyOf(expectedStatus);
    }

    public Http(String method, String host, String path, List<StatusRange> expectedStatus) {
      this(method, host, path, expectedStatus, HttpOptions.NONE);
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
