package io.fairlead.health.probe;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What this process may do beyond opening sockets of its own, found out before it is needed and
 * without doing it.
 */
public final class Permissions {
  private static final Path PING_GROUPS = Path.of("/proc/sys/net/ipv4/ping_group_range");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int SET_USER_ID = 0b100_000_000_000;

  private Permissions() {}

  /** Why connections cannot be left half open; empty = they can. */
  public static String halfOpen() {
    return Epoll.isAvailable()
        ? ""
        : "only Linux on x86-64 or ARM can leave a connection half open; leave it out";
  }

  /** Why the system's ping will not do; empty = it will, as far as one can tell. */
  public static String ping() {
    List<Path> found =
        Stream.of(Programs.DEFAULT_PATH.split(":"))
            .map(folder -> Path.of(folder, "ping"))
            .filter(Files::isExecutable)
            .toList();
    if (found.isEmpty()) {
      return "there is no program ping in "
          + Programs.DEFAULT_PATH
          + ": its probes do not count until one is installed (iputils-ping)";
    }
    return maySendEchoes(found.getFirst())
        ? ""
        : found.getFirst()
            + " may perhaps not send echoes: this user's groups are outside of"
            + " net.ipv4.ping_group_range, and it is not run as root; where it may not, its probes"
            + " do not count";
  }

  private static boolean maySendEchoes(Path ping) {
    try {
      List<String> status = Files.readAllLines(STATUS);
      Set<String> users = ids(status, "Uid:");
      boolean root = users.contains("0");
      Object mode = Files.getAttribute(ping, "unix:mode");
      boolean asRoot = mode instanceof Integer bits && (bits & SET_USER_ID) != 0;
      return root || asRoot || inRange(ids(status, "Gid:", "Groups:"));
    } catch (IOException | UnsupportedOperationException e) {
      return true; // not a Linux: then a probe will tell
    }
  }

  /** The numbers that stand in these lines of {@link #STATUS}. */
  private static Set<String> ids(List<String> status, String... titles) {
    var ids = new HashSet<String>();
    for (String line : status) {
      for (String title : titles) {
        if (line.startsWith(title)) {
          ids.addAll(List.of(line.substring(title.length()).strip().split("\\s+", -1)));
        }
      }
    }
    ids.remove("");
    return ids;
  }

  private static boolean inRange(Set<String> groups) throws IOException {
    String[] range = Files.readString(PING_GROUPS).strip().split("\\s+", -1);
    long first = Long.parseLong(range[0]);
    long last = Long.parseLong(range[1]);
    return groups.stream()
        .mapToLong(Long::parseLong)
        .anyMatch(group -> first <= group && group <= last);
  }
}
