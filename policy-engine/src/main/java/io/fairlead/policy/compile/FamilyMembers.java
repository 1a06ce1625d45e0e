package io.fairlead.policy.compile;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.zone.SteeredRecord;
import io.fairlead.policy.choose.Candidate;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The members of one address family: a record for each address, in the order of the file, however
 * many pools it is in.
 */
final class FamilyMembers {
  private final Map<InetAddress, Integer> numbers = new LinkedHashMap<>();
  private final List<SteeredRecord> records = new ArrayList<>();

  /**
   * @param family octets of an address
   */
  static FamilyMembers of(ServiceSpec service, int type, int family, EndpointNumbers endpoints) {
    var members = new FamilyMembers();
    for (PoolSpec pool : service.pools()) {
      for (MemberSpec member : pool.members()) {
        byte[] rdata = member.address().getAddress();
        if (rdata.length == family && !members.numbers.containsKey(member.address())) {
          members.numbers.put(member.address(), members.records.size());
          members.records.add(
              new SteeredRecord(type, rdata, endpoints.of(service.name(), member.address())));
        }
      }
    }
    return members;
  }

  List<SteeredRecord> records() {
    return records;
  }

  /** The pool's members of this family; what the file disables is disabled whatever else is. */
  List<Candidate> candidates(PoolSpec pool, Liveness liveness) {
    var candidates = new ArrayList<Candidate>();
    for (MemberSpec member : pool.members()) {
      Integer record = numbers.get(member.address());
      if (record != null) {
        candidates.add(
            new Candidate(
                record,
                member,
                member.enabled()
                    ? liveness.availability(records.get(record).endpoint())
                    : Availability.DISABLED));
      }
    }
    return List.copyOf(candidates);
  }
}
