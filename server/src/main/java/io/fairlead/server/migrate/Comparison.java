package io.fairlead.server.migrate;

import io.fairlead.dns.wire.RrType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Two servers asked for the same names.
 *
 * @param names how many
 * @param differences in the order of the names
 */
public record Comparison(int names, List<Difference> differences) {
  private static final int DNS_PORT = 53;
  private static final int[] TYPES = {RrType.A, RrType.AAAA};

  /** Where they differ, in words. */
  public record Difference(String name, String type, String ours, String theirs) {}

  public Comparison {
    differences = List.copyOf(differences);
  }

  /**
   * Asks both for each name.
   *
   * @param times how often, so that a rotation is seen whole
   * @throws IOException where a server cannot be asked
   */
  public static Comparison of(
      InetSocketAddress ours, InetSocketAddress theirs, Collection<String> names, int times)
      throws IOException {
    var differences = new ArrayList<Difference>();
    for (String name : names) {
      for (int type : TYPES) {
        Answers our = Answers.of(ours, name, type, times);
        Answers their = Answers.of(theirs, name, type, times);
        if (!our.equals(their)) {
          differences.add(
              new Difference(name, RrType.text(type), our.toString(), their.toString()));
        }
      }
    }
    return new Comparison(names.size(), differences);
  }

  /**
   * A server as one writes it: an address or a name, and a port where it is not 53.
   *
   * @throws IllegalArgumentException where it is neither
   */
  public static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    boolean port = colon >= 0 && (text.indexOf(':') == colon || text.contains("]:"));
    String host = (port ? text.substring(0, colon) : text).replaceAll("[\\[\\]]", "");
    try {
      int number = port ? Integer.parseInt(text.substring(colon + 1)) : DNS_PORT;
      return new InetSocketAddress(InetAddress.getByName(host), number);
    } catch (IOException | NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no SERVER[:PORT]", e);
    }
  }
}
