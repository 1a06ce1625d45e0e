package io.fairlead.config.file.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.StaticRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 1035 section 5 and RFC 2308 section 4: entries, directives, and what is no record. */
class MasterFileTest {
  private static final Name APEX = Name.parse("gslb.example.com");

  private static List<MasterEntry> read(String text) {
    var entries = new ArrayList<MasterEntry>();
    MasterFile.read(text, APEX, new MasterFiles(Path.of("."), _ -> {}), entries::add);
    return entries;
  }

  private static List<StaticRecord> records(String text) {
    return read(text).stream()
        .map(
            entry ->
                switch (entry) {
                  case MasterEntry.Good(var record, _) -> record;
                  case MasterEntry.Bad(var reason, _) -> throw new AssertionError(reason);
                })
        .toList();
  }

  private static StaticRecord one(String text) {
    assertThat(records(text)).hasSize(1);
    return records(text).getFirst();
  }

  /** TTL and class may stand in either order or not at all. */
  @ParameterizedTest
  @CsvSource({
    "x 60 IN A 192.0.2.1, 60",
    "x IN 60 A 192.0.2.1, 60",
    "x in A 192.0.2.1, 300",
    "x 60 a 192.0.2.1, 60",
    "x A 192.0.2.1, 300",
    "x 1h30m A 192.0.2.1, 5400",
    "x 0 A 192.0.2.1, 0",
    "x 2147483647 A 192.0.2.1, 2147483647"
  })
  void theHeadOfARecord(String text, long ttl) {
    StaticRecord record = one(text);
    assertThat(record.owner()).isEqualTo(Name.parse("x.gslb.example.com"));
    assertThat(record.type()).isEqualTo(RrType.A);
    assertThat(record.ttlSeconds()).isEqualTo(ttl);
    assertThat(record.rdata()).containsExactly(192, 0, 2, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "@, gslb.example.com",
    "x, x.gslb.example.com",
    "x.example.net., x.example.net",
    "*.y, *.y.gslb.example.com",
    "a\\.b, a\\.b.gslb.example.com"
  })
  void theOwnerOfARecord(String owner, String name) {
    assertThat(one(owner + " A 192.0.2.1").owner()).isEqualTo(Name.parse(name));
  }

  /** RDATA as RFC 1035 section 3.3 draws it, names whole and in the case that they were given. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A 192.0.2.1              | c0000201",
        "AAAA 2001:db8::1         | 20010db8000000000000000000000001",
        "CNAME Fruit.example.net. | 054672756974076578616d706c65036e657400",
        "MX 10 .                  | 000a00",
        "TXT \"a b\" c            | 036120620163",
        "TXT \"\\195\\166\"       | 02c3a6",
        "SRV 1 2 53 .             | 00010002003500",
        "CAA 0 issue \"x\"        | 0005697373756578",
        "HTTPS 1 . alpn=h2        | 0001000001000302 6832",
        "TYPE65280 \\# 2 abcd     | abcd",
        "TYPE1 \\# 4 c0000201     | c0000201"
      })
  void rdataInWireForm(String text, String wire) {
    assertThat(one("x " + text).rdata()).isEqualTo(HexFormat.of().parseHex(wire.replace(" ", "")));
  }

  @Test
  void aLineThatBeginsWithASpaceHasTheOwnerBefore() {
    assertThat(records("x A 192.0.2.1\n\n  TXT second ; comment\n\tTXT third\n"))
        .extracting(StaticRecord::owner)
        .containsOnly(Name.parse("x.gslb.example.com"))
        .hasSize(3);
  }

  @Test
  void parenthesesJoinLines() {
    StaticRecord record = one("x TXT ( \"a;(\" ; a comment with ) and \"\n  \"b\"\n )\n; end");
    assertThat(record.rdata()).containsExactly(3, 'a', ';', '(', 1, 'b');
  }

  @Test
  void originMovesWhatRelativeNamesAreRelativeTo() {
    assertThat(records("$ORIGIN sub\nx A 192.0.2.1\n$ORIGIN example.net.\nx CNAME y\n"))
        .extracting(record -> record.owner().toString())
        .containsExactly("x.sub.gslb.example.com", "x.example.net");
  }

  /** RFC 2308 section 4; without $TTL the last one stated (RFC 1035 section 5.1). */
  @Test
  void theTtlThatIsLeftOut() {
    assertThat(
            records(
                "a A 192.0.2.1\nb 60 A 192.0.2.1\nc A 192.0.2.1\n$TTL 1d\nd A 192.0.2.1\n"
                    + "e 5 A 192.0.2.1\nf A 192.0.2.1"))
        .extracting(StaticRecord::ttlSeconds)
        .containsExactly(300L, 60L, 60L, 86400L, 5L, 86400L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x A 1.2.3                | Invalid address: 1.2.3",
        "x A 192.0.2.1 5          | unexpected tokens at end of record",
        "x A                      | expected an address",
        "x                        | expected an identifier",
        "x 300                    | expected an identifier",
        "x \"\" A 192.0.2.1       | expected an identifier",
        "x BOGUS 1                | \"BOGUS\" is not a record type",
        "x CH A 192.0.2.1         | class CH is not served; allowed: IN",
        "x 2147483648 A 192.0.2.1 | a TTL of 2147483648 s is out of range",
        "x 5000000000 A 192.0.2.1 | \"5000000000\" is not a TTL",
        "x 60 60 A 192.0.2.1      | \"60\" is not a record type",
        "x ANY 1                  | ANY is no type that a zone can hold",
        "x OPT                    | OPT is no type that a zone can hold",
        "x AXFR                   | AXFR is no type that a zone can hold",
        "x TXT \"open             | the quoted string is not closed in its line",
        "x A ( 192.0.2.1          | a parenthesis is not closed",
        "x A 192.0.2.1 )          | a parenthesis is not opened",
        "..x A 192.0.2.1          | '..x': invalid empty label",
        "ø A 192.0.2.1            | \"ø\" is not ASCII",
        "$INCLUDE /etc/passwd     | only files below the configuration's folder are included",
        "$INCLUDE ../nowhere      | does not exist",
        "$INCLUDE                 | expected a string",
        "$GENERATE 9 a$ A 1.1.1.$ | \"9\" is no range of $GENERATE; allowed: such as 1-100",
        "$GENERATE 9-1 a$ A 1.1.1.$ | $GENERATE 9-1 is -7 records; allowed: 1 to 1000000",
        "$GENERATE 0-4294967295 a$ A 1.1.1.1 | is 4294967296 records; allowed: 1 to 1000000",
        "$GENERATE 1-2 a$ TXT x   | $GENERATE does not support TXT records",
        "$DATE                    | $DATE is not supported; allowed: $ORIGIN, $TTL, $INCLUDE",
        "$TTL soon                | \"soon\" is not a TTL",
        "$ORIGIN                  | expected a string",
        "$TTL 5 6                 | expected EOL or EOF",
        "x AAAA ::1%lo            | Invalid address",
        "x DS 1 2 3 zz            | invalid hex"
      })
  void whatIsNoRecord(String text, String reason) {
    assertThat(read("good A 192.0.2.1\n" + text + "\nlast A 192.0.2.2").get(1))
        .isInstanceOfSatisfying(
            MasterEntry.Bad.class,
            bad -> {
              assertThat(bad.reason()).contains(reason);
              assertThat(bad.place().line()).isEqualTo(1);
            });
  }

  @Test
  void aLineThatBeginsWithASpaceNeedsARecordBefore() {
    assertThat(read("  A 192.0.2.1"))
        .containsExactly(
            new MasterEntry.Bad(
                "the line begins with a space, and no record before has a name",
                new MasterPlace(null, 0)));
  }

  @Test
  void aBadEntryDoesNotHideTheNext() {
    assertThat(read("a A 1\nb A 192.0.2.1\n\n; c\nd TXT \"open\ne A 2\n"))
        .extracting(entry -> entry.place().line() + " " + entry.getClass().getSimpleName())
        .containsExactly("0 Bad", "1 Good", "4 Bad", "5 Bad");
  }

  @Test
  void generateCounts() {
    assertThat(records("$GENERATE 1-9/4 host${10,3} 60 A 192.0.2.$\nlast A 192.0.2.1"))
        .extracting(record -> record.owner() + " " + record.ttlSeconds() + " " + record.rdata()[3])
        .containsExactly(
            "host011.gslb.example.com 60 1",
            "host015.gslb.example.com 60 5",
            "host019.gslb.example.com 60 9",
            "last.gslb.example.com 300 1");
  }

  /** A file from before $TTL: what its SOA calls MINIMUM (RFC 1035 section 3.3.13). */
  @Test
  void withoutAnyTtlTheSoaSaysIt() {
    assertThat(records("@ SOA a b 1 2 3 4 77\n@ NS a\nx 5 A 192.0.2.1\ny A 192.0.2.1"))
        .extracting(StaticRecord::ttlSeconds)
        .containsExactly(77L, 77L, 5L, 5L);
  }

  @Test
  void linesEndAsTheyDoAnywhere() {
    assertThat(read("a A 192.0.2.1\r\nb A 192.0.2.2\rc A 1\n"))
        .extracting(entry -> entry.place().line() + " " + entry.getClass().getSimpleName())
        .containsExactly("0 Good", "1 Good", "2 Bad");
  }

  @Test
  void anEntryThatNeverEnds() {
    assertThat(read("x TXT (" + "y ".repeat(MasterScanner.MAX_ENTRY) + "\n)\nz A 192.0.2.1"))
        .satisfiesExactly(
            entry ->
                assertThat(entry)
                    .isInstanceOfSatisfying(
                        MasterEntry.Bad.class,
                        bad -> assertThat(bad.reason()).contains("longer than 524288 characters")),
            entry -> assertThat(entry).isInstanceOf(MasterEntry.Good.class));
  }

  @Test
  void commentsMayBeInAnyLanguage() {
    assertThat(records("; höyde\nx A 192.0.2.1 ; blåbær \"(\n")).hasSize(1);
  }

  @Test
  void rdataThatIsTooLong() {
    String text = "x TXT" + (" \"" + "y".repeat(255) + "\"").repeat(257);
    assertThat(read(text)).singleElement().isInstanceOf(MasterEntry.Bad.class);
  }
}
