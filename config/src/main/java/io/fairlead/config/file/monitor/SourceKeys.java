package io.fairlead.config.file.monitor;

import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.OneOrMore;
import io.fairlead.config.file.key.Section;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** Where probes come from. */
final class SourceKeys {
  static final Key<List<InetAddress>> SOURCE =
      Key.otherwise(
          "source",
          new OneOrMore<>(Addresses.HOST),
          "as the system's routes say",
          "the address of this machine that it probes from, or two: IPv4 and IPv6");

  private SourceKeys() {}

  static List<InetAddress> read(Section monitor) {
    List<InetAddress> source = monitor.get(SOURCE);
    if (!monitor.isSound(SOURCE)) {
      return List.of();
    }
    if (source.stream().map(InetAddress::getClass).distinct().count() < source.size()) {
      monitor.error(SOURCE, "two addresses of one family; allowed: one of IPv4, one of IPv6");
      return List.of();
    }
    for (InetAddress address : source) {
      if (!isOwn(address)) {
        monitor.warning(
            SOURCE,
            address.getHostAddress()
                + " is no address of this machine now; while it is not, its probes do not count");
      }
    }
    return source;
  }

  /** All of 127.0.0.0/8 is ours, though the interface has but one of it. */
  private static boolean isOwn(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true; // nobody can tell: then a probe will
    }
  }
}
