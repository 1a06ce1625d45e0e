package io.fairlead.config.file.zone;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.StaticRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TTL;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Tokenizer;
import org.xbill.DNS.Type;

/**
 * Reads master-file text (RFC 1035 section 5, RFC 2308 section 4) to records in wire form. Each
 * entry is read by itself: a bad one is told with its line and the next is read on.
 */
public final class MasterFile {
  /**
   * The TTL of a record without one, before any {@code $TTL} and any record with one: five minutes,
   * long enough to be cached and short enough to be changed the same day.
   */
  public static final long DEFAULT_TTL_SECONDS = 300;

  /** RFC 2181 section 8. */
  private static final long MAX_TTL_SECONDS = Integer.MAX_VALUE;

  private static final Set<String> CLASSES = Set.of("IN", "CH", "HS", "CS");

  private final List<MasterEntry> entries = new ArrayList<>();
  private org.xbill.DNS.Name origin;
  private org.xbill.DNS.@Nullable Name lastOwner;
  private long defaultTtl = DEFAULT_TTL_SECONDS;
  private boolean ttlIsDirected;

  private MasterFile(org.xbill.DNS.Name origin) {
    this.origin = origin;
  }

  /**
   * All entries in order, blank ones and directives left out where they are good.
   *
   * @param apex what relative names are relative to, until {@code $ORIGIN} says otherwise
   */
  public static List<MasterEntry> read(String text, Name apex) {
    var file = new MasterFile(dnsjavaName(apex));
    for (MasterScanner.RawEntry entry : MasterScanner.cut(text)) {
      file.readEntry(entry);
    }
    return file.entries;
  }

  private static org.xbill.DNS.Name dnsjavaName(Name name) {
    try {
      return new org.xbill.DNS.Name(name.wire());
    } catch (IOException e) {
      throw new IllegalStateException("a name in wire form is a name", e);
    }
  }

  private void readEntry(MasterScanner.RawEntry entry) {
    if (!entry.flaw().isEmpty()) {
      entries.add(new MasterEntry.Bad(entry.flaw(), entry.line()));
      return;
    }
    try (var tokens = new Tokenizer(ascii(entry.text()))) {
      StaticRecord record = record(tokens);
      if (record != null) {
        entries.add(new MasterEntry.Good(record, entry.line()));
      }
    } catch (IOException | IllegalArgumentException e) {
      entries.add(new MasterEntry.Bad(inWords(e), entry.line()));
    } catch (RuntimeException e) {
      // The library stumbles over some of what it cannot read, such as an altitude of "12.".
      entries.add(new MasterEntry.Bad("its data is not of its type: " + e, entry.line()));
    }
  }

  /**
   * The library would read other characters as their octets in Latin-1 and write those as UTF-8.
   */
  private static String ascii(String text) {
    boolean inComment = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      inComment = c != '\n' && (inComment || c == ';');
      if (c > '~' && !inComment) {
        throw new IllegalArgumentException(
            "\"" + c + "\" is not ASCII; write its octets as \\DDD, names in their A-label form");
      }
    }
    return text;
  }

  /** null for a directive and for a line of comment. */
  private @Nullable StaticRecord record(Tokenizer tokens) throws IOException {
    Tokenizer.Token first = tokens.get(true, false);
    if (first.type() == Tokenizer.WHITESPACE) {
      if (tokens.get().isEOL()) {
        return null;
      }
      tokens.unget();
      if (lastOwner == null) {
        throw new TextParseException(
            "the line begins with a space, and no record before has a name");
      }
      return record(lastOwner, tokens);
    }
    if (first.isEOL()) {
      return null;
    }
    if (first.value().startsWith("$")) {
      directive(first.value().toUpperCase(Locale.ROOT), tokens);
      return null;
    }
    lastOwner = org.xbill.DNS.Name.fromString(first.value(), origin);
    return record(lastOwner, tokens);
  }

  private void directive(String directive, Tokenizer tokens) throws IOException {
    switch (directive) {
      case "$ORIGIN" -> origin = org.xbill.DNS.Name.fromString(tokens.getString(), origin);
      case "$TTL" -> {
        defaultTtl = ttl(tokens.getString());
        ttlIsDirected = true;
      }
      default ->
          throw new TextParseException(
              directive + " is not supported; allowed: $ORIGIN and $TTL, and records");
    }
    tokens.getEOL();
  }

  /** {@code [TTL] [class] type RDATA}, TTL and class in either order. */
  private StaticRecord record(org.xbill.DNS.Name owner, Tokenizer tokens) throws IOException {
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
    byte[] wire = record.toWire(Section.ANSWER);
    int rdata = owner.length() + 10; // behind the name: type, class, TTL and RDLENGTH
    return new StaticRecord(
        Name.ofWire(owner.toWire()), type, ttl, Arrays.copyOfRange(wire, rdata, wire.length));
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
