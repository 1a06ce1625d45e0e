package io.fairlead.dns.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import org.junit.jupiter.api.Test;

class SnapshotCellTest {
  private final SnapshotCell cell = new SnapshotCell();

  @Test
  void isEmptyBeforeTheFirstPublish() {
    assertThat(cell.get()).isSameAs(Snapshot.EMPTY);
  }

  @Test
  void aLateWriterNeverWins() {
    Snapshot second = generation(2);
    cell.publish(second);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cell.publish(generation(1)))
        .withMessage("generation 1 does not follow 2");
    assertThatIllegalArgumentException().isThrownBy(() -> cell.publish(generation(2)));
    assertThat(cell.get()).isSameAs(second);
  }

  /** The next query after a publish is answered from it. */
  @Test
  void aQueryReadsWhatWasPublishedLast() {
    var asker = new Asker(new QueryHandler(cell, EdnsSettings.DEFAULT));
    RawQuery query = RawQuery.of("a.example", "A");
    assertThat(asker.transcript(query)).isEqualTo("SERVFAIL rd");

    cell.publish(new World().zone("example", "a 300 A 192.0.2.1").snapshot());
    assertThat(asker.transcript(query)).endsWith("192.0.2.1");

    Snapshot next = new World().zone("example", "a 300 A 192.0.2.2").snapshot();
    cell.publish(new Snapshot(2, true, next.zones(), next.services(), next.liveness()));
    assertThat(asker.transcript(query)).endsWith("192.0.2.2");
  }

  private static Snapshot generation(long number) {
    Snapshot empty = Snapshot.EMPTY;
    return new Snapshot(number, true, empty.zones(), empty.services(), empty.liveness());
  }
}
