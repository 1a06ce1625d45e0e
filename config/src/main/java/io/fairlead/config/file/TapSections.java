package io.fairlead.config.file;

import io.fairlead.config.TapSpec;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code queryLog} and {@code dnstap}. */
final class TapSections {
  private enum Included {
    QUERIES,
    REPLIES
  }

  private static final Key<Path> LOG_FILE =
      Key.required("file", Texts.PATH, "gets a line for each query; made anew when it is renamed");

  static final KeyTable QUERY_LOG = KeyTable.of("queryLog", LOG_FILE);

  private static final Key<Path> SOCKET =
      Key.otherwise("socket", Texts.PATH, "this or file", "a Unix socket where a reader listens");
  private static final Key<Path> FILE =
      Key.otherwise("file", Texts.PATH, "this or socket", "a file of frames");
  private static final Key<List<Included>> INCLUDE =
      Key.optional(
          "include",
          ListValue.some(WordValue.of("queries", Included.QUERIES).or("replies", Included.REPLIES)),
          List.of(Included.QUERIES, Included.REPLIES),
          "which messages are sent");

  static final KeyTable DNSTAP = KeyTable.of("dnstap", SOCKET, FILE, INCLUDE);

  private TapSections() {}

  static TapSpec read(@Nullable Section queryLog, @Nullable Section dnstap) {
    Path log = queryLog == null ? null : queryLog.get(LOG_FILE);
    if (dnstap == null) {
      return new TapSpec(log, null, null, true, true);
    }
    Path socket = dnstap.find(SOCKET);
    Path file = dnstap.find(FILE);
    if (socket == null && file == null) {
      dnstap.error(SOCKET, "dnstap needs a socket, a file, or both");
    }
    List<Included> included = dnstap.get(INCLUDE);
    return new TapSpec(
        log,
        socket,
        file,
        included.contains(Included.QUERIES),
        included.contains(Included.REPLIES));
  }
}
