package io.fairlead.bench.differential;

import java.util.List;
import java.util.Locale;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A reply without what servers are free in: order, case, TTLs of negative answers beyond the
 * smaller one, additional addresses.
 *
 * @param ns whether the authority section is a referral's, {@code SOA}, or nothing that matters
 */
record Said(String rcode, boolean aa, boolean tc, List<String> answer, String ns) {
  static Said of(Message reply) {
    boolean aa = reply.getHeader().getFlag(Flags.AA);
    List<String> answer =
        reply.getSection(Section.ANSWER).stream().map(Said::text).distinct().sorted().toList();
    return new Said(
        Rcode.string(reply.getRcode()),
        aa,
        reply.getHeader().getFlag(Flags.TC),
        answer,
        authority(reply, answer.isEmpty()));
  }

  private static String authority(Message reply, boolean matters) {
    List<String> texts =
        reply.getSection(Section.AUTHORITY).stream()
            .filter(record -> record.getType() == Type.SOA || record.getType() == Type.NS)
            .map(Said::text)
            .sorted()
            .toList();
    return matters || texts.stream().anyMatch(text -> text.contains(" SOA "))
        ? String.join(" + ", texts)
        : "";
  }

  private static String text(Record record) {
    String text =
        record.getName()
            + " "
            + record.getTTL()
            + " "
            + Type.string(record.getType())
            + " "
            + record.rdataToString();
    return text.toLowerCase(Locale.ROOT).replace(" soa ", " SOA ");
  }

  /** In which parts two differ. */
  String differenceTo(Said other) {
    var parts = new StringBuilder();
    if (!rcode.equals(other.rcode)) {
      parts.append(" rcode ").append(rcode).append('/').append(other.rcode);
    }
    if (aa != other.aa) {
      parts.append(" AA ").append(aa ? 1 : 0).append('/').append(other.aa ? 1 : 0);
    }
    if (tc != other.tc) {
      parts.append(" TC");
    }
    if (!answer.equals(other.answer)) {
      parts.append(" answer ").append(answer.size()).append('/').append(other.answer.size());
    }
    if (!ns.equals(other.ns)) {
      parts.append(" authority ").append(kind(ns)).append('/').append(kind(other.ns));
    }
    return parts.toString().strip();
  }

  private static String kind(String authority) {
    if (authority.isEmpty()) {
      return "none";
    }
    return authority.contains(" SOA ") ? "SOA" : "NS";
  }
}
