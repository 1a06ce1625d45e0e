package io.fairlead.dns.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The seeds of a target, as they stand in the tree, and what is made of them. */
public final class Corpus {
  private static final long SEED = 20_261_125L;

  /** {@code -Dfuzz.executions=1000000} runs each target so often. */
  private static final int EXECUTIONS = Integer.getInteger("fuzz.executions", 20_000);

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final String name;
  private final List<byte[]> seeds;

  private Corpus(String name, List<byte[]> seeds) {
    this.name = name;
    this.seeds = seeds;
  }

  /** The files below {@code src/test/fuzz/NAME}. */
  public static Corpus of(String name) {
    try (Stream<Path> files = Files.list(Path.of("src/test/fuzz", name))) {
      List<byte[]> seeds = files.sorted().map(Corpus::read).toList();
      assertThat(seeds).as("seeds of %s", name).hasSizeGreaterThan(5);
      return new Corpus(name, seeds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each seed, then mutations of them; what is thrown tells the input. */
  public void run(Consumer<byte[]> target) {
    seeds.forEach(seed -> run(target, seed));
    for (int i = 0; i < EXECUTIONS; i++) {
      run(target, mutated());
    }
  }

  private void run(Consumer<byte[]> target, byte[] input) {
    try {
      target.accept(input);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          name + ", seed " + SEED + ", input " + HexFormat.of().formatHex(input), e);
    }
  }

  private byte[] mutated() {
    byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(Math.max(1, input.length));
      input =
          switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(input, at);
            case 1 -> replaced(input, at, 0, random.nextInt(256));
            case 2 -> replaced(input, at, 1);
            case 3 -> replaced(input, at, 1, 0xc0 | random.nextInt(2));
            case 4 -> replaced(input, Math.min(at, 13), 1, random.nextInt(3));
            case 5 -> spliced(input, at);
            default -> replaced(input, at, 1, random.nextInt(256));
          };
    }
    return input;
  }

  private byte[] spliced(byte[] input, int at) {
    byte[] other = seeds.get(random.nextInt(seeds.size()));
    int from = random.nextInt(Math.max(1, other.length));
    byte[] spliced = Arrays.copyOf(input, at + other.length - from);
    System.arraycopy(other, from, spliced, at, other.length - from);
    return spliced;
  }

  private static byte[] replaced(byte[] input, int at, int octets, int... by) {
    int cut = Math.min(octets, input.length - at);
    byte[] next = new byte[input.length - Math.max(0, cut) + by.length];
    System.arraycopy(input, 0, next, 0, at);
    for (int i = 0; i < by.length; i++) {
      next[at + i] = (byte) by[i];
    }
    int rest = at + Math.max(0, cut);
    System.arraycopy(input, rest, next, at + by.length, input.length - rest);
    return next;
  }
}
