package io.fairlead.config.file.zone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.StaticRecord;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Master;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TTL;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Tokenizer;
import org.xbill.DNS.Type;

/**
 * Reads master files (RFC 1035 section 5, RFC 2308 section 4) to records in wire form. Each entry
 * is read by itself: a bad one is told with its place and the next is read on.
 */
public final class MasterFile {
  /**
   * The TTL of a record without one, before any {@code $TTL} and any record with one: five minutes,
   * long enough to be cached and short enough to be changed the same day.
   */
  public static final long DEFAULT_TTL_SECONDS = 300;

  /** RFC 2181 section 8. */
  private static final long MAX_TTL_SECONDS = Integer.MAX_VALUE;

  /** Files within files; deeper, one includes itself. */
  private static final int MAX_DEPTH = 16;

  /** A typing error must not become four thousand million records. */
  static final long MAX_GENERATED = 1_000_000;

  private static final Pattern RANGE =
      Pattern.compile("([0-9]{1,10})-([0-9]{1,10})(?:/([0-9]{1,10}))?");

  private static final Set<String> CLASSES = Set.of("IN", "CH", "HS", "CS");

  private final MasterFiles files;
  private final Consumer<MasterEntry> sink;
  private final int depth;
  private final @Nullable Path file;
  private org.xbill.DNS.Name origin;
  private org.xbill.DNS.@Nullable Name lastOwner;
  private Name lastOwnerInWire = Name.ROOT;
  private long defaultTtl = DEFAULT_TTL_SECONDS;
  private boolean ttlIsDirected;
  private boolean ttlIsKnown;

  private MasterFile(
      MasterFiles files,
      Consumer<MasterEntry> sink,
      int depth,
      @Nullable Path file,
      org.xbill.DNS.Name origin) {
    this.files = files;
    this.sink = sink;
    this.depth = depth;
    this.file = file;
    this.origin = origin;
  }

  /**
   * Reads text that is no file of its own; blank entries and good directives are left out.
   *
   * @param apex what relative names are relative to, until {@code $ORIGIN} says otherwise
   * @param sink is told of all entries in order
   */
  public static void read(String text, Name apex, MasterFiles files, Consumer<MasterEntry> sink) {
    try {
      new MasterFile(files, sink, 0, null, dnsjavaName(apex)).read(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }

  /**
   * The same of a file.
   *
   * @throws IOException says why the file itself cannot be read
   */
  public static void read(Path file, Name apex, MasterFiles files, Consumer<MasterEntry> sink)
      throws IOException {
    try (Reader reader = files.open(file)) {
      new MasterFile(files, sink, 0, file, dnsjavaName(apex)).read(reader);
    }
  }

  private void read(Reader reader) throws IOException {
    var scanner = new MasterScanner(reader);
    for (var entry = scanner.next(); entry != null; entry = scanner.next()) {
      readEntry(entry, new MasterPlace(file, entry.line()));
    }
  }

  private static org.xbill.DNS.Name dnsjavaName(Name name) {
    try {
      return new org.xbill.DNS.Name(name.wire());
    } catch (IOException e) {
      throw new IllegalStateException("a name in wire form is a name", e);
    }
  }

  private void readEntry(MasterScanner.RawEntry entry, MasterPlace place) {
    if (!entry.flaw().isEmpty()) {
      sink.accept(new MasterEntry.Bad(entry.flaw(), place));
      return;
    }
    try (Tokenizer tokens = tokens(ascii(entry.text()))) {
      readEntry(tokens, entry.text(), place);
    } catch (IOException | IllegalArgumentException e) {
      sink.accept(new MasterEntry.Bad(inWords(e), place));
    } catch (RuntimeException e) {
      // The library stumbles over some of what it cannot read, such as an altitude of "12.".
      sink.accept(new MasterEntry.Bad("its data is not of its type: " + e, place));
    }
  }

  /**
   * The library would read other characters as their octets in Latin-1 and write those as UTF-8.
   */
  private static String ascii(String text) throws TextParseException {
    boolean inComment = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      inComment = c != '\n' && (inComment || c == ';');
      boolean control = c < ' ' && c != '\t' && c != '\n';
      if (control) {
        throw new TextParseException(
            "the control character U+%04X stands here; write it as \\DDD".formatted((int) c));
      }
      if (c > '~' && !inComment) {
        throw new TextParseException(
            "\"" + c + "\" is not ASCII; write its octets as \\DDD, names in their A-label form");
      }
    }
    return text;
  }

  /** In a buffer of its own, or the library would make one of 8 KiB for each record. */
  private static Tokenizer tokens(String text) {
    byte[] octets = text.getBytes(US_ASCII);
    return new Tokenizer(new BufferedInputStream(new ByteArrayInputStream(octets), octets.length));
  }

  private void readEntry(Tokenizer tokens, String text, MasterPlace place) throws IOException {
    Tokenizer.Token first = tokens.get(true, false);
    if (first.type() == Tokenizer.WHITESPACE) {
      if (tokens.get().isEOL()) {
        return;
      }
      tokens.unget();
      if (lastOwner == null) {
        throw new TextParseException(
            "the line begins with a space, and no record before has a name");
      }
      readRecord(lastOwner, tokens, place);
    } else if (!first.isEOL()) {
      if (first.value().startsWith("$")) {
        directive(first.value().toUpperCase(Locale.ROOT), tokens, text, place);
      } else {
        own(org.xbill.DNS.Name.fromString(first.value(), origin));
        readRecord(requireNonNull(lastOwner), tokens, place);
      }
    }
  }

  private void own(org.xbill.DNS.Name owner) {
    if (!owner.equals(lastOwner)) {
      lastOwner = owner;
      lastOwnerInWire = Name.ofWire(owner.toWire());
    }
  }

  private void directive(String directive, Tokenizer tokens, String text, MasterPlace place)
      throws IOException {
    switch (directive) {
      case "$ORIGIN" -> {
        var next = org.xbill.DNS.Name.fromString(tokens.getString(), origin);
        tokens.getEOL();
        origin = next;
      }
      case "$TTL" -> {
        long ttl = ttl(tokens.getString());
        tokens.getEOL();
        defaultTtl = ttl;
        ttlIsDirected = true;
        ttlIsKnown = true;
      }
      case "$INCLUDE" -> include(tokens, place);
      case "$GENERATE" -> generate(tokens.getIdentifier(), text, place);
      default ->
          throw new TextParseException(
              directive
                  + " is not supported; allowed: $ORIGIN, $TTL, $INCLUDE and $GENERATE, and"
                  + " records");
    }
  }

  /** RFC 1035 section 5.1: whatever is included changes nothing for the lines that follow. */
  private void include(Tokenizer tokens, MasterPlace place) throws IOException {
    String name = tokens.getString();
    Tokenizer.Token token = tokens.get();
    org.xbill.DNS.Name theirOrigin = origin;
    if (token.isString()) {
      theirOrigin = org.xbill.DNS.Name.fromString(token.value(), origin);
      tokens.getEOL();
    }
    if (depth == MAX_DEPTH) {
      throw new TextParseException(
          "more than " + MAX_DEPTH + " files include one another; does one include itself?");
    }
    Path included = files.included(place, name);
    var inner = new MasterFile(files, sink, depth + 1, included, theirOrigin);
    inner.lastOwner = lastOwner;
    inner.lastOwnerInWire = lastOwnerInWire;
    inner.defaultTtl = defaultTtl;
    inner.ttlIsDirected = ttlIsDirected;
    inner.ttlIsKnown = ttlIsKnown;
    try (Reader reader = files.open(included)) {
      inner.read(reader);
    }
  }

  /** The library's own, which knows BIND's modifiers, given the one line. */
  private void generate(String range, String text, MasterPlace place) throws IOException {
    Matcher parts = RANGE.matcher(range);
    if (!parts.matches()) {
      throw new TextParseException(
          "\"" + range + "\" is no range of $GENERATE; allowed: such as 1-100 or 0-254/2");
    }
    long step = parts.group(3) == null ? 1 : Math.max(1, Long.parseLong(parts.group(3)));
    long count = (Long.parseLong(parts.group(2)) - Long.parseLong(parts.group(1))) / step + 1;
    if (count < 1 || count > MAX_GENERATED) {
      throw new TextParseException(
          "$GENERATE " + range + " is " + count + " records; allowed: 1 to " + MAX_GENERATED);
    }
    try (var generated =
        new Master(new ByteArrayInputStream(text.getBytes(US_ASCII)), origin, defaultTtl)) {
      for (Record record = generated.nextRecord();
          record != null;
          record = generated.nextRecord()) {
        own(record.getName());
        accept(record, record.getTTL(), place);
      }
    }
  }

  /** {@code [TTL] [class] type RDATA}, TTL and class in either order. */
  private void readRecord(org.xbill.DNS.Name owner, Tokenizer tokens, MasterPlace place)
      throws IOException {
    long ttl = defaultTtl;
    boolean ttlStands = false;
    boolean classStands = false;
    String word = tokens.getIdentifier();
    while (true) {
      if (!ttlStands && Character.isDigit(word.charAt(0))) {
        ttl = ttl(word);
        ttlStands = true;
      } else if (!classStands && CLASSES.contains(word.toUpperCase(Locale.ROOT))) {
        internet(word);
        classStands = true;
      } else {
        break;
      }
      word = tokens.getIdentifier();
    }
    // RFC 1035 section 5.1: an omitted TTL is the last one stated; RFC 2308 section 4: but for
    // $TTL.
    defaultTtl = ttlIsDirected ? defaultTtl : ttl;
    int type = type(word);
    Record record = Record.fromString(owner, type, DClass.IN, ttl, tokens, origin);
    if (record instanceof SOARecord soa && !ttlStands && !ttlIsKnown) {
      // As files older than $TTL mean it, and BIND reads them.
      ttl = Math.min(soa.getMinimum(), MAX_TTL_SECONDS);
      defaultTtl = ttl;
    }
    ttlIsKnown |= ttlStands || type == Type.SOA;
    accept(record, ttl, place);
  }

  private void accept(Record record, long ttl, MasterPlace place) {
    byte[] wire = record.toWire(Section.ANSWER);
    int rdata = record.getName().length() + 10; // behind it: type, class, TTL and RDLENGTH
    sink.accept(
        new MasterEntry.Good(
            new StaticRecord(
                lastOwnerInWire,
                record.getType(),
                ttl,
                Arrays.copyOfRange(wire, rdata, wire.length)),
            place));
  }

  private static long ttl(String text) throws TextParseException {
    long ttl;
    try {
      ttl = TTL.parse(text, false);
    } catch (NumberFormatException _) {
      throw new TextParseException(
          "\"" + text + "\" is not a TTL; allowed: seconds, or such as 5m, 1h, 1d");
    }
    if (ttl > MAX_TTL_SECONDS) {
      throw new TextParseException(
          "a TTL of " + ttl + " s is out of range; allowed: 0 to " + MAX_TTL_SECONDS);
    }
    return ttl;
  }

  private static void internet(String text) throws TextParseException {
    if (DClass.value(text) != DClass.IN) {
      throw new TextParseException("class " + text + " is not served; allowed: IN");
    }
  }

  private static int type(String text) throws TextParseException {
    int type = Type.value(text);
    if (type < 0) {
      throw new TextParseException(
          "\"" + text + "\" is not a record type; allowed: a mnemonic such as TXT, or TYPEnnn");
    }
    // RFC 6895 section 3.1: 128 to 255 are questions and metadata.
    if (type == 0 || type == Type.OPT || (type >= 128 && type <= 255) || type > 0xffff) {
      throw new TextParseException(text + " is no type that a zone can hold");
    }
    return type;
  }

  /** Without the file and line that the library puts in front: those of one entry mean nothing. */
  private static String inWords(Exception e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.replaceFirst("^<none>:\\d+: ", "");
  }
}
