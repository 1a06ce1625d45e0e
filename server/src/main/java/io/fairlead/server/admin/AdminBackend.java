package io.fairlead.server.admin;

import io.fairlead.config.Problem;
import io.fairlead.dns.count.Counters;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.health.schedule.PastProbe;
import io.fairlead.health.spec.Target;
import io.fairlead.server.control.Published;
import java.util.List;

/** What the admin API may ask of the server. */
public interface AdminBackend {
  Published published();

  Counters counters();

  EdnsSettings edns();

  /** What is wrong without stopping us, in words; empty when all is well. */
  List<String> troubles();

  /** The last results of a target, oldest first. */
  List<PastProbe> history(Target target);

  /** Prometheus text. */
  String metrics();

  /** Reads the file again; the problems where it was refused, and then nothing has changed. */
  List<Problem> reload();
}
