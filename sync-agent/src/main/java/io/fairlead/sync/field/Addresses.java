package io.fairlead.sync.field;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Addresses as objects write them: literals only, never a name that would be looked up. */
public final class Addresses {
  private static final int IPV4_DOTS = 3;

  private Addresses() {}

  /** Null when it is no address that a client could be sent to. */
  public static @Nullable InetAddress parse(String text) {
    // The JDK also takes 10.1 for 10.0.0.1, fe80::1%eth0 and [::1]: no object means these.
    boolean ipv4 = text.chars().filter(c -> c == '.').count() == IPV4_DOTS;
    if (!(ipv4 || text.contains(":")) || text.contains("%") || text.startsWith("[")) {
      return null;
    }
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      return address.isAnyLocalAddress() || address.isMulticastAddress() ? null : address;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
