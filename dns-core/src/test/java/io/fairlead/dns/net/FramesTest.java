package io.fairlead.dns.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(NoLeaks.class)
final class FramesTest {
  @ParameterizedTest(name = "{0} octets behind a length of {1}")
  @CsvSource({
    "12, 12, true",
    "11, 12, false",
    "13, 12, true",
    "0, 12, false",
    "0, 0, true", // garbage is seen at once
    "0, 11, true",
    "65534, 65535, false",
    "65535, 65535, true"
  })
  void aMessageIsNextWhenAllOfItIsThere(int behind, int length, boolean next) {
    ByteBuf in = Unpooled.buffer().writeByte(99).writeShort(length).writeZero(behind);
    in.skipBytes(1);
    assertThat(Frames.hasNext(in)).isEqualTo(next);
    assertThat(in.readerIndex()).as("nothing is taken").isOne();
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void halfALengthIsNothing(int octets) {
    assertThat(Frames.hasNext(Unpooled.buffer().writeZero(octets))).isFalse();
  }
}
