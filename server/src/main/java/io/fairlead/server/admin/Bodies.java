package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.config.file.key.Suggestion;
import io.fairlead.server.admin.http.Refusal;
import java.util.List;

/** Small JSON objects that callers send, read strictly. */
final class Bodies {
  /** A sentence; it is kept, logged and shown. */
  private static final int MAX_LINE = 200;

  private Bodies() {}

  static void refuseStrangers(ObjectNode body, List<String> keys) {
    for (var entry : body.properties()) {
      if (!keys.contains(entry.getKey())) {
        throw Refusal.badRequest(
            "unknown key \"%s\"%s; allowed: %s"
                .formatted(
                    entry.getKey(), Suggestion.of(entry.getKey(), keys), String.join(", ", keys)));
      }
    }
  }

  /** One of these words; it must be there. */
  static String word(ObjectNode body, String key, List<String> words) {
    JsonNode word = body.path(key);
    if (!words.contains(word.asText())) {
      throw Refusal.badRequest(
          "\"%s\" %s%s; allowed: %s"
              .formatted(
                  key,
                  word.isMissingNode() ? "is missing" : "cannot be " + word,
                  Suggestion.of(word.asText(), words),
                  String.join(", ", words)));
    }
    return word.asText();
  }

  /** One line; empty where it is not there. */
  static String line(ObjectNode body, String key) {
    JsonNode line = body.path(key);
    String text = line.asText();
    boolean good =
        line.isTextual()
            && text.length() <= MAX_LINE
            && text.chars().noneMatch(Character::isISOControl);
    if (!good && !line.isMissingNode()) {
      throw Refusal.badRequest(
          "\"%s\" must be one line of at most %d characters".formatted(key, MAX_LINE));
    }
    return text;
  }
}
