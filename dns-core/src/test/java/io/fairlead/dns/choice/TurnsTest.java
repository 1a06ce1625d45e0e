package io.fairlead.dns.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.wire.Name;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnsTest {
  @Test
  void turnsAreSharedByNameAndType() {
    var turns = new Turns();
    var a = Name.parse("a.example");
    var b = Name.parse("b.example");
    assertThat(turns.of(a, 1))
        .isSameAs(turns.of(a, 1))
        .isNotSameAs(turns.of(a, 28))
        .isNotSameAs(turns.of(b, 1));
    Turn kept = turns.of(a, 1);
    Turn dropped = turns.of(b, 1);
    turns.retain(Set.of(a));
    assertThat(turns.of(a, 1)).isSameAs(kept);
    assertThat(turns.of(b, 1)).isNotSameAs(dropped);
  }

  @Test
  void aTurnIsTakenOnceByWhoeverComes() throws InterruptedException {
    var turn = new Turn();
    int each = 100_000;
    Runnable taker =
        () -> {
          for (int i = 0; i < each; i++) {
            turn.next();
          }
        };
    Thread other = Thread.ofPlatform().start(taker);
    taker.run();
    other.join();
    assertThat(turn.look().next()).isEqualTo(2L * each);
    assertThat(turn.next()).isEqualTo(2L * each);
  }
}
