package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Turn;
import io.fairlead.policy.explain.PolicyReason;
import io.fairlead.policy.geo.Globe;
import java.util.List;

/** The nearest members; those of one location share. */
public final class GeoPicker implements Picker {
  /** Locations asked for one answer, nearest first; further ones follow in the file's order. */
  private static final int ASKED = 64;

  private final Placer placer;
  private final Globe locations;
  private final Picker[] groups;
  private final Picker fallback;

  /**
   * @param locations of the groups
   * @param groups members by location, at least one
   * @param fallback all members, for clients without a place; after the groups it gives those
   *     members that have none
   */
  public GeoPicker(Placer placer, Globe locations, List<? extends Picker> groups, Picker fallback) {
    this.placer = placer;
    this.locations = locations;
    this.groups = groups.toArray(Picker[]::new);
    this.fallback = fallback;
  }

  @Override
  public boolean pick(Client client, Turn turn, long position, int wanted, Choice choice) {
    int place = placer.place(client, choice);
    if (placer.isKnown(place)) {
      int group = -1;
      for (int i = 0; i < ASKED && choice.count() < wanted; i++) {
        group = locations.nearest(placer.globe(), place, group);
        if (group < 0) {
          break;
        }
        if (choice.records()) {
          choice.because(
              PolicyReason.Distance.of(locations.kilometres(group, placer.globe(), place), i));
        }
        groups[group].pick(client, turn, position, wanted, choice);
      }
    }
    return choice.count() >= wanted || fallback.pick(client, turn, position, wanted, choice);
  }
}
