package io.fairlead.server.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;

/** Puts what can become of a file in a hurry, on a bad disk or by a wrong hand, in its place. */
final class Mutations {
  private final Random random;
  private final String good;
  private final byte[] octets;

  Mutations(String good, long seed) {
    this.random = new Random(seed);
    this.good = good;
    this.octets = good.getBytes(StandardCharsets.UTF_8);
  }

  /** Replaces the file, or what stands there in its place, by another damaged one; says which. */
  String next(Path file) throws IOException {
    Path aside = file.resolveSibling("mutated");
    String what =
        switch (random.nextInt(40)) {
          case 0 -> directory(aside);
          case 1 -> link(aside, file.getFileName(), "a link to itself");
          case 2 -> link(aside, Path.of("nowhere"), "a link to nowhere");
          case 3 -> link(aside, Path.of("/dev/zero"), "a file without end");
          default -> file(aside);
        };
    Files.delete(file);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    return what;
  }

  private static String directory(Path aside) throws IOException {
    Files.createDirectory(aside);
    return "a folder";
  }

  private static String link(Path aside, Path target, String what) throws IOException {
    Files.createSymbolicLink(aside, target);
    return what;
  }

  private String file(Path aside) throws IOException {
    return switch (random.nextInt(10)) {
      case 0 -> write(aside, new byte[0], "nothing");
      case 1 -> write(aside, Arrays.copyOf(octets, random.nextInt(octets.length)), "a cut file");
      case 2 -> write(aside, garbage(), "binary garbage");
      case 3 -> write(aside, good.getBytes(StandardCharsets.UTF_16), "UTF-16");
      case 4 -> write(aside, lines(true), "a line twice");
      case 5, 6 -> write(aside, lines(false), "a line less");
      case 7 -> write(aside, moved(), "a piece elsewhere");
      default -> write(aside, flipped(), "bits flipped");
    };
  }

  private static String write(Path aside, byte[] octets, String what) throws IOException {
    Files.write(aside, octets);
    return what;
  }

  private byte[] garbage() {
    byte[] garbage = new byte[random.nextInt(4000)];
    random.nextBytes(garbage);
    return garbage;
  }

  private byte[] lines(boolean twice) {
    int which = random.nextInt((int) good.lines().count());
    int[] at = {0};
    return good.lines()
        .map(line -> (at[0]++ != which ? line : twice ? line + "\n" + line : null))
        .filter(line -> line != null)
        .collect(Collectors.joining("\n", "", "\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] moved() {
    byte[] moved = octets.clone();
    int length = 1 + random.nextInt(20);
    int from = random.nextInt(octets.length - length);
    int to = random.nextInt(octets.length - length);
    System.arraycopy(octets, from, moved, to, length);
    return moved;
  }

  private byte[] flipped() {
    byte[] flipped = octets.clone();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(7));
    }
    return flipped;
  }
}
