package io.fairlead.dns.net;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections of one query thread that make the server hold memory: with a long message that is
 * not whole yet, or with replies that their client does not read. Without a bound, 10,000 of them
 * would hold a gigabyte. Past the bound, the one that has done so for longest is closed.
 */
final class Holders {
  private final Set<TcpConnection> inOrder = new LinkedHashSet<>();
  private final int max;

  Holders(int max) {
    this.max = max;
  }

  void update(TcpConnection connection, boolean holds) {
    if (!holds) {
      inOrder.remove(connection);
    } else if (inOrder.add(connection) && inOrder.size() > max) {
      TcpConnection longest = inOrder.iterator().next();
      inOrder.remove(longest);
      longest.abort(NetCounter.TCP_STALLED);
    }
  }
}
