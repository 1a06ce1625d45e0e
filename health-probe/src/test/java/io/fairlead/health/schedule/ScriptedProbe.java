package io.fairlead.health.schedule;

import io.fairlead.health.probe.Probe;
import io.fairlead.health.probe.ProbeResult;
import io.fairlead.health.spec.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Probes that find what a script says, after as long as it says. Watches that none overlap. */
final class ScriptedProbe implements Probe {
  /**
   * What the next probe of a target will find.
   *
   * @param afterNanos negative = never: the target is silent
   */
  record Find(long afterNanos, ProbeResult result) {
    static final Find SILENCE = new Find(-1, new ProbeResult.Failed("never told"));

    static Find passed(long afterNanos) {
      return new Find(afterNanos, new ProbeResult.Passed("status 200"));
    }

    static Find failed(long afterNanos) {
      return new Find(afterNanos, new ProbeResult.Failed("refused"));
    }
  }

  record Start(Target target, long atNanos, Find find) {}

  final List<Start> starts = new ArrayList<>();
  private final Set<Target> underWay = new HashSet<>();
  private final SimulatedLoop loop;
  private final Function<Target, Find> script;
  int mostInFlight;

  ScriptedProbe(SimulatedLoop loop, Function<Target, Find> script) {
    this.loop = loop;
    this.script = script;
  }

  int inFlight() {
    return underWay.size();
  }

  @Override
  public Attempt start(Target target, Consumer<ProbeResult> done) {
    Find find = script.apply(target);
    starts.add(new Start(target, loop.nanoTime(), find));
    if (!underWay.add(target)) {
      throw new AssertionError("a second probe at once of " + target);
    }
    mostInFlight = Math.max(mostInFlight, underWay.size());
    var attempt = new ScriptedAttempt(target);
    if (find.afterNanos == 0) {
      attempt.tell(find.result, done); // as a socket that cannot be opened does
    } else if (find.afterNanos > 0) {
      Loop.Timer _ = loop.schedule(find.afterNanos, () -> attempt.tell(find.result, done));
    }
    return attempt;
  }

  private final class ScriptedAttempt implements Attempt {
    private final Target target;
    private boolean over;

    ScriptedAttempt(Target target) {
      this.target = target;
    }

    void tell(ProbeResult result, Consumer<ProbeResult> done) {
      if (!over) {
        end();
        done.accept(result);
      }
    }

    @Override
    public String giveUp() {
      if (!over) {
        end();
      }
      return "connected in 1 ms";
    }

    private void end() {
      over = true;
      underWay.remove(target);
    }
  }
}
