package io.fairlead.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HistogramTest {
  private final Histogram histogram = new Histogram();

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 63, 64, 127, 128, 1000, 26_000, 80_000_000, 5_000_000_000L})
  void aValueIsKeptToWithinASixtyFourth(long nanos) {
    histogram.add(nanos);
    assertThat(histogram.at(0.5)).isBetween(nanos, nanos + nanos / 64 + 1);
  }

  @Test
  void sharesAreOfAllValues() {
    for (int micros = 1; micros <= 1000; micros++) {
      histogram.add(micros * 1000L);
    }
    assertThat(histogram.total()).isEqualTo(1000);
    assertThat(histogram.at(0.5)).isCloseTo(500_000, within(8_000L));
    assertThat(histogram.at(0.99)).isCloseTo(990_000, within(16_000L));
    assertThat(histogram.at(1)).isCloseTo(1_000_000, within(16_000L));
  }

  @Test
  void nothingIsZero() {
    assertThat(histogram.at(0.99)).isZero();
  }
}
