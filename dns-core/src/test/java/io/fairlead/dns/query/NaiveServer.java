package io.fairlead.dns.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * What RFC 1034 section 4.3.2 says, nearly word by word, over lists of text: slow, and sharing no
 * thought with the table under test. Names are in lower case without the last dot; the root is "".
 */
final class NaiveServer {
  record Rr(String owner, String type, long ttl, String rdata) {
    Rr ownedBy(String name) {
      return new Rr(name, type, ttl, rdata);
    }
  }

  record Reply(String rcode, boolean aa, Set<Rr> answer, Set<Rr> authority, Set<Rr> additional) {}

  private static final int MAX_ALIASES = 8;

  /** Of each apex: all records, glue included. */
  private final Map<String, List<Rr>> zones = new TreeMap<>();

  /** Of each name of a service: the records that its chooser always takes. */
  private final Map<String, List<Rr>> services = new TreeMap<>();

  void zone(String apex, List<Rr> records) {
    zones.put(apex, records);
  }

  void service(String name, List<Rr> records) {
    services.put(name, records);
  }

  Reply ask(String name, String type) {
    var walk = new Walk(name, type);
    Reply reply;
    do {
      reply = walk.step();
    } while (reply == null);
    return reply;
  }

  /** One query; each step answers one name of a chain of aliases. */
  private final class Walk {
    private final String type;
    private final Set<Rr> answer = new LinkedHashSet<>();
    private final Set<String> followed = new HashSet<>();
    private String name;
    private String apex = "";

    Walk(String name, String type) {
      this.name = name;
      this.type = type;
    }

    /** Null where the chain goes on. */
    @Nullable Reply step() {
      String zone = zoneFor();
      if (zone == null) {
        return followed.isEmpty() ? reply("REFUSED", false) : reply("NOERROR", true);
      }
      apex = zone;
      for (String node : downwards()) {
        boolean last = node.equals(name);
        if (isCut(apex, node) && !(last && type.equals("DS"))) { // 3b
          return referral(node);
        }
        if (!last && !rrset(node, "DNAME").isEmpty()) { // RFC 6672 section 3.2
          return substitute(node);
        }
      }
      if (exists(name)) { // 3a
        return data(name);
      }
      String encloser = parent(name); // RFC 4592 section 3.3.1
      while (!exists(encloser)) {
        encloser = parent(encloser);
      }
      String wildcard = encloser.isEmpty() ? "*" : "*." + encloser; // 3c
      return exists(wildcard) ? data(wildcard) : negative("NXDOMAIN");
    }

    /** The nearest zone; for DS at an apex the one above, where that is ours. */
    private @Nullable String zoneFor() {
      String nearest = nearest(name);
      if (type.equals("DS") && name.equals(nearest) && !name.isEmpty()) {
        String above = nearest(parent(name));
        if (above != null && !belowCut(above, parent(name))) {
          return above;
        }
      }
      return nearest;
    }

    /** The apex, then each name below it, down to the one asked for. */
    private List<String> downwards() {
      List<String> nodes = new ArrayList<>();
      for (String at = name; !at.equals(apex); at = parent(at)) {
        nodes.addFirst(at);
      }
      nodes.addFirst(apex);
      return nodes;
    }

    /** RFC 4592 section 2.2.2: also what has something below it. */
    private boolean exists(String node) {
      Stream<String> owners =
          records(apex).stream().map(Rr::owner).filter(owner -> apex.equals(nearest(owner)));
      Stream<String> ofServices =
          services.keySet().stream().filter(service -> apex.equals(nearest(service)));
      return Stream.of(owners, ofServices, zones.keySet().stream())
          .flatMap(each -> each)
          .anyMatch(owner -> isAtOrBelow(owner, node));
    }

    private @Nullable Reply data(String node) {
      boolean parentSide = isCut(apex, node) || (node.equals(name) && !apex.equals(nearest(node)));
      List<Rr> steered = parentSide ? List.of() : services.getOrDefault(node, List.of());
      List<Rr> told =
          records(apex).stream()
              .filter(rr -> rr.owner().equals(node) && (!parentSide || rr.type().equals("DS")))
              .toList();
      for (List<Rr> candidates : List.of(steered, lowestTypeFirst(told))) {
        String wanted =
            type.equals("ANY") && !candidates.isEmpty() ? candidates.getFirst().type() : type;
        List<Rr> found = candidates.stream().filter(rr -> rr.type().equals(wanted)).toList();
        if (!found.isEmpty()) {
          found.forEach(rr -> answer.add(rr.ownedBy(name)));
          return new Reply("NOERROR", true, answer, Set.of(), addresses(found));
        }
      }
      for (List<Rr> candidates : List.of(told, steered)) {
        for (Rr rr : candidates) {
          if (rr.type().equals("CNAME")) {
            return follow(node, rr.rdata(), List.of(rr.ownedBy(name)));
          }
        }
      }
      return negative("NOERROR");
    }

    private @Nullable Reply substitute(String node) {
      Rr dname = rrset(node, "DNAME").getFirst();
      String prefix = name.substring(0, name.length() - node.length() - (node.isEmpty() ? 0 : 1));
      String target = dname.rdata().isEmpty() ? prefix : prefix + "." + dname.rdata();
      List<Rr> written = List.of(dname, new Rr(name, "CNAME", dname.ttl(), target));
      if ((type.equals("CNAME") || type.equals("ANY")) && !followed.contains(node)) {
        answer.addAll(written);
        return reply("NOERROR", true);
      }
      return follow(node, target, written);
    }

    private @Nullable Reply follow(String node, String target, List<Rr> written) {
      if (!followed.add(node)) {
        return reply("NOERROR", true);
      }
      answer.addAll(written);
      name = target;
      return followed.size() == MAX_ALIASES ? reply("NOERROR", true) : null;
    }

    private Reply reply(String rcode, boolean aa) {
      return new Reply(rcode, aa, answer, Set.of(), Set.of());
    }

    private Reply negative(String rcode) {
      return new Reply(rcode, true, answer, Set.copyOf(rrset(apex, "SOA")), Set.of());
    }

    private Reply referral(String cut) {
      List<Rr> ns = rrset(cut, "NS");
      return new Reply("NOERROR", !followed.isEmpty(), answer, Set.copyOf(ns), addresses(ns));
    }

    /** What the zone knows of the addresses of name servers and mail hosts, below the cut too. */
    private Set<Rr> addresses(List<Rr> records) {
      Set<Rr> addresses = new HashSet<>();
      for (Rr record : records) {
        if (record.type().equals("NS") || record.type().equals("MX")) {
          String host = record.rdata().replaceFirst("^[0-9]+ ", "").replaceFirst("\\.$", "");
          addresses.addAll(rrset(host, "A"));
          addresses.addAll(rrset(host, "AAAA"));
        }
      }
      return addresses;
    }

    private List<Rr> rrset(String owner, String rrType) {
      return NaiveServer.this.rrset(apex, owner, rrType);
    }
  }

  private List<Rr> rrset(String apex, String owner, String type) {
    return records(apex).stream()
        .filter(rr -> rr.owner().equals(owner) && rr.type().equals(type))
        .toList();
  }

  private List<Rr> records(String apex) {
    return zones.getOrDefault(apex, List.of());
  }

  private boolean isCut(String apex, String node) {
    return !node.equals(apex) && !rrset(apex, node, "NS").isEmpty();
  }

  private boolean belowCut(String apex, String name) {
    for (String at = name; !at.equals(apex); at = parent(at)) {
      if (isCut(apex, at)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String nearest(String name) {
    for (String at = name; ; at = parent(at)) {
      if (zones.containsKey(at)) {
        return at;
      }
      if (at.isEmpty()) {
        return null;
      }
    }
  }

  private static List<Rr> lowestTypeFirst(List<Rr> records) {
    return records.stream().sorted(Comparator.comparingInt(rr -> Type.value(rr.type()))).toList();
  }

  private static boolean isAtOrBelow(String name, String ancestor) {
    return ancestor.isEmpty() || name.equals(ancestor) || name.endsWith("." + ancestor);
  }

  private static String parent(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }
}
