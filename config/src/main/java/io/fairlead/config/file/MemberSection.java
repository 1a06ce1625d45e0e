package io.fairlead.config.file;

import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.policy.spec.MemberSpec;
import java.net.InetAddress;
import java.util.Map;

/** One of the {@code members} of a pool. */
final class MemberSection {
  private static final String ORIGIN = "file";
  private static final int PORT_OF_THE_MONITOR = 0;

  private static final Key<String> SITE =
      Key.required("site", Texts.LABEL, "the site that it belongs to");
  private static final Key<InetAddress> ADDRESS =
      Key.required("address", Addresses.HOST, "its VIP");
  private static final Key<Integer> WEIGHT =
      Key.optional(
          "weight",
          Numbers.between(1, MemberSpec.MAX_WEIGHT)
              .advising("0", "enabled: false takes a member out"),
          MemberSpec.DEFAULT_WEIGHT,
          "its share beside the others of its pool");
  private static final Key<Boolean> ENABLED =
      Key.optional("enabled", Numbers.TRUE_OR_FALSE, true, "false: never an answer");
  private static final Key<String> PROBE_HOST =
      Key.otherwise(
          "probeHost", Texts.HOST, "the service's name", "Host header and SNI of its probes");
  private static final Key<Integer> PROBE_PORT =
      Key.otherwise(
          "probePort", Numbers.between(1, 65535), "the monitor's port", "where its probes go");

  static final KeyTable KEYS =
      KeyTable.of("a member", SITE, ADDRESS, WEIGHT, ENABLED, PROBE_HOST, PROBE_PORT)
          .later("publicAddress", "the address for clients that are not private")
          .laterInsteadOf(ADDRESS, "hostname", "a member that is a name, answered as CNAME")
          .later("preference", "its place in algorithm preference-order")
          .later("location", "where it is, if not where its site is");

  private MemberSection() {}

  /**
   * Reads a member.
   *
   * @param lines the addresses of its pool so far, and their lines
   */
  static MemberSpec read(Section member, Declared sites, Map<InetAddress, Integer> lines) {
    InetAddress address = member.get(ADDRESS);
    if (member.has(ADDRESS) && member.isSound(ADDRESS)) {
      Integer earlier = lines.putIfAbsent(address, member.spot(ADDRESS).line());
      if (earlier != null) {
        member.error(
            ADDRESS,
            address.getHostAddress()
                + " is in this pool already, in line "
                + earlier
                + "; give that member the weight of both");
      }
    }
    Integer probePort = member.find(PROBE_PORT);
    return new MemberSpec(
        sites.refer(member, SITE),
        address,
        member.get(WEIGHT),
        member.get(ENABLED),
        member.find(PROBE_HOST),
        probePort != null ? probePort : PORT_OF_THE_MONITOR,
        ORIGIN);
  }
}
