package io.fairlead.server.push;

import io.fairlead.sync.amko.AmkoPolicy;
import io.fairlead.sync.cluster.ClusterStatus;
import io.fairlead.sync.global.GlobalPolicy;
import io.fairlead.sync.merge.ImportedMember;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a stream of changes. The first of a session begins with nothing; those up to the
 * last of a change count together.
 *
 * @param session a word that no other session has; empty: how the cluster stands, and nothing else
 * @param number counts the session's pieces from 0
 * @param last whether the change is whole with this piece
 * @param members all of the objects that they come from, which may go on in the next piece
 * @param removed objects that offer nothing any more
 * @param at when the cluster said so
 * @param amko what AMKO's objects say, where they are the policy and here
 * @param global what GlobalServices and HealthMonitors say, where they count and are here
 * @param status how the cluster's connection stands
 */
record Piece(
    String session,
    long number,
    boolean last,
    List<ImportedMember> members,
    List<ImportedMember.Origin> removed,
    Instant at,
    @Nullable AmkoPolicy amko,
    @Nullable GlobalPolicy global,
    ClusterStatus status) {
  Piece {
    members = List.copyOf(members);
    removed = List.copyOf(removed);
  }

  boolean isStatusAlone() {
    return session.isEmpty();
  }
}
