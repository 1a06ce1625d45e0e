package io.fairlead.config.file;

import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.dns.limit.Prefix;
import io.fairlead.dns.limit.RateLimitSpec;
import io.fairlead.policy.spec.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code rateLimit}. */
final class RateLimitSection {
  private static final RateLimitSpec DEFAULT = RateLimitSpec.DEFAULT;

  private static final Key<Boolean> ENABLED =
      Key.optional("enabled", Numbers.TRUE_OR_FALSE, true, "false: nobody is limited");
  private static final Key<Integer> RESPONSES_PER_SECOND =
      Key.optional(
          "responsesPerSecond",
          Numbers.between(1, 100_000),
          DEFAULT.responsesPerSecond(),
          "replies of one kind to one prefix, over UDP and without a cookie");
  private static final Key<Integer> SLIP =
      Key.optional(
          "slip",
          Numbers.between(0, RateLimitSpec.MAX_SLIP),
          DEFAULT.slip(),
          "every so-manieth reply over the limit leads to TCP; 0 = none, 1 = each");
  private static final Key<Integer> IPV4 =
      Key.optional("ipv4", Numbers.between(1, 32), DEFAULT.ipv4Prefix(), "bits of IPv4 addresses");
  private static final Key<Integer> IPV6 =
      Key.optional("ipv6", Numbers.between(1, 128), DEFAULT.ipv6Prefix(), "bits of IPv6 addresses");

  private static final KeyTable PREFIX_KEYS = KeyTable.of("rateLimit.prefix", IPV4, IPV6);

  private static final Key<Section> PREFIX =
      Key.section("prefix", PREFIX_KEYS, "which addresses are limited together");
  private static final Key<List<Network>> ALLOW =
      Key.optional(
          "allow", ListValue.any(Addresses.NETWORK), List.of(), "networks that are never limited");

  static final KeyTable KEYS =
      KeyTable.of("rateLimit", ENABLED, RESPONSES_PER_SECOND, SLIP, PREFIX, ALLOW);

  private RateLimitSection() {}

  /** Who says nothing spares loopback; who says something says whom. */
  static RateLimitSpec read(@Nullable Section rateLimit) {
    if (rateLimit == null) {
      return DEFAULT;
    }
    Section prefix = rateLimit.get(PREFIX);
    return new RateLimitSpec(
        rateLimit.get(ENABLED),
        rateLimit.get(RESPONSES_PER_SECOND),
        rateLimit.get(SLIP),
        prefix.get(IPV4),
        prefix.get(IPV6),
        rateLimit.get(ALLOW).stream()
            .map(network -> new Prefix(network.address(), network.prefixLength()))
            .toList());
  }
}
