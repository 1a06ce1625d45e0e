package io.fairlead.health.spec;

import java.net.InetAddress;

/** Where a target is. */
public sealed interface Place {
  /** At this address. */
  record Address(InetAddress address) implements Place {
    @Override
    public String toString() {
      return address.getHostAddress();
    }
  }

  /** Wherever this name leads to when it is probed; it is looked up again when its TTL is over. */
  record Named(String name) implements Place {
    @Override
    public String toString() {
      return name;
    }
  }
}
