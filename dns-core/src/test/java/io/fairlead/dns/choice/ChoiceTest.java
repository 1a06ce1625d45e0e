package io.fairlead.dns.choice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChoiceTest {
  record Because(String text) implements Reason {}

  private final Choice choice = Choice.silent();

  @Test
  void beginsWithNothingTaken() {
    choice.clear(30);
    assertCleared();
  }

  private void assertCleared() {
    assertThat(choice.outcome()).isEqualTo(Choice.Outcome.RECORDS);
    assertThat(choice.count()).isZero();
    assertThat(choice.ttlSeconds()).isEqualTo(30);
    assertThat(choice.scopePrefixLength()).isZero();
    assertThat(choice.extendedError()).isEqualTo(Choice.NO_EXTENDED_ERROR);
  }

  @Test
  void keepsWhatIsTakenInItsOrder() {
    choice.clear(30);
    choice.take(7);
    choice.take(3);
    assertThat(choice.count()).isEqualTo(2);
    assertThat(choice.record(0)).isEqualTo(7);
    assertThat(choice.record(1)).isEqualTo(3);
    assertThat(choice.has(3)).isTrue();
    assertThat(choice.has(4)).isFalse();
  }

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
  void takesNoMoreThanAMessageHolds() {
    choice.clear(30);
    for (int i = 0; i < Choice.CAPACITY + 5; i++) {
      choice.take(i);
    }
    assertThat(choice.count()).isEqualTo(Choice.CAPACITY);
    assertThat(choice.has(Choice.CAPACITY)).isFalse();
  }

  @Test
  void theNarrowestScopeStays() {
    choice.clear(30);
    choice.narrowScope(16);
    choice.narrowScope(24);
    choice.narrowScope(20);
    assertThat(choice.scopePrefixLength()).isEqualTo(24);
  }

  @Test
  void nothingIsLeftForTheNextChoice() {
    choice.clear(30);
    choice.take(1);
    choice.narrowScope(24);
    choice.extendedError(22);
    choice.drop();
    choice.clear(30);
    assertCleared();
    assertThat(choice.has(1)).isFalse();
  }

  @Test
  void onlyARecordingOneKeepsReasons() {
    choice.because(new Because("x"));
    assertThat(choice.records()).isFalse();
    assertThat(choice.reasons()).isEmpty();

    Choice recording = Choice.recording();
    recording.because(new Because("a"));
    recording.clear(30);
    recording.because(new Because("b"));
    assertThat(recording.records()).isTrue();
    assertThat(recording.reasons()).extracting(Reason::text).containsExactly("a", "b");
  }
}
