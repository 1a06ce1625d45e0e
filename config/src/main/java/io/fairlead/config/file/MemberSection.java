package io.fairlead.config.file;

import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.NameMemberSpec;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** One of the {@code members} of a pool. */
final class MemberSection {
  private static final String ORIGIN = "file";
  private static final int PORT_OF_THE_MONITOR = 0;

  static final Key<String> SITE = Key.required("site", Texts.LABEL, "the site that it belongs to");
  static final Key<InetAddress> ADDRESS =
      Key.otherwise("address", Addresses.HOST, "the member has a hostname", "its VIP");
  static final Key<Name> HOSTNAME =
      Key.otherwise(
          "hostname",
          Texts.TARGET_NAME,
          "the member has an address",
          "a name, answered as CNAME and probed by that name");
  static final Key<InetAddress> PUBLIC_ADDRESS =
      Key.otherwise(
          "publicAddress",
          Addresses.HOST,
          "the address",
          "what all but private clients get; probes go to the address");
  static final Key<Integer> PREFERENCE =
      Key.optional(
          "preference",
          Numbers.between(1, MemberSpec.MAX_PREFERENCE),
          MemberSpec.DEFAULT_PREFERENCE,
          "preference-order: the lowest that is up answers");
  static final Key<Section> LOCATION = LocationSection.key("where its site is", "geo: where it is");
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
          "probeHost",
          Texts.HOST,
          "the member's hostname, or the service's name",
          "Host header and SNI of its probes");
  private static final Key<Integer> PROBE_PORT =
      Key.otherwise(
          "probePort", Numbers.between(1, 65535), "the monitor's port", "where its probes go");

  static final KeyTable KEYS =
      KeyTable.of(
          "a member",
          SITE,
          ADDRESS,
          HOSTNAME,
          PUBLIC_ADDRESS,
          WEIGHT,
          PREFERENCE,
          LOCATION,
          ENABLED,
          PROBE_HOST,
          PROBE_PORT);

  private MemberSection() {}

  static MemberSpec address(Section member, String site, InetAddress address) {
    return new MemberSpec(
        site,
        address,
        member.get(WEIGHT),
        member.get(ENABLED),
        member.find(PROBE_HOST),
        probePort(member),
        ORIGIN,
        member.get(PREFERENCE),
        LocationSection.read(member, LOCATION),
        publicAddress(member, address));
  }

  static NameMemberSpec name(Section member, String site, Name hostname) {
    member.refuse(PUBLIC_ADDRESS, "a member with an address");
    return new NameMemberSpec(
        site,
        hostname,
        member.get(WEIGHT),
        member.get(ENABLED),
        member.find(PROBE_HOST),
        probePort(member),
        ORIGIN,
        member.get(PREFERENCE),
        LocationSection.read(member, LOCATION));
  }

  private static int probePort(Section member) {
    Integer probePort = member.find(PROBE_PORT);
    return probePort != null ? probePort : PORT_OF_THE_MONITOR;
  }

  /** Where it cannot be, there is none: the problem is told, and the record would not take it. */
  private static @Nullable InetAddress publicAddress(Section member, InetAddress address) {
    InetAddress found = member.find(PUBLIC_ADDRESS);
    if (found == null || found.getClass() == address.getClass()) {
      return found;
    }
    if (member.isSound(ADDRESS, PUBLIC_ADDRESS)) {
      member.error(
          PUBLIC_ADDRESS,
          "%s is of another family than the address %s; both are IPv4 or both IPv6"
              .formatted(found.getHostAddress(), address.getHostAddress()));
    }
    return null;
  }
}
