package io.fairlead.dns.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.Zones;
import io.fairlead.dns.tsig.TsigAlgorithm;
import io.fairlead.dns.tsig.TsigKey;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.ZoneCompiler;
import io.fairlead.dns.zone.ZoneSpec;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

/** AXFR and IXFR out (RFC 5936, RFC 1995), read by code that is not ours. */
class TransfersTest {
  private static final InetAddress FRIEND = InetAddress.ofLiteral("192.0.2.9");
  private static final InetAddress STRANGER = InetAddress.ofLiteral("198.51.100.9");
  private static final byte[] SECRET = "0123456789abcdef".getBytes(US_ASCII);
  private static final TsigKey KEY =
      new TsigKey(Name.parse("key.example"), TsigAlgorithm.HMAC_SHA256, SECRET);

  private static final ZoneSpec ZONE =
      Zones.zone(
          "example",
          """
          info 300 TXT "x"
          sub  300 NS  ns.sub
          ns.sub 300 A 192.0.2.1
          OTHER.Example. 300 MX 10 Mail
          """);

  private final List<String> log = new ArrayList<>();
  private final Transfers transfers = new Transfers(Instant::now, log::add);

  @BeforeEach
  void allow() {
    use(ZONE, new TransferRules(List.of(network("192.0.2.0", 24)), List.of(), List.of()), "");
  }

  private static AllowedNetwork network(String address, int length) {
    return new AllowedNetwork(InetAddress.ofLiteral(address), length);
  }

  private void use(ZoneSpec spec, TransferRules rules, String refusal) {
    var content = ZoneCompiler.compile(List.of(spec), Map.of()).zones().getFirst().content();
    transfers.use(
        TransferTable.of(
            List.of(new TransferZone(content, rules, refusal)),
            List.of(Name.parse("example"), Name.parse("closed.example"))));
  }

  private List<byte[]> messages(Message query, InetAddress peer) {
    var messages = new ArrayList<byte[]>();
    try (Transfer transfer = transfers.begin(query.toWire(), peer)) {
      for (byte[] next = transfer.next(); next != null; next = transfer.next()) {
        messages.add(next);
      }
    }
    return messages;
  }

  private List<Record> records(Message query) {
    return messages(query, FRIEND).stream()
        .map(Asker::parse)
        .flatMap(message -> message.getSection(Section.ANSWER).stream())
        .toList();
  }

  private static Message ixfr(long serial) {
    Message query = Asker.query("example.", "IXFR");
    var apex = query.getQuestion().getName();
    query.addRecord(new SOARecord(apex, 1, 0, apex, apex, serial, 0, 0, 0, 0), Section.AUTHORITY);
    return query;
  }

  /** RFC 5936 section 2.2; glue is part of the zone (section 3.3), names keep their case (3.4). */
  @Test
  void aZoneStandsBetweenTwoOfItsSoa() {
    List<Record> records = records(Asker.query("example.", "AXFR"));

    assertThat(records.getFirst()).isInstanceOf(SOARecord.class).isEqualTo(records.getLast());
    assertThat(records.subList(1, records.size() - 1))
        .extracting(
            record ->
                record.getName()
                    + " "
                    + Type.string(record.getType())
                    + " "
                    + record.rdataToString())
        .containsExactlyInAnyOrder(
            "example. NS ns1.example.",
            "ns1.example. A 192.0.2.53",
            "info.example. TXT x",
            "sub.example. NS ns.sub.example.",
            "ns.sub.example. A 192.0.2.1",
            "OTHER.Example. MX 10 Mail.example.");
    assertThat(log).containsExactly("zone example with serial 1800000000 goes to 192.0.2.9");
  }

  @Test
  void everyMessageHasTheIdAndTheQuestion() {
    use(large(5000), rules(), "");
    Message query = Asker.query("EXAMPLE.", "AXFR");
    query.addRecord(new org.xbill.DNS.OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    List<byte[]> messages = messages(query, FRIEND);

    assertThat(messages)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            message -> {
              Message parsed = Asker.parse(message);
              assertThat(message.length).isLessThanOrEqualTo(16 << 10);
              assertThat(parsed.getHeader().getID()).isEqualTo(query.getHeader().getID());
              assertThat(parsed.getQuestion()).isEqualTo(query.getQuestion());
              assertThat(parsed.getRcode()).isZero();
            });
    assertThat(Asker.parse(messages.getFirst()).getOPT()).isNotNull();
    var names = new HashSet<String>();
    messages.forEach(
        message ->
            Asker.parse(message)
                .getSection(Section.ANSWER)
                .forEach(record -> names.add(record.getName().toString())));
    assertThat(names).hasSize(5000 + 2);
  }

  private static ZoneSpec large(int hosts) {
    return Zones.zone(
        "example",
        IntStream.range(0, hosts)
            .mapToObj(i -> "host%d 300 A 10.0.%d.%d".formatted(i, i / 256, i % 256))
            .collect(Collectors.joining("\n")));
  }

  private static TransferRules rules() {
    return new TransferRules(List.of(network("0.0.0.0", 0)), List.of(), List.of());
  }

  /** RFC 1995 section 2 and 4; serials by RFC 1982. */
  @ParameterizedTest
  @CsvSource({"1800000000, 1", "1800000001, 1", "1799999999, 8", "0, 8", "4000000000, 8"})
  void ixfrOfTheNewestVersionIsOneSoa(long serial, int records) {
    assertThat(records(ixfr(serial))).hasSize(records);
  }

  @Test
  void ixfrWithoutAVersionIsTheWholeZone() {
    assertThat(records(Asker.query("example.", "IXFR"))).hasSize(8);
  }

  /** RFC 8945 section 5.3.1: each message of many is signed, and signs the one before. */
  @Test
  void aSignedQuestionGetsSignedMessages() {
    use(large(3000), new TransferRules(List.of(), List.of(KEY), List.of()), "");
    var signer =
        new TSIG(TSIG.HMAC_SHA256, org.xbill.DNS.Name.fromConstantString("key.example."), SECRET);
    Message query = Asker.query("example.", "AXFR");
    signer.apply(query, null);
    var verifier = new TSIG.StreamVerifier(signer, Asker.parse(query.toWire()).getTSIG());

    List<byte[]> messages = messages(query, STRANGER);
    assertThat(messages).hasSizeGreaterThan(3);
    for (byte[] message : messages) {
      assertThat(verifier.verify(Asker.parse(message), message)).isEqualTo(Rcode.NOERROR);
    }
    assertThat(log).singleElement().asString().endsWith(", signed by key.example (hmac-sha256)");
  }

  @ParameterizedTest
  @CsvSource({
    "network,      192.0.2.9,     unsigned, NOERROR",
    "network,      198.51.100.9,  unsigned, REFUSED",
    "network,      2001:db8::9,   unsigned, REFUSED",
    "key,          198.51.100.9,  key,      NOERROR",
    "key,          198.51.100.9,  unsigned, REFUSED",
    "key,          198.51.100.9,  stranger, NOTAUTH",
    "network+key,  192.0.2.9,     key,      NOERROR",
    "network+key,  192.0.2.9,     unsigned, REFUSED",
    "network+key,  198.51.100.9,  key,      REFUSED",
    "nobody,       192.0.2.9,     unsigned, REFUSED",
  })
  void whoMayHaveAZone(String rules, String peer, String signature, String rcode) {
    use(
        ZONE,
        new TransferRules(
            rules.contains("network") ? List.of(network("192.0.2.0", 24)) : List.of(),
            rules.contains("key") ? List.of(KEY) : List.of(),
            List.of()),
        "");
    Message query = Asker.query("example.", "AXFR");
    if (!signature.equals("unsigned")) {
      new TSIG(
              TSIG.HMAC_SHA256,
              org.xbill.DNS.Name.fromConstantString(signature + ".example."),
              SECRET)
          .apply(query, null);
    }
    List<byte[]> messages = messages(query, InetAddress.ofLiteral(peer));
    assertThat(messages).hasSize(1);
    assertThat(Rcode.string(Asker.parse(messages.getFirst()).getRcode())).isEqualTo(rcode);
  }

  @ParameterizedTest
  @CsvSource({
    "example.org.,     NOTAUTH, 0, this is the apex of no zone",
    "info.example.,    NOTAUTH, 0, this is the apex of no zone",
    "closed.example.,  REFUSED, 18, no transfers are set",
  })
  void whatIsNoZoneToHave(String name, String rcode, int code, String reason) {
    refused(name, FRIEND, rcode, code, reason);
  }

  @Test
  void aRefusalSaysWhy() {
    refused(
        "example.",
        STRANGER,
        "REFUSED",
        18,
        "this address, or the key that signed, may not have the zone");
    use(ZONE, rules(), "the zone holds 2 services");
    refused("example.", FRIEND, "REFUSED", 0, "the zone holds 2 services");
  }

  private void refused(String name, InetAddress peer, String rcode, int code, String reason) {
    Message query = Asker.query(name, "AXFR");
    query.addRecord(new org.xbill.DNS.OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    Message reply = Asker.parse(messages(query, peer).getFirst());
    assertThat(Rcode.string(reply.getRcode())).isEqualTo(rcode);
    assertThat(reply.getSection(Section.ANSWER)).isEmpty();
    assertThat(reply.getOPT().getOptions(org.xbill.DNS.EDNSOption.Code.EDNS_EXTENDED_ERROR))
        .singleElement()
        .isInstanceOfSatisfying(
            org.xbill.DNS.ExtendedErrorCodeOption.class,
            error -> {
              assertThat(error.getErrorCode()).isEqualTo(code);
              assertThat(error.getText()).isEqualTo(reason);
            });
  }

  @Test
  void soManyRunAtOneTime() {
    var running = new ArrayList<Transfer>();
    byte[] query = Asker.query("example.", "AXFR").toWire();
    for (int i = 0; i < Transfers.MAX_RUNNING; i++) {
      running.add(transfers.begin(query, FRIEND));
    }
    assertThat(rcode(transfers.begin(query, FRIEND))).isEqualTo(Rcode.SERVFAIL);
    running.getFirst().close();
    running.getFirst().close();
    assertThat(rcode(transfers.begin(query, FRIEND))).isEqualTo(Rcode.NOERROR);
    assertThat(rcode(transfers.begin(query, FRIEND))).isEqualTo(Rcode.SERVFAIL);
  }

  private static int rcode(Transfer transfer) {
    byte[] first = transfer.next();
    assertThat(first).isNotNull();
    return Asker.parse(java.util.Objects.requireNonNull(first)).getRcode();
  }

  /** A cut or turned octet is a refusal at most. */
  @Test
  void damagedQuestionsAreValuesAndNoExceptions() {
    byte[] good = ixfr(1).toWire();
    for (int i = 12; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) 0xff;
      assertThat(rcode(transfers.begin(bad, STRANGER))).as("octet %d", i).isPositive();
      assertThat(rcode(transfers.begin(java.util.Arrays.copyOf(good, i), STRANGER))).isPositive();
    }
  }
}
