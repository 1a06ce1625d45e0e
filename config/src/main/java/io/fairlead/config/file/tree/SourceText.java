package io.fairlead.config.file.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The characters of a file, with its lines as YAML counts them. */
public final class SourceText {
  /**
   * 64 MiB: 100,000 services of three members are about 40 MB. On the way to records each octet
   * takes some ten octets of heap, of which one stays.
   */
  static final int MAX_OCTETS = 64 << 20;

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char REPLACEMENT = '\uFFFD';

  private final String text;
  private int @Nullable [] lineStarts;

  public SourceText(String text) {
    this.text = text;
  }

  /** Reads a UTF-8 file; null where it cannot be, and {@code problems} says why. */
  public static @Nullable SourceText read(Path path, Problems problems) {
    byte[] octets;
    try {
      octets = octets(path);
    } catch (IOException e) {
      problems.error(Spot.FILE, inWords(path, e));
      return null;
    }
    if (octets.length > MAX_OCTETS) {
      problems.error(
          Spot.FILE,
          "the file is larger than 64 MiB ("
              + MAX_OCTETS
              + " octets), which is the most that is read");
      return null;
    }
    SourceText source = decode(octets, problems);
    return source != null && source.isPrintable(problems) ? source : null;
  }

  /** Takes text that was read before; null where it cannot be, and {@code problems} says why. */
  public static @Nullable SourceText of(String text, Problems problems) {
    var source = new SourceText(text);
    return source.isPrintable(problems) ? source : null;
  }

  /** One octet more than is allowed at most, whatever the file says of its size. */
  private static byte[] octets(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException("it is a directory, and a file is needed");
    }
    try (var in = Files.newInputStream(path)) {
      return in.readNBytes(MAX_OCTETS + 1);
    }
  }

  private static String inWords(Path path, IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException _ -> "it does not exist";
          case AccessDeniedException _ -> "this user may not read it";
          default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    return "cannot read " + path.toAbsolutePath() + ": " + reason;
  }

  private static @Nullable SourceText decode(byte[] octets, Problems problems) {
    if (startsWith(octets, 0xFE, 0xFF) || startsWith(octets, 0xFF, 0xFE)) {
      problems.error(Spot.FILE, "the file is UTF-16; save it as UTF-8");
      return null;
    }
    String text = new String(octets, UTF_8);
    // A replacement character may stand in the file itself, so it only gives rise to a closer look.
    int malformed = text.indexOf(REPLACEMENT) < 0 ? -1 : firstMalformed(octets);
    if (malformed >= 0) {
      var before = new SourceText(new String(octets, 0, malformed, UTF_8));
      problems.error(
          before.spot(before.text.length()),
          "the octet 0x%02X is not UTF-8; save the file as UTF-8".formatted(octets[malformed]));
      return null;
    }
    return new SourceText(text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text);
  }

  private static boolean startsWith(byte[] octets, int first, int second) {
    return octets.length >= 2 && (octets[0] & 0xff) == first && (octets[1] & 0xff) == second;
  }

  private static int firstMalformed(byte[] octets) {
    var decoder = UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(octets);
    CharBuffer out = CharBuffer.allocate(8192);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isOverflow()) {
        return result.isError() ? in.position() : -1;
      }
      out.clear();
    }
  }

  /** YAML 1.1 section 4.1.1: no control characters but tab and line breaks. */
  private boolean isPrintable(Problems problems) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
      if (control || (c >= 0x7F && c <= 0x9F && c != 0x85) || c >= 0xFFFE) {
        problems.error(
            spot(i),
            "the control character U+%04X is not allowed in a text file".formatted((int) c));
        return false;
      }
    }
    return true;
  }

  public String text() {
    return text;
  }

  /** A line without its break. */
  public String line(int number) {
    int[] starts = lineStarts();
    int end = number < starts.length ? starts[number] : text.length();
    while (end > starts[number - 1] && isBreak(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(starts[number - 1], end);
  }

  /** The first line of more characters than this; 0 where there is none. */
  int lineLongerThan(int characters) {
    int[] starts = lineStarts();
    for (int i = 0; i < starts.length; i++) {
      int end = i + 1 < starts.length ? starts[i + 1] : text.length();
      if (end - starts[i] > characters) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Whether a value is a literal block scalar, {@code |}, whose lines are lines of the file. */
  public boolean isLiteralBlock(Node node) {
    String line = line(node.line());
    int at = line.offsetByCodePoints(0, node.column() - 1);
    return at < line.length() && line.charAt(at) == '|';
  }

  private Spot spot(int offset) {
    int found = Arrays.binarySearch(lineStarts(), offset);
    int line = found >= 0 ? found : -found - 2;
    int column = text.codePointCount(lineStarts()[line], offset) + 1;
    return new Spot(line + 1, column, KeyPath.ROOT);
  }

  private int[] lineStarts() {
    if (lineStarts == null) {
      int[] starts = new int[64];
      int count = 1;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean inCrLf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
        if (isBreak(c) && !inCrLf) {
          starts = count < starts.length ? starts : Arrays.copyOf(starts, count * 2);
          starts[count++] = i + 1;
        }
      }
      lineStarts = Arrays.copyOf(starts, count);
    }
    return lineStarts;
  }

  /** As YAML 1.1 section 4.1.4 has it. */
  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }
}
