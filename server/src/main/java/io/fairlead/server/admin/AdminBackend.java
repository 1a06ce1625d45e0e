package io.fairlead.server.admin;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.server.control.Published;
import io.fairlead.server.reload.Reloads;
import java.util.List;

/** What the admin API may ask of the server. */
public interface AdminBackend {
  Published published();

  Counters counters();

  EdnsSettings edns();

  /** What is wrong without stopping us, in words; empty when all is well. */
  List<String> troubles();

  /** Prometheus text. */
  String metrics();

  /** Reads the file again, and goes back to what was accepted before. */
  Reloads reloads();
}
