package io.fairlead.server.migrate.gdnsd;

import io.fairlead.server.migrate.Notes;
import io.fairlead.server.migrate.Ttl;
import io.fairlead.server.migrate.ZoneText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** The zones of gdnsd: their static records, and the names that its plugins answer. */
final class Names {
  /**
   * A resource as names ask for it.
   *
   * @param ttl in seconds
   */
  record Asked(String reference, long ttl) {}

  private static final int MAX_CHUNK = 255;
  private static final String DEFAULT_TTL = "86400";

  private final SequencedMap<String, List<String>> zones = new LinkedHashMap<>();
  private final SequencedMap<Asked, List<String>> asked = new LinkedHashMap<>();
  private final Vscf.Hash options;
  private final Notes notes;

  Names(Path folder, Vscf.Hash options, Notes notes) throws IOException {
    this.options = options;
    this.notes = notes;
    if (!Files.isDirectory(folder)) {
      notes.todo("zones: there is no folder " + folder);
      return;
    }
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files =
          listed
              .filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .sorted()
              .toList();
    }
    for (Path file : files) {
      read(file);
    }
  }

  /** Lines of records by the name of a zone, which has no last dot. */
  SequencedMap<String, List<String>> zones() {
    return zones;
  }

  /** Names by what they ask for; the first of them is the service's, the others are aliases. */
  SequencedMap<Asked, List<String>> asked() {
    return asked;
  }

  private void read(Path file) throws IOException {
    // gdnsd's own: a slash cannot be in the name of a file, and the root has none.
    String name = file.getFileName().toString().replace('@', '/');
    String apex = name.equals("ROOT_ZONE") ? "." : name + ".";
    List<String> lines = new ArrayList<>();
    String fallback = options.text("zones_default_ttl", DEFAULT_TTL);
    lines.add("$TTL " + fallback);
    String ttl = fallback;
    for (ZoneText.Entry entry : ZoneText.read(file, apex)) {
      switch (entry.type()) {
        case "DYNA", "DYNC" -> ask(entry, ttl);
        case "TXT" -> lines.add(split(entry).line());
        case "$TTL" -> {
          ttl = entry.data().getFirst();
          lines.add(entry.line());
        }
        default -> lines.add(entry.line());
      }
    }
    zones.put(name.equals("ROOT_ZONE") ? "." : name, lines);
  }

  private void ask(ZoneText.Entry entry, String defaultTtl) {
    String ttl = entry.ttl().isEmpty() ? defaultTtl : entry.ttl();
    if (entry.data().isEmpty()) {
      throw new IllegalArgumentException(entry.place() + ": " + entry.type() + " names no plugin");
    }
    notes.lost(
        "TTLs of DYNA and DYNC: here they are always the longer one, whatever the checks say");
    if (entry.type().equals("DYNC")) {
      notes.lost("DYNC: a name among the answers is said to who asks for A or AAAA, not to others");
    }
    String longest = ttl.indexOf('/') < 0 ? ttl : ttl.substring(0, ttl.indexOf('/'));
    long least = ServiceTypes.number(options, "min_ttl", 5);
    String owner = entry.owner();
    asked
        .computeIfAbsent(
            new Asked(entry.data().getFirst(), Math.max(least, Ttl.seconds(longest))),
            _ -> new ArrayList<>())
        .add(owner.substring(0, owner.length() - 1));
  }

  /**
   * A text of more than 255 octets is cut, as gdnsd does it and RFC 1035 section 3.3.14 wants it.
   */
  private static ZoneText.Entry split(ZoneText.Entry entry) {
    List<String> chunks = new ArrayList<>();
    for (String field : entry.data()) {
      boolean quoted = field.startsWith("\"");
      String text = quoted ? field.substring(1, field.length() - 1) : field;
      if (text.length() <= MAX_CHUNK) {
        chunks.add(field);
        continue;
      }
      var chunk = new StringBuilder("\"");
      int octets = 0;
      for (int at = 0; at < text.length(); octets++) {
        if (octets == MAX_CHUNK) {
          chunks.add(chunk.append('"').toString());
          chunk.setLength(1);
          octets = 0;
        }
        int length = text.charAt(at) != '\\' ? 1 : isDigit(text, at + 1) ? 4 : 2;
        int end = Math.min(at + length, text.length());
        chunk.append(text, at, end);
        at = end;
      }
      chunks.add(chunk.append('"').toString());
    }
    return new ZoneText.Entry(entry.owner(), entry.ttl(), entry.type(), chunks, entry.place());
  }

  private static boolean isDigit(String text, int at) {
    return at < text.length() && Character.isDigit(text.charAt(at));
  }
}
