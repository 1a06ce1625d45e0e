package io.fairlead.dns.query;

import static io.fairlead.dns.query.Truth.NO_SUCH_NAME;
import static io.fairlead.dns.query.Truth.NO_SUCH_TYPE;
import static io.fairlead.dns.testing.World.addresses;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.World;
import io.fairlead.dns.zone.SteeredRrSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A service is a name as any other: RFC 1034 and 4592 hold for what is beside, below and above it.
 */
class ServicesInZonesTest {
  private static final List<SteeredRrSet> SERVED =
      List.of(addresses(2, (_, _, _, choice) -> choice.take(0), "192.0.2.1"));

  private final Asker asker =
      new World()
          .zone(
              "example",
              """
              beside      300 TXT   "static"
              beside      300 MX    10 mail
              *.stars     300 A     192.0.2.7
              *.stars     300 TXT   "wild"
              x.above     300 A     192.0.2.8
              to          300 CNAME beside
              to-wild     300 CNAME any.wild
              old         300 DNAME beside
              cut         300 NS    ns.elsewhere.test.
              """)
          .zone("child.example", "static 300 A 192.0.2.20")
          .service("beside.example", SERVED)
          .service("in.stars.example", SERVED)
          .service("deep.in.between.example", SERVED)
          .service("above.example", SERVED)
          .service("*.wild.example", SERVED)
          .service("one.wild.example", SERVED)
          .service("app.child.example", SERVED)
          .service("old.example", SERVED)
          .service("example", SERVED)
          .asker();

  static Stream<Truth> truths() {
    return Stream.of(
        served("beside.example", "1034 4.3.2: its own type"),
        new Truth(
            "1034 3.6: other types of its name are static",
            "beside.example MX",
            "NOERROR aa rd",
            "AN beside.example. 300 MX 10 mail.example."),
        new Truth("4074: a type that neither has", "beside.example AAAA", NO_SUCH_TYPE),
        new Truth(
            "1034 4.3.2 3a: a static alias leads to it",
            "to.example A",
            "NOERROR aa rd",
            "AN to.example. 300 CNAME beside.example.",
            "AN beside.example. 2 A 192.0.2.1"),
        new Truth(
            "4592 3.3: a static alias into its wildcard",
            "to-wild.example A",
            "NOERROR aa rd",
            "AN to-wild.example. 300 CNAME any.wild.example.",
            "AN any.wild.example. 2 A 192.0.2.1"),
        served("in.stars.example", "4592 3.3: it exists, so no wildcard stands for it"),
        new Truth("4592 2.2.1: nor for its other types", "in.stars.example TXT", NO_SUCH_TYPE),
        new Truth(
            "4592 3.3.1: it is the closest encloser, and blocks",
            "below.in.stars.example A",
            NO_SUCH_NAME),
        new Truth(
            "4592 3.3: beside it the wildcard stands",
            "other.stars.example A",
            "NOERROR aa rd",
            "AN other.stars.example. 300 A 192.0.2.7"),
        served("deep.in.between.example", "1034 3.1: below names that nobody wrote"),
        new Truth("8020 2: such names are empty", "in.between.example A", NO_SUCH_TYPE),
        new Truth("8020 2: all of them", "between.example TXT", NO_SUCH_TYPE),
        new Truth("8020 2: with nothing beside", "not.between.example A", NO_SUCH_NAME),
        served("above.example", "1034 3.1: above a static name"),
        new Truth(
            "1034 3.1: the static name below",
            "x.above.example A",
            "NOERROR aa rd",
            "AN x.above.example. 300 A 192.0.2.8"),
        new Truth("4592 2.2.1: nothing else below", "y.above.example A", NO_SUCH_NAME),
        served("any.wild.example", "4592 3.3: a wildcard service"),
        served("a.b.wild.example", "4592 3.3: of many labels"),
        new Truth("4592 2.2.1: its missing type", "any.wild.example MX", NO_SUCH_TYPE),
        new Truth("4592 2.2.2: its parent is empty", "wild.example A", NO_SUCH_TYPE),
        served("one.wild.example", "4592 3.3: a service beside it"),
        new Truth("4592 3.3.1: which blocks it", "x.one.wild.example A", NO_SUCH_NAME),
        served("app.child.example", "1034 4.3.2: in a zone below another"),
        served("old.example", "6672 2.3: at the owner of a DNAME"),
        new Truth(
            "6672 3.2: below that owner the DNAME rules",
            "x.old.example A",
            "NXDOMAIN aa rd",
            "AN old.example. 300 DNAME beside.example.",
            "AN x.old.example. 300 CNAME x.beside.example.",
            "AU example. 30 " + Truth.SOA),
        served("example", "1034 4.2: at the apex"),
        new Truth(
            "1034 4.2: beside the apex's own",
            "example SOA",
            "NOERROR aa rd",
            "AN example. 30 " + Truth.SOA),
        new Truth(
            "1034 4.3.2 3b: a delegation is none of it",
            "any.cut.example A",
            "NOERROR rd",
            "AU cut.example. 300 NS ns.elsewhere.test."));
  }

  private static Truth served(String name, String rfc) {
    return new Truth(rfc, name + " A", "NOERROR aa rd", "AN " + name + ". 2 A 192.0.2.1");
  }

  @ParameterizedTest
  @MethodSource("truths")
  void isTrue(Truth truth) {
    assertThat(asker.transcript(truth.query())).isEqualTo(truth.expected());
  }
}
