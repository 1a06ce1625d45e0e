package io.fairlead.health.probe;

import io.netty.channel.EventLoop;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks up where names lead to, and remembers it for as long as its TTL says. The loop's thread
 * only.
 */
final class Names {
  /** So that what was found is at least good for the connection that it was asked for. */
  private static final int MIN_TTL_SECONDS = 1;

  private static final int MAX_TTL_SECONDS = 24 * 60 * 60;
  private static final int NEGATIVE_TTL_SECONDS = 5;

  /** Several resolvers have their turn within a usual timeout. */
  private static final int QUERY_TIMEOUT_MILLIS = 1000;

  /** As many names as there may be targets; the one that was asked for least recently goes. */
  private static final int MAX_REMEMBERED = 30_000;

  /** What came of looking. */
  sealed interface Found {
    record At(InetAddress address) implements Found {}

    /** The name's own servers say that it leads nowhere. */
    record Nowhere(String reason) implements Found {}

    /** Nobody could be asked, and nothing is remembered: that says nothing of the target. */
    record NotKnown(String reason) implements Found {}
  }

  private final EventLoop loop;
  private final DnsServerAddressStreamProvider servers;
  private final Map<String, InetAddress> lastKnown =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, InetAddress> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /** Opened with the first name: most servers have none. */
  private @Nullable DnsNameResolver resolver;

  /**
   * @param servers who is asked
   */
  Names(EventLoop loop, DnsServerAddressStreamProvider servers) {
    this.loop = loop;
    this.servers = servers;
  }

  void find(String name, Consumer<Found> found) {
    if (resolver == null) {
      resolver = open();
    }
    var _ =
        resolver
            .resolve(name)
            .addListener((Future<InetAddress> looked) -> found.accept(judge(name, looked)));
  }

  private DnsNameResolver open() {
    Sockets sockets = Sockets.of(loop);
    return new DnsNameResolverBuilder(loop)
        .datagramChannelFactory(sockets::datagrams)
        .socketChannelFactory(sockets::newStream) // for answers that are cut short
        .nameServerProvider(servers)
        .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
        .searchDomains(List.of()) // the name of a file is a whole one
        .ttl(MIN_TTL_SECONDS, MAX_TTL_SECONDS)
        .negativeTtl(NEGATIVE_TTL_SECONDS)
        .queryTimeoutMillis(QUERY_TIMEOUT_MILLIS)
        .build();
  }

  private Found judge(String name, Future<InetAddress> looked) {
    if (looked.isSuccess()) {
      lastKnown.put(name, looked.getNow());
      return new Found.At(looked.getNow());
    }
    Throwable cause = looked.cause();
    if (answered(cause)) {
      lastKnown.remove(name);
      return new Found.Nowhere("the name " + name + " has no address");
    }
    InetAddress before = lastKnown.get(name);
    return before != null
        ? new Found.At(before)
        : new Found.NotKnown(
            "not probed: the name %s could not be looked up: %s"
                .formatted(name, Reasons.rootMessage(cause)));
  }

  /** Whether the answer was no; a server that failed, or was silent, gave none. */
  private static boolean answered(@Nullable Throwable cause) {
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      if (inner instanceof DnsErrorCauseException refusal) {
        return switch (refusal.getCode().intValue()) {
          case 0, 3 -> true; // NOERROR without a record, NXDOMAIN: RFC 1035 section 4.1.1
          default -> false;
        };
      }
    }
    return false;
  }
}
