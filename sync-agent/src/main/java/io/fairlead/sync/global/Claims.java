package io.fairlead.sync.global;

import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.global.GlobalObjects.Ref;
import io.fairlead.sync.global.GlobalObjects.Seen;
import io.fairlead.sync.global.GlobalObjects.Targets;
import io.fairlead.sync.global.Verdict.Attachment;
import io.fairlead.sync.global.Verdict.Judged;
import io.fairlead.sync.spec.GlobalServiceSpec;
import io.fairlead.sync.spec.GlobalServiceSpec.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which GlobalService speaks for which host. The most specific one does: one that names the host
 * before one that is attached to a route, or another object with hosts, and that before one that is
 * attached to a Gateway. Of equally specific ones the oldest does (GEP-713, conflict resolution).
 */
final class Claims {
  private static final String GATEWAY = "Gateway";

  private enum Level {
    HOST,
    OBJECT,
    GATEWAY;

    static Level of(Target target) {
      return target.kind().equals(Claims.GATEWAY) ? GATEWAY : OBJECT;
    }
  }

  /** Of one host, and by which target; null = by its name. */
  private record Claim(String host, Level level, @Nullable Target target) {}

  private final Map<String, Ref> owners = new TreeMap<>();
  private final Map<String, Level> levels = new HashMap<>();
  private final Map<Ref, Set<String>> owned = new HashMap<>();
  private final Map<Ref, List<Claim>> claims = new HashMap<>();
  private final Map<Ref, Set<Target>> lost = new HashMap<>();
  private final Map<Ref, GlobalServiceSpec> services;

  Claims(Map<Ref, GlobalServiceSpec> services, Targets targets, Map<Ref, Seen> objects) {
    this.services = services;
    List<Ref> oldestFirst = new ArrayList<>(services.keySet());
    oldestFirst.sort(
        Comparator.comparing((Ref ref) -> created(objects.get(ref)).isEmpty())
            .thenComparing(ref -> created(objects.get(ref)))
            .thenComparing(Comparator.naturalOrder()));
    services.forEach((ref, service) -> claims.put(ref, claims(ref, service, targets)));
    for (Level level : Level.values()) {
      for (Ref ref : oldestFirst) {
        for (Claim claim : claims.getOrDefault(ref, List.of())) {
          if (claim.level() == level && owners.putIfAbsent(claim.host(), ref) == null) {
            levels.put(claim.host(), level);
          }
        }
      }
    }
    owners.forEach((host, ref) -> owned.computeIfAbsent(ref, _ -> new TreeSet<>()).add(host));
  }

  /** By host. */
  Map<String, Ref> owners() {
    return owners;
  }

  /**
   * What became of a GlobalService that counts.
   *
   * @param judged how its present text was judged
   */
  Verdict verdict(Ref ref, Judged judged) {
    GlobalServiceSpec service = services.get(ref);
    List<Attachment> attached =
        service == null
            ? List.of()
            : service.targets().stream()
                .map(target -> new Attachment(target, attached(ref, target)))
                .toList();
    Judged all = judged;
    if (judged.accepted()) {
      all =
          attached.isEmpty()
              ? byName(ref)
              : attached.stream()
                  .map(Attachment::judged)
                  .min(Comparator.comparing(Judged::accepted))
                  .orElse(judged);
    }
    return new Verdict(all, true, List.copyOf(owned.getOrDefault(ref, Set.of())), attached);
  }

  private Judged byName(Ref ref) {
    return claims.getOrDefault(ref, List.of()).stream()
        .filter(claim -> !ref.equals(owners.get(claim.host())))
        .map(claim -> conflict(claim))
        .findFirst()
        .orElse(Judged.good("it counts"));
  }

  private Judged attached(Ref ref, Target target) {
    if (lost.getOrDefault(ref, Set.of()).contains(target)) {
      return Judged.bad(
          Judged.TARGET_NOT_FOUND,
          "there is no %s in namespace %s of the leader, or its kind is not followed"
              .formatted(target, ref.namespace()));
    }
    List<Claim> asked =
        claims.getOrDefault(ref, List.of()).stream()
            .filter(claim -> target.equals(claim.target()))
            .toList();
    List<Claim> missed =
        asked.stream().filter(claim -> !ref.equals(owners.get(claim.host()))).toList();
    if (asked.isEmpty()) {
      return Judged.good(target + " has no host yet");
    }
    boolean all = missed.size() == asked.size();
    if (all && missed.stream().allMatch(claim -> levels.get(claim.host()) == claim.level())) {
      return conflict(missed.getFirst());
    }
    return Judged.good(
        missed.isEmpty()
            ? "it counts"
            : "%s of its %d hosts are another's, such as %s: %s"
                .formatted(
                    missed.size(),
                    asked.size(),
                    missed.getFirst().host(),
                    owners.get(missed.getFirst().host())));
  }

  private Judged conflict(Claim claim) {
    return Judged.bad(
        Judged.CONFLICTED,
        "%s belongs to %s, which is older".formatted(claim.host(), owners.get(claim.host())));
  }

  private List<Claim> claims(Ref ref, GlobalServiceSpec service, Targets targets) {
    List<Claim> found = new ArrayList<>();
    if (service.host() != null) {
      found.add(new Claim(HostNames.normal(service.host()), Level.HOST, null));
    }
    for (Target target : service.targets()) {
      Set<String> hosts = targets.hosts(ref.namespace(), target);
      if (hosts == null) {
        lost.computeIfAbsent(ref, _ -> new HashSet<>()).add(target);
      } else {
        hosts.forEach(host -> found.add(new Claim(host, Level.of(target), target)));
      }
    }
    return found;
  }

  private static String created(@Nullable Seen seen) {
    return seen == null ? "" : seen.created();
  }
}
