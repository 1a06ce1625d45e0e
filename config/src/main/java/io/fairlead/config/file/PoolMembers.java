package io.fairlead.config.file;

import static io.fairlead.config.file.MemberSection.ADDRESS;
import static io.fairlead.config.file.MemberSection.HOSTNAME;

import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.Section;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.NameMemberSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of one pool: all addresses, or all names. */
final class PoolMembers {
  private final Declared sites;
  private final Set<Name> serviceNames;
  private final List<MemberSpec> addresses = new ArrayList<>();
  private final List<NameMemberSpec> names = new ArrayList<>();
  private final Map<Object, Integer> lines = new HashMap<>();
  private final Set<String> memberSites = new HashSet<>();
  private @Nullable Key<?> kind;
  private int kindLine;

  /**
   * @param serviceNames the name and the aliases of the pool's service
   */
  PoolMembers(Declared sites, Set<Name> serviceNames) {
    this.sites = sites;
    this.serviceNames = serviceNames;
  }

  List<MemberSpec> addresses() {
    return addresses;
  }

  List<NameMemberSpec> names() {
    return names;
  }

  /** Those that a member of the pool is at, be the rest of it wrong. */
  Set<String> sites() {
    return memberSites;
  }

  void read(Section member) {
    String site = sites.refer(member, MemberSection.SITE);
    memberSites.add(site);
    InetAddress address = member.get(ADDRESS);
    Name hostname = member.get(HOSTNAME);
    Key<?> ours = member.has(HOSTNAME) && !member.has(ADDRESS) ? HOSTNAME : ADDRESS;
    checkKind(member, ours);
    if (ours == ADDRESS) {
      checkTwice(member, ADDRESS, address, address.getHostAddress());
      MemberSpec spec = MemberSection.address(member, site, address);
      if (kind != HOSTNAME) {
        addresses.add(spec);
      }
      return;
    }
    checkTwice(member, HOSTNAME, hostname, hostname.toString());
    if (member.isSound(HOSTNAME) && serviceNames.contains(hostname)) {
      member.error(HOSTNAME, "this is the service's own name, which cannot point to itself");
    }
    NameMemberSpec spec = MemberSection.name(member, site, hostname);
    if (kind == HOSTNAME) {
      names.add(spec);
    }
  }

  private void checkKind(Section member, Key<?> ours) {
    if (!member.has(ours)) {
      member.error(
          ADDRESS,
          "a member needs an address or a hostname; allowed: " + ADDRESS.value().allowed());
    } else if (member.has(ADDRESS) && member.has(HOSTNAME)) {
      member.error(HOSTNAME, "a member has an address or a hostname, not both; leave one out");
    } else if (kind == null) {
      kind = ours;
      kindLine = member.spot(ours).line();
    } else if (kind != ours) {
      member.error(
          ours,
          "the pool's member of line %d has %s, and all of a pool have the same; give these a pool"
                  .formatted(kindLine, kind == ADDRESS ? "an address" : "a hostname")
              + " of their own");
    }
  }

  private void checkTwice(Section member, Key<?> key, Object target, String text) {
    if (!member.has(key) || !member.isSound(key)) {
      return;
    }
    Integer earlier = lines.putIfAbsent(target, member.spot(key).line());
    if (earlier != null) {
      member.error(
          key,
          text
              + " is in this pool already, in line "
              + earlier
              + "; give that member the weight of both");
    }
  }
}
