package io.fairlead.dns.zone;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SteeredRecordTest {
  @Test
  void isWrittenWithOwnerAndTtlPutIn() {
    var record = new SteeredRecord(RrType.A, new byte[] {(byte) 192, 0, 2, 1}, 3);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment reply = arena.allocate(20);
      record.writeTo(reply, 4, 0x1234, 0x7fffffff);
      assertThat(HexFormat.of().formatHex(reply.toArray(JAVA_BYTE)))
          .isEqualTo("00000000" + "d234" + "0001" + "0001" + "7fffffff" + "0004" + "c0000201");
    }
    assertThat(record.length()).isEqualTo(16);
    assertThat(record.rdata()).containsExactly(192, 0, 2, 1);
    assertThat(record.endpoint()).isEqualTo(3);
    assertThat(record.target()).isNull();
  }

  @Test
  void anAliasKnowsItsTarget() {
    var record =
        new SteeredRecord(RrType.CNAME, Name.parse("a.test").wire(), SteeredRecord.NO_ENDPOINT);
    assertThat(record.target()).isEqualTo(Name.parse("a.test"));
  }

  @Test
  void refusesWhatNoRecordHolds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SteeredRecord(RrType.CNAME, new byte[] {1}, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SteeredRecord(RrType.TXT, new byte[65_536], 0))
        .withMessage("RDATA of 65536 octets, at most 65535 are allowed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StaticRecord(Name.ROOT, RrType.TXT, 0, new byte[65_536]))
        .withMessage("RDATA of 65536 octets, at most 65535 are allowed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StaticRecord(Name.ROOT, RrType.TXT, -1, new byte[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StaticRecord(Name.ROOT, RrType.TXT, 1L << 31, new byte[0]))
        .withMessage("a TTL of 2147483648 s is outside 0 to 2147483647 (RFC 2181 section 8)");
  }
}
