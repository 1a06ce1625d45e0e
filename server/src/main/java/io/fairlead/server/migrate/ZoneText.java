package io.fairlead.server.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A master file (RFC 1035 section 5) as entries of one line each, with the includes in their place
 * and every owner written out, so that entries can be taken out without changing the others.
 */
public final class ZoneText {
  /**
   * One entry.
   *
   * @param owner in full, with its last dot; empty for a directive
   * @param ttl as it stands; empty where none does
   * @param type in capitals; a directive's name
   * @param data the fields behind the type
   * @param place file and line, for people
   */
  public record Entry(String owner, String ttl, String type, List<String> data, String place) {
    public Entry {
      data = List.copyOf(data);
    }

    /** The line of a master file. */
    public String line() {
      String fields = String.join(" ", data);
      return owner.isEmpty()
          ? type + " " + fields
          : String.join(" ", ttl.isEmpty() ? List.of(owner, type) : List.of(owner, ttl, type))
              + " "
              + fields;
    }
  }

  /** Files within files; deeper, one includes itself. */
  private static final int MAX_DEPTH = 16;

  private static final Pattern TTL = Pattern.compile("[0-9][0-9A-Za-z]*(?:/[0-9A-Za-z]+)?");

  private final String apex;
  private final List<Entry> entries;
  private final int depth;
  private final Path file;
  private final String firstOrigin;
  private String origin;
  private String owner;
  private String ttl;

  private ZoneText(String apex, List<Entry> entries, int depth, Path file, String origin) {
    this.apex = apex;
    this.entries = entries;
    this.depth = depth;
    this.file = file;
    this.firstOrigin = origin;
    this.origin = origin;
    this.owner = origin;
    this.ttl = "";
  }

  /**
   * Reads a file.
   *
   * @param apex the zone's name with its last dot
   * @throws IllegalArgumentException says where the file is no master file
   */
  public static List<Entry> read(Path file, String apex) throws IOException {
    List<Entry> entries = new ArrayList<>();
    new ZoneText(apex, entries, 0, file, apex).read();
    return entries;
  }

  private void read() throws IOException {
    for (var raw : new ZoneFields(Files.readString(file), file).entries()) {
      String place = file + ":" + raw.line();
      List<String> fields = raw.fields();
      String first = fields.getFirst();
      if (first.startsWith("$") && !raw.indented()) {
        directive(first.toUpperCase(Locale.ROOT), fields.subList(1, fields.size()), place);
      } else {
        record(raw.indented() ? fields : owned(fields), place);
      }
    }
  }

  private List<String> owned(List<String> fields) {
    owner = absolute(fields.getFirst());
    return fields.subList(1, fields.size());
  }

  private void directive(String name, List<String> data, String place) throws IOException {
    if (data.isEmpty()) {
      throw new IllegalArgumentException(place + ": nothing stands behind " + name);
    }
    switch (name) {
      case "$ORIGIN" -> moveTo(absolute(data.getFirst()), place);
      case "$INCLUDE" -> include(data, place);
      case "$TTL" -> {
        ttl = data.getFirst();
        entries.add(new Entry("", "", name, data, place));
      }
      default -> entries.add(new Entry("", "", name, data, place));
    }
  }

  private void moveTo(String next, String place) {
    origin = next;
    entries.add(new Entry("", "", "$ORIGIN", List.of(next), place));
  }

  /** RFC 1035 section 5.1: whatever is included changes nothing for the lines that follow. */
  private void include(List<String> data, String place) throws IOException {
    if (depth == MAX_DEPTH) {
      throw new IllegalArgumentException(place + ": files include one another");
    }
    String theirs = data.size() > 1 ? absolute(data.get(1)) : origin;
    Path target = file.resolveSibling(unquoted(data.getFirst()));
    var inner = new ZoneText(apex, entries, depth + 1, target, theirs);
    inner.owner = owner;
    inner.ttl = ttl;
    inner.moveTo(theirs, place);
    inner.read();
    moveTo(origin, place);
    if (!ttl.isEmpty()) {
      entries.add(new Entry("", "", "$TTL", List.of(ttl), place));
    }
  }

  private void record(List<String> fields, String place) {
    int next = 0;
    String own = "";
    boolean classStands = false;
    Predicate<String> isClass = field -> field.equalsIgnoreCase("IN");
    while (next < fields.size()) {
      String field = fields.get(next);
      if (own.isEmpty() && TTL.matcher(field).matches()) {
        own = field;
      } else if (!classStands && isClass.test(field)) {
        classStands = true;
      } else {
        break;
      }
      next++;
    }
    if (next == fields.size()) {
      throw new IllegalArgumentException(place + ": the record has no type");
    }
    String type = fields.get(next).toUpperCase(Locale.ROOT);
    List<String> data =
        fields.subList(next + 1, fields.size()).stream().map(this::expanded).toList();
    entries.add(new Entry(owner, own, type, data, place));
  }

  /** A name in full; {@code @Z} and {@code @F} are gdnsd's for the zone and the file's origin. */
  private String absolute(String name) {
    String expanded = expanded(name);
    if (expanded.equals("@")) {
      return origin;
    }
    boolean full = expanded.endsWith(".") && !expanded.endsWith("\\.");
    return full ? expanded : expanded + (origin.equals(".") ? "." : "." + origin);
  }

  private String expanded(String field) {
    if (field.startsWith("\"")) {
      return field;
    }
    for (String[] special : new String[][] {{"@Z", apex}, {"@F", firstOrigin}}) {
      if (field.equalsIgnoreCase(special[0])) {
        return special[1];
      }
      int labels = field.length() - special[0].length() - 1;
      if (labels > 0 && field.regionMatches(true, labels, "." + special[0], 0, 3)) {
        return field.substring(0, labels) + "." + special[1];
      }
    }
    return field;
  }

  private static String unquoted(String field) {
    return field.startsWith("\"") ? field.substring(1, field.length() - 1) : field;
  }
}
