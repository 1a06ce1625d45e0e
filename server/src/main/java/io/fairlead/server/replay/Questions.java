package io.fairlead.server.replay;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.server.explain.Question;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Recorded questions, one in a line: {@code CLIENT NAME TYPE}. A client is an address, or {@code
 * ADDRESS/LENGTH} where a resolver named that subnet. Lines that are empty or begin with # are
 * passed over.
 */
public final class Questions {
  /** An hour of 300 questions a second; more tell nothing new. */
  public static final int MAX_LINES = 1_000_000;

  /** A name has at most 1,004 characters with every octet escaped, an address and a type 60. */
  private static final int MAX_LINE = 1_100;

  private Questions() {}

  /**
   * Reads a file.
   *
   * @return each question, and how often it stands there
   * @throws IllegalArgumentException with the line, what is wrong and what is allowed
   */
  public static SequencedMap<Question, Integer> read(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      var lines = new ArrayList<String>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (lines.size() == MAX_LINES) {
          throw new IllegalArgumentException(file + ": more than " + MAX_LINES + " lines");
        }
        lines.add(line);
      }
      return parse(file.toString(), lines);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + ": this is no UTF-8 text", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e, e);
    }
  }

  /**
   * Reads lines.
   *
   * @param source names where they come from
   */
  public static SequencedMap<Question, Integer> parse(String source, List<String> lines) {
    var questions = new LinkedHashMap<Question, Integer>();
    Map<String, Question> known = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String where = source + ":" + (i + 1) + ": ";
      questions.merge(known.computeIfAbsent(line, text -> question(where, text)), 1, Integer::sum);
    }
    return questions;
  }

  private static Question question(String where, String line) {
    String[] words = line.length() > MAX_LINE ? new String[0] : line.split("\\s+", -1);
    if (words.length != 3) {
      throw new IllegalArgumentException(
          where + "allowed is CLIENT NAME TYPE, such as 192.0.2.7 www.example.com A");
    }
    int type =
        RrType.parse(words[2])
            .orElseThrow(
                () -> new IllegalArgumentException(where + words[2] + " is no record type"));
    try {
      return Question.of(Name.parse(words[1]), type, words[0]);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + e.getMessage(), e);
    }
  }
}
