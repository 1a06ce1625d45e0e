package io.fairlead.server.control;

import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.dns.query.Snapshot;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.server.explain.Explainer;
import io.fairlead.server.explain.Explanation;
import io.fairlead.server.explain.Question;
import java.net.InetAddress;
import java.util.Set;
import java.util.TreeSet;

/** What a snapshot answers, through the handler that answers clients. */
final class Answers {
  private Answers() {}

  static Explanation to(Snapshot snapshot, Name name) {
    var question = new Question(name, RrType.A, InetAddress.getLoopbackAddress(), Question.WHOLE);
    return Explainer.explain(snapshot, question, EdnsSettings.DEFAULT);
  }

  /** How often an address is given in so many turns. */
  static int share(Snapshot snapshot, Name name, String address, int turns) {
    int times = 0;
    var rrset = snapshot.services().get(0).rrsets();
    for (int turn = 0; turn < turns; turn++) {
      times += to(snapshot, name).answer().getFirst().endsWith(" " + address) ? 1 : 0;
      rrset.forEach(set -> set.turn().next());
    }
    return times;
  }

  /** Every address that so many turns give. */
  static Set<String> addresses(Snapshot snapshot, Name name, int turns) {
    var addresses = new TreeSet<String>();
    var rrset = snapshot.services().get(0).rrsets();
    for (int turn = 0; turn < turns; turn++) {
      for (String record : to(snapshot, name).answer()) {
        addresses.add(record.substring(record.lastIndexOf(' ') + 1));
      }
      rrset.forEach(set -> set.turn().next());
    }
    return addresses;
  }
}
