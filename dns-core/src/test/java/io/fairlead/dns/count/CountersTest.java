package io.fairlead.dns.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountersTest {
  private static final int UDP = 0;
  private static final int TCP = 1;
  private static final int A = 1;
  private static final int ANY = 255;
  private static final int NOERROR = 0;
  private static final int REFUSED = 5;

  private final Counters counters = new Counters();

  @Test
  void sumsOverAllTallies() {
    Tally first = counters.newTally();
    Tally second = counters.newTally();
    first.count(Outcome.ANSWER, UDP, A, NOERROR, 61);
    first.count(Outcome.ANSWER, UDP, A, NOERROR, 61);
    second.count(Outcome.ANSWER, TCP, A, NOERROR, 700);
    second.count(Outcome.REFUSED, UDP, ANY, REFUSED, 40);
    first.handOut(0);
    first.handOut(300_000);
    second.handOut(300_000);

    assertThat(counters.count(Outcome.ANSWER)).isEqualTo(3);
    assertThat(counters.count(Outcome.REFUSED)).isOne();
    assertThat(counters.count(Outcome.DROPPED)).isZero();
    assertThat(counters.handedOut(0)).isOne();
    assertThat(counters.handedOut(300_000)).isEqualTo(2);
    assertThat(counters.handedOut(1_000_000)).as("never handed out, beyond every table").isZero();
  }

  @Test
  void growingKeepsWhatWasCounted() {
    Tally tally = counters.newTally();
    for (int endpoint = 0; endpoint < 1_000; endpoint++) {
      tally.handOut(endpoint);
    }
    for (int endpoint = 0; endpoint < 1_000; endpoint++) {
      assertThat(counters.handedOut(endpoint)).as("endpoint %d", endpoint).isOne();
    }
  }

  /** Each thread writes its own tally: nothing is lost, and a reader may look at any time. */
  @Test
  void losesNothingBetweenThreads() throws InterruptedException {
    int each = 200_000;
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Tally tally = counters.newTally();
      writers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int n = 0; n < each; n++) {
                      tally.count(Outcome.ANSWER, UDP, A, NOERROR, 61);
                      tally.handOut(n % 500);
                    }
                  }));
    }
    long last = 0;
    while (writers.stream().anyMatch(Thread::isAlive)) {
      long now = counters.count(Outcome.ANSWER);
      assertThat(now).isGreaterThanOrEqualTo(last);
      last = now;
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(counters.count(Outcome.ANSWER)).isEqualTo(2L * each);
    assertThat(counters.handedOut(499)).isEqualTo(2L * each / 500);
  }

  /** Labels of metrics: they must not change by accident, nor be two of one. */
  @Test
  void everyOutcomeSaysWhatItIs() {
    Set<String> ids = new HashSet<>();
    for (Outcome outcome : Outcome.values()) {
      assertThat(ids.add(outcome.id())).isTrue();
      assertThat(outcome.id()).matches("[a-z_]+");
      assertThat(outcome.meaning()).isNotBlank();
    }
  }

  @Test
  void tellsKindsThatThereHaveBeen() {
    Tally tally = counters.newTally();
    tally.count(Outcome.ANSWER, UDP, A, NOERROR, 61);
    counters.newTally().count(Outcome.ANSWER, UDP, A, NOERROR, 61);
    tally.count(Outcome.ANSWER, TCP, 28, NOERROR, 61);
    tally.count(Outcome.NX_DOMAIN, UDP, 65_280, 3, 90);
    tally.count(Outcome.FORM_ERROR, UDP, -1, 1, 12);
    tally.count(Outcome.LIMITED, UDP, ANY, NOERROR, 0);
    tally.count(Outcome.SLIPPED, UDP, A, 23, 70);
    tally.count(Outcome.REFUSED, UDP, 257, 99, 70);

    assertThat(counters.kinds())
        .containsExactlyInAnyOrder(
            new QueryCount(Outcome.ANSWER, UDP, "A", "NOERROR", 2),
            new QueryCount(Outcome.ANSWER, TCP, "AAAA", "NOERROR", 1),
            new QueryCount(Outcome.NX_DOMAIN, UDP, "other", "NXDOMAIN", 1),
            new QueryCount(Outcome.FORM_ERROR, UDP, "none", "FORMERR", 1),
            new QueryCount(Outcome.LIMITED, UDP, "ANY", "none", 1),
            new QueryCount(Outcome.SLIPPED, UDP, "A", "BADCOOKIE", 1),
            new QueryCount(Outcome.REFUSED, UDP, "CAA", "none", 1));
  }

  /** Each type and code has a label of its own, and all cells fit. */
  @Test
  void everyKindHasOneCell() {
    for (int type = -1; type < 300; type++) {
      for (int rcode = 0; rcode < 24; rcode++) {
        int cell = QueryKind.cell(QueryKind.TRANSPORTS - 1, type, rcode);
        assertThat(cell).isBetween(0, QueryKind.CELLS - 1);
        assertThat(QueryKind.transport(cell)).isEqualTo(QueryKind.TRANSPORTS - 1);
        String label = QueryKind.type(cell);
        if (!label.equals("other") && type >= 0) {
          assertThat(label).isEqualTo(org.xbill.DNS.Type.string(type));
        }
        if (!QueryKind.rcode(cell).equals("none")) {
          assertThat(org.xbill.DNS.Rcode.value(QueryKind.rcode(cell))).isEqualTo(rcode);
        }
      }
    }
  }

  @Test
  void tellsHowLongRepliesWere() {
    Tally tally = counters.newTally();
    for (int octets : new int[] {12, 64, 65, 1232, 1233, 65_535}) {
      tally.count(Outcome.ANSWER, TCP, A, NOERROR, octets);
    }
    tally.count(Outcome.DROPPED, TCP, A, NOERROR, 0);

    ReplySizes sizes = counters.sizes(TCP);
    assertThat(sizes.counts()).containsExactly(2, 1, 0, 0, 0, 1, 1, 0, 1);
    assertThat(sizes.octets()).isEqualTo(12 + 64 + 65 + 1232 + 1233 + 65_535);
    assertThat(counters.sizes(UDP).octets()).isZero();
  }

  @Test
  void anotherMemberWithTheSameNumberBeginsAtNothing() {
    Tally one = counters.newTally();
    Tally two = counters.newTally();
    for (int endpoint : new int[] {0, 70, 70, 5000}) {
      one.handOut(endpoint);
      two.handOut(endpoint);
    }
    counters.forget(70);
    counters.forget(9000);
    assertThat(counters.handedOut(70)).isZero();
    assertThat(counters.handedOut(5000)).isEqualTo(2);
    two.handOut(70);
    two.handOut(9000);
    assertThat(counters.handedOut(70)).isEqualTo(1);
    assertThat(counters.handedOut(9000)).isEqualTo(1);
    counters.forget(70);
    assertThat(counters.handedOut(70)).isZero();
  }
}
