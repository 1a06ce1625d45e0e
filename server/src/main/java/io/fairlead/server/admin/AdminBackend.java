package io.fairlead.server.admin;

import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.health.schedule.PastProbe;
import io.fairlead.health.spec.Target;
import io.fairlead.server.control.Published;
import io.fairlead.server.reload.Reloads;
import java.util.List;

/** What the admin API may ask of the server. */
public interface AdminBackend {
  Published published();

  EdnsSettings edns();

  Shares shares();

  /** The last probes of a target, oldest first. */
  List<PastProbe> history(Target target);

  /** What is wrong without stopping us, in words; empty when all is well. */
  List<String> troubles();

  /** Prometheus text. */
  String metrics();

  /** Reads the file again, and goes back to what was accepted before. */
  Reloads reloads();
}
