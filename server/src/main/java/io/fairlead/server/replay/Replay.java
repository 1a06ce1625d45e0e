package io.fairlead.server.replay;

import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.dns.wire.RrType;
import io.fairlead.server.control.Published;
import io.fairlead.server.explain.Question;
import io.fairlead.server.replay.Side.Destination;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks the same questions of two configurations and compares where clients are sent. Each question
 * is asked many times, because a client of a weighted pool is at no one place: what has moved is
 * the part of its answers that must change, the distance between the two distributions.
 */
public final class Replay {
  /** A split is seen to one part in a hundred ... */
  private static final int MOST_TIMES = 100;

  /** ... or, where there is much to ask, in twenty. */
  private static final int LEAST_TIMES = 20;

  /** What both sides together answer in a few seconds. */
  private static final int MAX_ASKED = 8_000_000;

  private record Path(String name, Destination from, Destination to) {}

  private record Gone(String name, int type, String becomes) {}

  private final Map<String, Double> asked = new HashMap<>();
  private final Map<Path, Double> flows = new HashMap<>();
  private final Map<Gone, Double> broken = new HashMap<>();
  private double moved;
  private long questions;

  private Replay() {}

  /**
   * Compares.
   *
   * @param before what is served; its turns are spent, so let it be a rehearsal
   * @param recorded each question, and how often it was asked
   */
  public static Moves compare(
      Published before, Published after, Map<Question, Integer> recorded, EdnsSettings edns) {
    int times =
        recorded.isEmpty()
            ? MOST_TIMES
            : Math.clamp(MAX_ASKED / (2L * recorded.size()), LEAST_TIMES, MOST_TIMES);
    var replay = new Replay();
    try (var old = new Side(before, edns);
        var next = new Side(after, edns)) {
      recorded.forEach(
          (question, count) ->
              replay.add(question, count, old.ask(question, times), next.ask(question, times)));
    }
    return replay.moves(times);
  }

  private void add(
      Question question,
      int count,
      Map<Destination, Integer> before,
      Map<Destination, Integer> after) {
    String name = question.name().toString();
    double total = before.values().stream().mapToInt(Integer::intValue).sum();
    questions += count;
    asked.merge(name, (double) count, Double::sum);
    Map<Destination, Double> leaving = new HashMap<>();
    Map<Destination, Double> arriving = new HashMap<>();
    Set<Destination> all = new HashSet<>(before.keySet());
    all.addAll(after.keySet());
    for (Destination there : all) {
      double more = (after.getOrDefault(there, 0) - before.getOrDefault(there, 0)) / total;
      if (more != 0) {
        (more > 0 ? arriving : leaving).put(there, Math.abs(more));
      }
    }
    double share = leaving.values().stream().mapToDouble(Double::doubleValue).sum();
    moved += count * share;
    leaving.forEach(
        (from, left) ->
            arriving.forEach(
                (to, came) ->
                    flows.merge(
                        new Path(name, from, to), count * left * came / share, Double::sum)));
    if (before.keySet().stream().anyMatch(Destination::answered)) {
      arriving.forEach(
          (to, came) -> {
            if (!to.answered()) {
              broken.merge(new Gone(name, question.type(), to.words()), count * came, Double::sum);
            }
          });
    }
  }

  private Moves moves(int times) {
    List<Moves.Flow> sortedFlows = new ArrayList<>();
    flows.forEach(
        (path, share) ->
            sortedFlows.add(
                new Moves.Flow(
                    path.name(),
                    path.from().words(),
                    path.to().words(),
                    share / asked.getOrDefault(path.name(), 1.0))));
    List<Moves.Broken> sortedBroken = new ArrayList<>();
    broken.forEach(
        (gone, share) ->
            sortedBroken.add(
                new Moves.Broken(
                    gone.name(),
                    RrType.text(gone.type()),
                    gone.becomes(),
                    share / asked.getOrDefault(gone.name(), 1.0))));
    sortedFlows.sort(
        Comparator.comparingDouble(Moves.Flow::share)
            .reversed()
            .thenComparing(Moves.Flow::name)
            .thenComparing(Moves.Flow::from)
            .thenComparing(Moves.Flow::to));
    sortedBroken.sort(
        Comparator.comparingDouble(Moves.Broken::share)
            .reversed()
            .thenComparing(Moves.Broken::name));
    return new Moves(
        questions, times, questions == 0 ? 0 : moved / questions, sortedFlows, sortedBroken);
  }
}
