package io.fairlead.policy.compile;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRecord;
import io.fairlead.policy.choose.Candidate;
import io.fairlead.policy.spec.AnswerTypes;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.NameMemberSpec;
import io.fairlead.policy.spec.PoolMember;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The members that a type is answered from: addresses of its family, and names; for SRV and CNAME,
 * all. There is one record for each address or name, in the order of the file, however many pools
 * it is in.
 */
final class FamilyMembers {
  static final int NONE = -1;

  private final ServiceSpec service;
  private final int type;
  private final EndpointNumbers endpoints;
  private final Map<Object, Integer> numbers = new HashMap<>();
  private final List<SteeredRecord> records = new ArrayList<>();
  private final int @Nullable [] publicRecords;

  /**
   * @param type A, AAAA, SRV, or CNAME: what all other types are answered with
   */
  FamilyMembers(ServiceSpec service, int type, EndpointNumbers endpoints) {
    this.service = service;
    this.type = type;
    this.endpoints = endpoints;
    for (PoolSpec pool : service.pools()) {
      members(pool)
          .filter(this::belongs)
          .filter(member -> !numbers.containsKey(identity(member)))
          .forEach(
              member -> {
                numbers.put(identity(member), records.size());
                records.add(record(member));
              });
    }
    publicRecords = addPublicAddresses();
  }

  private boolean belongs(PoolMember member) {
    return switch (member) {
      case NameMemberSpec _ -> true;
      case MemberSpec vip ->
          type == RrType.SRV || type == RrType.CNAME || type == typeOf(vip.address());
    };
  }

  private static int typeOf(InetAddress address) {
    return address.getAddress().length == Address.IPV4 ? RrType.A : RrType.AAAA;
  }

  private SteeredRecord record(PoolMember member) {
    AnswerTypes.Server server = service.types().server();
    if (type == RrType.SRV && server != null) {
      return switch (member) {
        case MemberSpec _ -> // one record for all of them: it is no one's
            new SteeredRecord(
                type, Bindings.server(server, 0, service.name()), SteeredRecord.NO_ENDPOINT);
        case NameMemberSpec name ->
            new SteeredRecord(
                type, Bindings.server(server, name.weight(), name.hostname()), endpoint(member));
      };
    }
    return switch (member) {
      case MemberSpec vip -> addressRecord(vip.address(), endpoint(member));
      case NameMemberSpec name ->
          new SteeredRecord(RrType.CNAME, name.hostname().wire(), endpoint(member));
    };
  }

  private static SteeredRecord addressRecord(InetAddress address, int endpoint) {
    return new SteeredRecord(typeOf(address), address.getAddress(), endpoint);
  }

  private int endpoint(PoolMember member) {
    return switch (member) {
      case MemberSpec vip -> endpoints.of(service.name(), vip.address());
      case NameMemberSpec name -> endpoints.of(service.name(), name.hostname());
    };
  }

  private Object identity(PoolMember member) {
    return switch (member) {
      case MemberSpec _ when type == RrType.SRV -> service.name();
      case MemberSpec vip -> vip.address();
      case NameMemberSpec name -> name.hostname();
    };
  }

  /** The record that leads to the service's own name; {@link #NONE} where there is none. */
  int ownName() {
    return numbers.getOrDefault(service.name(), NONE);
  }

  private static Stream<PoolMember> members(PoolSpec pool) {
    return Stream.concat(pool.members().stream(), pool.names().stream());
  }

  int type() {
    return type;
  }

  List<SteeredRecord> records() {
    return List.copyOf(records);
  }

  /** The record of the public address, by the record of the member; null where none has one. */
  int @Nullable [] publicRecords() {
    return publicRecords;
  }

  private int @Nullable [] addPublicAddresses() {
    int[] byMember = IntStream.range(0, records.size()).toArray();
    for (PoolSpec pool : service.pools()) {
      for (MemberSpec member : pool.members()) {
        InetAddress address = member.publicAddress();
        Integer record = address == null ? null : numbers.get(member.address());
        if (address != null && record != null && byMember[record] == record) {
          byMember[record] = records.size();
          int endpoint = records.get(record).endpoint();
          records.add(addressRecord(address, endpoint));
        }
      }
    }
    return records.size() > byMember.length ? byMember : null;
  }

  /** One more record, that no pool has; its index. */
  int addLastResort(int recordType, byte[] rdata) {
    records.add(new SteeredRecord(recordType, rdata, SteeredRecord.NO_ENDPOINT));
    return records.size() - 1;
  }

  /** The pool's members of this type; what the file disables is disabled whatever else is. */
  List<Candidate> candidates(PoolSpec pool, Liveness liveness) {
    return members(pool)
        .filter(this::belongs)
        .map(
            member -> {
              int record = numbers.getOrDefault(identity(member), NONE);
              int endpoint = endpoint(member);
              return new Candidate(
                  record,
                  member,
                  availability(member, endpoint, liveness),
                  endpoint == SteeredRecord.NO_ENDPOINT
                      ? Liveness.WHOLE
                      : liveness.share(endpoint));
            })
        .toList();
  }

  private static Availability availability(PoolMember member, int endpoint, Liveness liveness) {
    if (!member.enabled()) {
      return Availability.DISABLED;
    }
    return endpoint == SteeredRecord.NO_ENDPOINT
        ? Availability.UP
        : liveness.availability(endpoint);
  }
}
