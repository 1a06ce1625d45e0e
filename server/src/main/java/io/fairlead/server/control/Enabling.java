package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.NameMemberSpec;
import io.fairlead.policy.spec.PoolMember;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.state.OperatorOverride.Subject;
import java.util.Set;

/** Members that an operator has enabled, whatever {@code enabled} of the file says. */
final class Enabling {
  private Enabling() {}

  /** The configuration as if the file enabled these; the same object where that is nobody. */
  static FairleadConfig in(FairleadConfig config, Set<Subject> enabled) {
    boolean nobody = enabled.stream().noneMatch(Subject.Member.class::isInstance);
    return nobody
        ? config
        : config.withServices(
            config.services().stream().map(service -> in(service, enabled)).toList());
  }

  private static ServiceSpec in(ServiceSpec service, Set<Subject> enabled) {
    return service.withPools(
        service.pools().stream().map(pool -> in(service, pool, enabled)).toList());
  }

  private static PoolSpec in(ServiceSpec service, PoolSpec pool, Set<Subject> enabled) {
    return pool.withMembers(
        pool.members().stream()
            .map(member -> isOne(service, member, enabled) ? on(member) : member)
            .toList(),
        pool.names().stream()
            .map(member -> isOne(service, member, enabled) ? on(member) : member)
            .toList());
  }

  private static boolean isOne(ServiceSpec service, PoolMember member, Set<Subject> enabled) {
    return !member.enabled()
        && enabled.contains(new Subject.Member(Plan.key(service.name()), member.target()));
  }

  private static MemberSpec on(MemberSpec member) {
    return new MemberSpec(
        member.site(),
        member.address(),
        member.weight(),
        true,
        member.probeHost(),
        member.probePort(),
        member.origin(),
        member.preference(),
        member.location(),
        member.publicAddress());
  }

  private static NameMemberSpec on(NameMemberSpec member) {
    return new NameMemberSpec(
        member.site(),
        member.hostname(),
        member.weight(),
        true,
        member.probeHost(),
        member.probePort(),
        member.origin(),
        member.preference(),
        member.location());
  }
}
