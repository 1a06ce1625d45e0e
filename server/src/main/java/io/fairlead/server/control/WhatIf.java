package io.fairlead.server.control;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turns;
import io.fairlead.dns.query.Snapshot;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.SteeredRecord;
import io.fairlead.policy.compile.EndpointNumbers;
import io.fairlead.policy.compile.ServiceCompiler;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is served, with something else being so: to look before one leaps. Publishes nothing. */
public final class WhatIf {
  private WhatIf() {}

  /**
   * What is served now, as it would be with sites down: the services that this touches, and one
   * that is to be asked, are compiled with turns of their own.
   *
   * @param service its number; negative = none in particular
   * @param down names of sites
   * @throws IllegalArgumentException where one of {@code down} is no site
   */
  public static Snapshot of(Published now, int service, Collection<String> down) {
    Plan plan = now.plan();
    Map<String, Integer> endpoints = new HashMap<>();
    Set<String> sites = new TreeSet<>();
    Set<Integer> touched = new HashSet<>();
    var change = now.snapshot().liveness().change();
    for (PlannedMember member : (Iterable<PlannedMember>) plan.allMembers()::iterator) {
      endpoints.put(key(member.service().name(), member.member().target()), member.endpoint());
      sites.add(member.member().site());
      if (down.contains(member.member().site()) && now.availability(member).eligible()) {
        change.set(member.endpoint(), Availability.DOWN);
        touched.add(plan.number(member.service().name()));
      }
    }
    refuseUnknown(sites, down);
    if (service >= 0) {
      touched.add(service);
    }
    Liveness liveness = change.apply();
    var compiler =
        new ServiceCompiler(
            new Numbers(endpoints), new Turns(), plan.ground().sites(), plan.ground().geo());
    var services =
        touched.stream()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    number ->
                        compiler.compile(
                            plan.services().get(number), liveness, now.inDoubt(number))));
    Snapshot before = now.snapshot();
    return new Snapshot(
        before.generation(),
        before.ready(),
        before.zones(),
        before.services().with(services),
        liveness);
  }

  private static void refuseUnknown(Set<String> sites, Collection<String> down) {
    for (String word : down) {
      if (!sites.contains(word)) {
        throw new IllegalArgumentException(
            "\"%s\" is no site with members; allowed: %s"
                .formatted(word, String.join(", ", sites)));
      }
    }
  }

  private static String key(Name service, String target) {
    return Plan.key(service) + ' ' + target;
  }

  /** The numbers that members have already. */
  private record Numbers(Map<String, Integer> byKey) implements EndpointNumbers {
    @Override
    public int of(Name service, InetAddress address) {
      return byKey.getOrDefault(key(service, address.getHostAddress()), SteeredRecord.NO_ENDPOINT);
    }

    @Override
    public int of(Name service, Name hostname) {
      return byKey.getOrDefault(key(service, hostname.toString()), SteeredRecord.NO_ENDPOINT);
    }
  }
}
