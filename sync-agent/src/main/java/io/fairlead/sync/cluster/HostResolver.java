package io.fairlead.sync.cluster;

import io.fairlead.sync.merge.Destination;
import io.fairlead.sync.merge.ImportedMember;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The addresses of load balancers that have only a name, looked up again and again: cloud providers
 * change them at any time. A name that cannot be looked up keeps the addresses that it had. Lives
 * on the agent's thread; lookups have threads of their own, because they take their time.
 */
final class HostResolver {
  /** Cloud load balancers have a TTL of 60 s. */
  private static final Duration AGAIN = Duration.ofSeconds(30);

  /** How a name is looked up. */
  interface Lookup {
    List<InetAddress> of(String name) throws UnknownHostException;
  }

  private static final Comparator<InetAddress> ORDER = Comparator.comparing(Destination::of);

  static final Lookup OF_SYSTEM = name -> List.of(InetAddress.getAllByName(name));

  private final Loop loop;
  private final Lookup lookup;
  private final Runnable changed;
  private final Map<String, List<InetAddress>> known = new TreeMap<>();
  private final Set<String> asked = new HashSet<>();

  /** Names by the cluster that needs them. */
  private final Map<String, Set<String>> wanted = new HashMap<>();

  /**
   * @param changed told when a name has other addresses than before
   */
  HostResolver(Loop loop, Lookup lookup, Runnable changed) {
    this.loop = loop;
    this.lookup = lookup;
    this.changed = changed;
  }

  /** These members with addresses for names; one whose name was never found is left out. */
  List<ImportedMember> resolved(String cluster, List<ImportedMember> members) {
    Set<String> names = new HashSet<>();
    List<ImportedMember> resolved =
        members.stream().flatMap(member -> resolved(member, names)).distinct().toList();
    wanted.put(cluster, names);
    names.stream().filter(asked::add).forEach(this::ask);
    return resolved;
  }

  private Stream<ImportedMember> resolved(ImportedMember member, Set<String> names) {
    if (!(member.destination() instanceof Destination.HostName(var name))) {
      return Stream.of(member);
    }
    names.add(name);
    return known.getOrDefault(name, List.of()).stream()
        .map(
            address ->
                new ImportedMember(
                    member.host(),
                    member.cluster(),
                    member.site(),
                    Destination.of(address),
                    member.origin(),
                    member.backend()));
  }

  private void ask(String name) {
    Thread.ofVirtual()
        .name("sync-lookup")
        .start(
            () -> {
              try {
                List<InetAddress> found = lookup.of(name).stream().sorted(ORDER).toList();
                loop.execute(() -> found(name, found));
              } catch (UnknownHostException _) {
                // the addresses that it had stay
              }
              loop.after(AGAIN, () -> again(name));
            });
  }

  private void found(String name, List<InetAddress> addresses) {
    if (!addresses.equals(known.put(name, addresses))) {
      changed.run();
    }
  }

  private void again(String name) {
    if (wanted.values().stream().anyMatch(names -> names.contains(name))) {
      ask(name);
    } else {
      asked.remove(name);
      known.remove(name);
    }
  }
}
