package io.fairlead.dns.choice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChoiceTest {
  private final Choice choice = Choice.silent();

  @Test
  void hasWhatWasTakenSinceItWasCleared() {
    choice.clear(30);
    choice.take(0);
    choice.take(70_000);
    assertThat(choice.has(0)).isTrue();
    assertThat(choice.has(70_000)).isTrue();
    assertThat(choice.has(1)).isFalse();
    assertThat(choice.has(1_000_000)).isFalse();
    choice.clear(30);
    assertThat(choice.has(0)).isFalse();
    assertThat(choice.has(70_000)).isFalse();
  }

  @Test
  void leavesOutWhatIsBeyondItsCapacity() {
    choice.clear(30);
    for (int record = 0; record <= Choice.CAPACITY; record++) {
      choice.take(record);
    }
    assertThat(choice.count()).isEqualTo(Choice.CAPACITY);
    assertThat(choice.has(Choice.CAPACITY)).isFalse();
  }

  @Test
  void keepsTheNarrowestScope() {
    choice.clear(30);
    choice.narrowScope(24);
    choice.narrowScope(16);
    assertThat(choice.scopePrefixLength()).isEqualTo(24);
  }
}
