package io.fairlead.server.scenario;

import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.ServiceSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/**
 * What a configuration allows as an answer for one name, whatever is up: read off the records, with
 * none of the code that answers.
 */
record Allowed(boolean there, long ttl, Set<String> addresses, boolean mayBeEmpty) {
  static Allowed by(FairleadConfig config, String name) {
    Name asked = Name.parse(name);
    Optional<ServiceSpec> service =
        config.services().stream().filter(s -> s.name().equals(asked)).findAny();
    return service
        .map(
            s ->
                new Allowed(
                    true,
                    s.ttlSeconds(),
                    s.pools().stream()
                        .flatMap(pool -> pool.members().stream())
                        .map(MemberSpec::address)
                        .map(address -> address.getHostAddress())
                        .collect(Collectors.toSet()),
                    !(s.downResponse() instanceof DownResponse.AllRecords)))
        .orElse(new Allowed(false, 0, Set.of(), true));
  }

  boolean allows(Message reply) {
    List<org.xbill.DNS.Record> answer = reply.getSection(Section.ANSWER);
    if (!there) {
      return answer.isEmpty()
          && (reply.getRcode() == Rcode.NXDOMAIN || reply.getRcode() == Rcode.REFUSED);
    }
    return reply.getRcode() == Rcode.NOERROR
        && (mayBeEmpty || !answer.isEmpty())
        && answer.stream()
            .allMatch(r -> r.getTTL() == ttl && addresses.contains(r.rdataToString()));
  }
}
