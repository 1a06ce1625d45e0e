package io.fairlead.server.admin;

import io.fairlead.server.control.Plan;
import io.fairlead.server.control.PlannedMember;
import io.fairlead.server.control.Published;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The services of a plan by name, with what a search looks at; made once for each plan. */
final class ServiceIndex {
  /**
   * One service.
   *
   * @param text what a search looks at, in lower case
   */
  private record Entry(int number, String name, String text) {}

  /**
   * A page of what was found.
   *
   * @param numbers of the services, in the order of their names
   * @param matching how many there are in all
   * @param states how many of those that the search left are in each state
   */
  record Page(List<Integer> numbers, int matching, Map<ServiceState, Integer> states) {}

  private final Plan plan;
  private final List<Entry> entries;

  private ServiceIndex(Plan plan) {
    this.plan = plan;
    var all = new ArrayList<Entry>(plan.services().size());
    for (int number = 0; number < plan.services().size(); number++) {
      all.add(new Entry(number, Plan.key(plan.services().get(number).name()), text(number)));
    }
    all.sort(Comparator.comparing(Entry::name));
    this.entries = List.copyOf(all);
  }

  /** This one, where it is of the plan already. */
  static ServiceIndex of(Plan plan, @Nullable ServiceIndex before) {
    return before != null && before.plan == plan ? before : new ServiceIndex(plan);
  }

  private String text(int number) {
    var service = plan.services().get(number);
    return Stream.concat(
            Stream.concat(Stream.of(service.name()), service.aliases().stream()).map(Plan::key),
            plan.members(number).stream().flatMap(ServiceIndex::words))
        .distinct()
        .reduce("", (text, word) -> text + ' ' + word)
        .toLowerCase(Locale.ROOT);
  }

  private static Stream<String> words(PlannedMember planned) {
    var member = planned.member();
    return Stream.of(member.target(), member.site(), member.origin(), planned.pool().name());
  }

  /**
   * Finds services.
   *
   * @param words each must be somewhere in a name, alias, address, site, pool or origin
   * @param state null = any
   */
  Page find(
      Published published, String words, @Nullable ServiceState state, int offset, int limit) {
    List<String> wanted =
        Stream.of(words.toLowerCase(Locale.ROOT).split("\\s+")).filter(w -> !w.isEmpty()).toList();
    var states = new EnumMap<ServiceState, Integer>(ServiceState.class);
    var numbers = new ArrayList<Integer>();
    int matching = 0;
    for (Entry entry : entries) {
      if (!wanted.stream().allMatch(entry.text()::contains)) {
        continue;
      }
      ServiceState its = ServiceState.of(plan.members(entry.number()), published);
      states.merge(its, 1, Integer::sum);
      if (state != null && state != its) {
        continue;
      }
      if (matching >= offset && numbers.size() < limit) {
        numbers.add(entry.number());
      }
      matching++;
    }
    return new Page(numbers, matching, states);
  }
}
