package io.fairlead.server.push;

import io.fairlead.sync.cluster.ClusterStatus;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedMember.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What of a cluster the server has been told, and what is still to be said. */
final class Outbox {
  /** A member with long names is below 1,000 octets of JSON: a piece stays below 1 MiB. */
  private static final int MEMBERS = 500;

  private final Supplier<String> sessions;
  private String session = "";
  private long next;
  private Map<Origin, List<ImportedMember>> told = Map.of();

  /**
   * @param sessions each time a word that was not there before
   */
  Outbox(Supplier<String> sessions) {
    this.sessions = sessions;
  }

  /** The server does not have all that it was told: it is told again from the beginning. */
  void startOver() {
    session = "";
  }

  /** What makes the server know this set; one piece that says nothing new where it does. */
  List<Piece> pieces(ClusterMembers set, ClusterStatus status) {
    if (session.isEmpty()) {
      session = sessions.get();
      next = 0;
      told = Map.of();
    }
    Map<Origin, List<ImportedMember>> now = new LinkedHashMap<>();
    set.members()
        .forEach(
            member -> now.computeIfAbsent(member.origin(), _ -> new ArrayList<>()).add(member));
    List<ImportedMember> changed =
        now.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(told.get(entry.getKey())))
            .flatMap(entry -> entry.getValue().stream())
            .toList();
    List<Origin> removed = told.keySet().stream().filter(o -> !now.containsKey(o)).toList();
    told = now;
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    int gone = 0;
    do {
      int end = Math.min(at + MEMBERS, changed.size());
      int goneEnd = Math.min(gone + MEMBERS, removed.size());
      boolean last = end == changed.size() && goneEnd == removed.size();
      pieces.add(
          new Piece(
              session,
              next++,
              last,
              changed.subList(at, end),
              removed.subList(gone, goneEnd),
              set.at(),
              last ? set.amko() : null,
              last ? set.global() : null,
              status));
      at = end;
      gone = goneEnd;
    } while (at < changed.size() || gone < removed.size());
    return pieces;
  }
}
