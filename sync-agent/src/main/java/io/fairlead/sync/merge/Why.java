package io.fairlead.sync.merge;

import io.fairlead.sync.merge.ImportedMember.Origin;
import java.util.List;

/**
 * Why an object offers what it offers, or nothing.
 *
 * @param known whether such an object was seen
 * @param selected whether the policy takes it
 * @param reasons what keeps it, or a part of it, from being a member, in words
 * @param members that it offers
 */
public record Why(
    Origin object,
    boolean known,
    boolean selected,
    List<String> reasons,
    List<ImportedMember> members) {
  public Why {
    reasons = List.copyOf(reasons);
    members = List.copyOf(members);
  }
}
