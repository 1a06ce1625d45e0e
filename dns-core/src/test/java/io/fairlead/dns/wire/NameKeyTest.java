package io.fairlead.dns.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameKeyTest {
  private static final long SEED = 7;

  private final NameKey key = new NameKey();

  @Test
  void knowsLabelsAndSuffixes() {
    key.set(Name.parse("www.Example.COM"));

    assertThat(key.length()).isEqualTo(17);
    assertThat(key.labelCount()).isEqualTo(3);
    assertThat(key.start(0)).isZero();
    assertThat(key.start(1)).isEqualTo(4);
    assertThat(key.start(3)).isEqualTo(16);
    assertThat(key.suffix(0)).hasToString("www.example.com");
    assertThat(key.suffix(1)).hasToString("example.com");
    assertThat(key.suffix(3)).isEqualTo(Name.ROOT);
  }

  @Test
  void theRootHasNoLabel() {
    key.set(Name.ROOT);

    assertThat(key.labelCount()).isZero();
    assertThat(key.suffix(0)).isEqualTo(Name.ROOT);
  }

  /** Eight octets at a time come to the same as one at a time, whatever the octets are. */
  @Test
  void lowersEachOctetAsNameDoes() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 20_000; i++) {
      byte[] wire = randomName(random);
      key.set(Name.ofWire(wire));
      byte[] lowered = new byte[wire.length];
      key.copyTo(lowered, 0);
      for (int at = 0; at < wire.length; at++) {
        assertThat(lowered[at])
            .as("seed %d, name %d, octet %d", SEED, i, at)
            .isEqualTo(Name.lower(wire[at]));
      }
    }
  }

  /** The hash of a suffix is the hash of that name by itself, in any case of its letters. */
  @Test
  void aSuffixHashesAsTheNameThatItIs() {
    var random = new SplittableRandom(SEED);
    var alone = new NameKey();
    for (int i = 0; i < 2_000; i++) {
      key.set(Name.ofWire(randomName(random)));
      for (int label = 0; label <= key.labelCount(); label++) {
        Name suffix = key.suffix(label);
        alone.set(suffix);
        assertThat(key.hash(label)).as("%s", suffix).isEqualTo(alone.hash(0));
        byte[] octets = suffix.wire();
        assertThat(key.suffixEquals(label, octets, 0, octets.length)).isTrue();
      }
    }
  }

  @Test
  void suffixesAreEqualOnlyWhereEachOctetIs() {
    key.set(Name.parse("a.bc"));
    assertThat(key.suffixEquals(1, Name.parse("bc").wire(), 0, 4)).isTrue();
    assertThat(key.suffixEquals(1, Name.parse("bd").wire(), 0, 4)).isFalse();
    assertThat(key.suffixEquals(0, Name.parse("bc").wire(), 0, 4)).isFalse();
    assertThat(key.suffixEquals(0, Name.parse("a.b.c").wire(), 0, 7)).isFalse();
  }

  /** Names that differ in one label, at either end, or in where a label ends. */
  @Test
  void hashesSpread() {
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      key.set(Name.parse("s" + i + ".gslb.example.com"));
      hashes.add(key.hash(0));
    }
    // 2^32 places: 1.2 pairs are expected to meet.
    assertThat(hashes).hasSizeGreaterThan(99_990);
    key.set(Name.parse("ab.c"));
    int first = key.hash(0);
    key.set(Name.parse("a.bc"));
    assertThat(key.hash(0)).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    // labels of 1, length of one more label, is a name
    "  0,  0, true",
    "  0, 63, true",
    "  0, 64, false",
    "127,  0, true", // 127 * 2 + 1 = 255
    "126,  2, false", // 126 * 2 + 3 + 1 = 256
    "128,  0, false",
  })
  void readsNamesUpToTheirLimits(int ones, int last, boolean isName) {
    var wire = new ByteArrayOutputStream();
    for (int i = 0; i < ones; i++) {
      wire.write(1);
      wire.write('a');
    }
    if (last > 0) {
      wire.write(last);
      wire.writeBytes(new byte[last]);
    }
    wire.write(0);
    assertThat(read(wire.toByteArray(), 0)).isEqualTo(isName);
  }

  @Test
  void readsNoNameThatIsCutOffOrCompressed() {
    assertThat(read(new byte[] {}, 0)).isFalse();
    assertThat(read(new byte[] {0}, 1)).as("behind the end").isFalse();
    assertThat(read(new byte[] {0}, 9)).as("far behind the end").isFalse();
    assertThat(read(new byte[] {1}, 0)).isFalse();
    assertThat(read(new byte[] {1, 'a'}, 0)).isFalse();
    assertThat(read(new byte[] {1, 'a', (byte) 0xc0, 0}, 0)).isFalse();
    assertThat(read(new byte[] {0x40, 'a', 0}, 0)).isFalse();
  }

  @Test
  void readsAtAnyPlace() {
    assertThat(read(new byte[] {9, 9, 1, 'A', 0, 9}, 2)).isTrue();
    assertThat(key.suffix(0)).hasToString("a");
  }

  private boolean read(byte[] octets, int at) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment message = arena.allocate(Math.max(1, octets.length));
      MemorySegment.copy(octets, 0, message, JAVA_BYTE, 0, octets.length);
      return key.read(message, at, octets.length);
    }
  }

  private static byte[] randomName(SplittableRandom random) {
    var wire = new ByteArrayOutputStream();
    for (int labels = random.nextInt(6); labels > 0; labels--) {
      byte[] label = new byte[random.nextInt(1, random.nextInt(3) == 0 ? 40 : 12)];
      random.nextBytes(label);
      wire.write(label.length);
      wire.writeBytes(label);
    }
    wire.write(0);
    return wire.toByteArray();
  }
}
