package io.fairlead.sync.merge;

import io.fairlead.sync.field.HostNames;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From one set of a cluster to its next: a change of one object should be the work of one. */
public final class SetChange {
  private SetChange() {}

  /**
   * The hosts whose members differ.
   *
   * @return lower case, without the last dot; null where any host may have changed, because the
   *     policy has, or because members with aliases came or went
   */
  public static @Nullable Set<String> hosts(ClusterMembers before, ClusterMembers after) {
    if (!Objects.equals(before.amko(), after.amko())
        || !Objects.equals(before.global(), after.global())) {
      return null;
    }
    Set<ImportedMember> changed = minus(before.members(), after.members());
    changed.addAll(minus(after.members(), before.members()));
    Set<String> hosts = new HashSet<>();
    for (ImportedMember member : changed) {
      if (!member.backend().aliases().isEmpty()) {
        return null;
      }
      hosts.add(HostNames.normal(member.host()));
    }
    return hosts;
  }

  private static Set<ImportedMember> minus(List<ImportedMember> a, List<ImportedMember> b) {
    Set<ImportedMember> rest = new HashSet<>(a);
    b.forEach(rest::remove);
    return rest;
  }
}
