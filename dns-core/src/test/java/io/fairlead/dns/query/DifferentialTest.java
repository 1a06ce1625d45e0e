package io.fairlead.dns.query;

import static io.fairlead.dns.count.Outcome.ANSWER;
import static io.fairlead.dns.count.Outcome.NO_DATA;
import static io.fairlead.dns.count.Outcome.NX_DOMAIN;
import static io.fairlead.dns.count.Outcome.REFERRAL;
import static io.fairlead.dns.count.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.query.NaiveServer.Reply;
import io.fairlead.dns.query.NaiveServer.Rr;
import io.fairlead.dns.testing.Asker;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Whatever the zones and the question, the reply says what RFC 1034 section 4.3.2 says. */
class DifferentialTest {
  private static final int WORLDS = 400;
  private static final int QUESTIONS = 150;

  @Test
  void answersAsTheNaiveServerDoes() {
    int records = 0;
    int aliases = 0;
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (long seed = 0; seed < WORLDS; seed++) {
      var world = new RandomWorld(seed);
      records += world.size();
      Asker asker = world.compiled().asker().over(Transport.TCP);
      NaiveServer naive = world.naive();
      for (int i = 0; i < QUESTIONS; i++) {
        List<String> question = world.question();
        String name = question.getFirst();
        String type = question.getLast();
        Message reply = asker.ask(withRandomCase(name, i) + ".", type);
        assertThat(read(reply))
            .as("seed %d: %s %s%n%s", seed, name, type, reply)
            .isEqualTo(naive.ask(name, type));
        outcomes.merge(asker.outcome(), 1, Integer::sum);
        aliases += reply.getSection(Section.ANSWER).size() > 2 ? 1 : 0;
      }
    }
    assertThat(records).as("records that the compiler took").isGreaterThan(10 * WORLDS);
    assertThat(aliases).as("answers of several records").isGreaterThan(WORLDS);
    assertThat(outcomes)
        .containsOnlyKeys(ANSWER, NO_DATA, NX_DOMAIN, REFERRAL, REFUSED)
        .allSatisfy((outcome, count) -> assertThat(count).isGreaterThan(WORLDS));
  }

  /** The 0x20 draft's case, which must not matter. */
  private static String withRandomCase(String name, int i) {
    return i % 2 == 0 ? name : name.toUpperCase(Locale.ROOT);
  }

  private static Reply read(Message reply) {
    return new Reply(
        Rcode.string(reply.getRcode()),
        reply.getHeader().getFlag(Flags.AA),
        records(reply, Section.ANSWER),
        records(reply, Section.AUTHORITY),
        records(reply, Section.ADDITIONAL));
  }

  private static Set<Rr> records(Message reply, int section) {
    Set<Rr> records = new LinkedHashSet<>();
    for (Record record : reply.getSection(section)) {
      String type = Type.string(record.getType());
      String rdata = record.rdataToString().toLowerCase(Locale.ROOT);
      boolean isName = List.of("NS", "CNAME", "DNAME", "PTR").contains(type);
      boolean isNew =
          records.add(
              new Rr(
                  withoutDot(record.getName().toString().toLowerCase(Locale.ROOT)),
                  type,
                  record.getTTL(),
                  isName ? withoutDot(rdata) : rdata));
      assertThat(isNew).as("%s is there once", record).isTrue();
    }
    return records;
  }

  private static String withoutDot(String name) {
    return name.substring(0, name.length() - 1);
  }
}
