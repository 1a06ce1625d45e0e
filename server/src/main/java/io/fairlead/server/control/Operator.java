package io.fairlead.server.control;

import io.fairlead.config.file.key.Suggestion;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.SiteSpec;
import io.fairlead.server.state.OperatorOverride;
import io.fairlead.server.state.OperatorOverride.Subject;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may say to a running server. Each word is looked at and in force when the method
 * returns; two operators come one after the other.
 */
public final class Operator {
  /** What became of a word. */
  public sealed interface Outcome {
    /**
     * It is in force.
     *
     * @param override what stands now; null where nothing does
     * @param created whether nothing stood before
     */
    record Done(@Nullable OperatorOverride override, boolean created) implements Outcome {}

    /** There is no such service, member or site, or no such override. */
    record Unknown(String reason) implements Outcome {}

    /** Another operator was faster: something else stands than was expected. */
    record Overtaken(@Nullable OperatorOverride override) implements Outcome {}

    /** It cannot be done now. */
    record Refused(String reason) implements Outcome {}
  }

  /** Whom a word is about, or why nobody. */
  public sealed interface Lookup {
    record Found(Subject subject) implements Lookup {}

    record Nobody(String reason) implements Lookup {}
  }

  private final ControlLoop control;
  private final InstantSource clock;

  public Operator(ControlLoop control, InstantSource clock) {
    this.control = control;
    this.clock = clock;
  }

  /**
   * Finds a member.
   *
   * @param service the service's name or an alias, in any spelling
   * @param address the address or the hostname, in any spelling
   */
  public Lookup member(String service, String address) {
    Published now = control.current();
    Subject.Member named = new Subject.Member(canonicalName(service), canonical(address));
    if (now.model().overrides().containsKey(named)) {
      return new Lookup.Found(named); // it can be taken back, even if the member is gone
    }
    ServiceSpec spec = find(now.plan(), named.service());
    if (spec == null) {
      var names = now.plan().services().stream().map(each -> Plan.key(each.name())).toList();
      return new Lookup.Nobody(
          "there is no service %s%s; there are: %s"
              .formatted(service, Suggestion.of(named.service(), names), Suggestion.list(names)));
    }
    var subject = new Subject.Member(Plan.key(spec.name()), named.address());
    if (now.plan().members(subject).isEmpty()) {
      var addresses =
          now.plan().members(now.plan().number(spec.name())).stream()
              .map(member -> member.member().target())
              .distinct()
              .toList();
      return new Lookup.Nobody(
          "%s has no member %s%s; its members are: %s"
              .formatted(
                  subject.service(),
                  address,
                  Suggestion.of(subject.address(), addresses),
                  Suggestion.list(addresses)));
    }
    return new Lookup.Found(subject);
  }

  public Lookup site(String name) {
    Published now = control.current();
    var subject = new Subject.Site(name);
    var sites = new TreeSet<String>();
    if (now.model().config() != null) {
      now.model().config().sites().stream().map(SiteSpec::name).forEach(sites::add);
    }
    now.plan().allMembers().map(member -> member.member().site()).forEach(sites::add);
    if (sites.contains(name) || now.model().overrides().containsKey(subject)) {
      return new Lookup.Found(subject);
    }
    return new Lookup.Nobody(
        "there is no site %s%s; there are: %s"
            .formatted(name, Suggestion.of(name, sites), Suggestion.list(sites)));
  }

  private static @Nullable ServiceSpec find(Plan plan, String name) {
    return plan.services().stream()
        .filter(
            service ->
                Stream.concat(Stream.of(service.name()), service.aliases().stream())
                    .anyMatch(each -> Plan.key(each).equals(name)))
        .findFirst()
        .orElse(null);
  }

  private static String canonicalName(String name) {
    try {
      return Plan.key(Name.parse(name));
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  private static String canonical(String address) {
    try {
      return InetAddress.ofLiteral(address).getHostAddress();
    } catch (IllegalArgumentException e) {
      return canonicalName(address);
    }
  }

  public @Nullable OperatorOverride override(Subject subject) {
    return control.current().model().overrides().get(subject);
  }

  /** All that stands, the oldest first. */
  public List<OperatorOverride> overrides() {
    return control.current().model().overrides().values().stream()
        .sorted(
            Comparator.comparing(OperatorOverride::since)
                .thenComparing(override -> override.subject().toString()))
        .toList();
  }

  /**
   * Says a word. {@code ENABLE} where the file enables anyway only ends what stood before.
   *
   * @param expected whether what stands now is what the operator believes
   */
  public synchronized Outcome override(
      Subject subject,
      OperatorOverride.State state,
      String reason,
      Predicate<@Nullable OperatorOverride> expected) {
    OperatorOverride before = override(subject);
    if (!expected.test(before)) {
      return new Outcome.Overtaken(before);
    }
    if (before != null && before.state() == state && before.reason().equals(reason)) {
      return new Outcome.Done(before, false);
    }
    if (state == OperatorOverride.State.ENABLE && !isDisabledByFile(subject)) {
      if (before != null) {
        control.applied(new ControlEvent.OverrideCleared(subject));
      }
      return new Outcome.Done(null, false);
    }
    var next = new OperatorOverride(subject, state, reason, clock.instant());
    control.applied(new ControlEvent.Overridden(next));
    return new Outcome.Done(next, before == null);
  }

  /** Whether the file, with nobody's word above it, keeps it out. */
  private boolean isDisabledByFile(Subject subject) {
    var config = control.current().model().config();
    return config != null
        && switch (subject) {
          case Subject.Site(var name) ->
              config.sites().stream().anyMatch(site -> site.name().equals(name) && !site.enabled());
          case Subject.Member member ->
              config.services().stream()
                  .filter(service -> Plan.key(service.name()).equals(member.service()))
                  .flatMap(service -> service.pools().stream())
                  .flatMap(pool -> Stream.concat(pool.members().stream(), pool.names().stream()))
                  .anyMatch(each -> each.target().equals(member.address()) && !each.enabled());
        };
  }

  /**
   * Takes a word back.
   *
   * @param expected whether what stands now is what the operator believes
   */
  public synchronized Outcome clear(
      Subject subject, Predicate<@Nullable OperatorOverride> expected) {
    OperatorOverride before = override(subject);
    if (!expected.test(before)) {
      return new Outcome.Overtaken(before);
    }
    if (before == null) {
      return new Outcome.Unknown("there is no override of " + subject);
    }
    control.applied(new ControlEvent.OverrideCleared(subject));
    return new Outcome.Done(null, false);
  }

  /** Lets a member back that is well and held back. */
  public synchronized Outcome resume(Subject.Member member) {
    Published now = control.current();
    var absence = now.model().calm().absences().get(member);
    if (absence == null || !absence.isOut()) {
      return new Outcome.Refused(member + " is not held back; there is nothing to resume");
    }
    if (absence.wellSince() == null) {
      return new Outcome.Refused(
          member + " is down by its checks; resume it when they pass again (see its reason)");
    }
    control.applied(new ControlEvent.Resumed(member, clock.instant()));
    return new Outcome.Done(override(member), false);
  }

  /** Believes what the mass-down guard does not: members whose checks fail leave the answers. */
  public synchronized Outcome releaseGuard() {
    if (!control.current().model().calm().isGuarding()) {
      return new Outcome.Refused("the mass-down guard is not on; there is nothing to release");
    }
    control.applied(new ControlEvent.GuardReleased(clock.instant()));
    return new Outcome.Done(null, false);
  }

  /** What is served now. */
  public Published published() {
    return control.current();
  }
}
