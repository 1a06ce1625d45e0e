package io.fairlead.dns.tsig;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.dns.query.QueryHandler;
import io.fairlead.dns.query.SnapshotCell;
import io.fairlead.dns.query.Transport;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.World;
import io.fairlead.dns.wire.Name;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;

/** RFC 8945, section by section, against a signer and verifier that is not ours. */
class SigningHandlerTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
  private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);

  /** 452 octets of RDATA: a reply without TSIG fits 512, one with does not. */
  private static final String LONG = (" " + "y".repeat(225)).repeat(2);

  /** Header 12, question 14 + 4, the key's name with a pointer 6. */
  private static final int TSIG_TYPE_AT = 36;

  private final SigningHandler handler = new SigningHandler(queries(), () -> NOW);
  private final Asker asker = new Asker(handler);

  SigningHandlerTest() {
    handler.use(
        new TsigKeys(
            Arrays.stream(TsigAlgorithm.values())
                .map(algorithm -> new TsigKey(Name.parse("Key.example"), algorithm, SECRET))
                .toList()));
  }

  private static QueryHandler queries() {
    var cell = new SnapshotCell();
    cell.publish(new World().zone("example", "info 300 TXT x\nbig 300 TXT" + LONG).snapshot());
    return new QueryHandler(cell, EdnsSettings.DEFAULT);
  }

  /** Another spelling of the key's name is the same key: names are compared in lower case. */
  private static TSIG signer(String name, TsigAlgorithm algorithm, byte[] secret, Instant at) {
    try {
      return new TSIG(
          org.xbill.DNS.Name.fromString(algorithm.dnsName() + "."),
          org.xbill.DNS.Name.fromString(name),
          new SecretKeySpec(secret, algorithm.jdkName()),
          Clock.fixed(at, ZoneOffset.UTC));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static TSIG signer() {
    return signer("key.example.", TsigAlgorithm.HMAC_SHA256, SECRET, NOW);
  }

  private static Message signed(TSIG signer, String name) {
    Message query = Asker.query(name, "TXT");
    signer.apply(query, null);
    return Asker.parse(query.toWire());
  }

  private static int verified(TSIG signer, Message query, byte[] reply) {
    return signer.verify(Asker.parse(reply), reply, query.getTSIG());
  }

  @ParameterizedTest
  @EnumSource
  void section53aSignedQueryGetsASignedReply(TsigAlgorithm algorithm) {
    TSIG signer = signer("key.EXAMPLE.", algorithm, SECRET, NOW.minusSeconds(299));
    Message query = signed(signer, "info.example.");
    byte[] reply = asker.send(query.toWire());

    assertThat(verified(signer("key.example.", algorithm, SECRET, NOW), query, reply))
        .isEqualTo(Rcode.NOERROR);
    assertThat(Asker.parse(reply).getSection(Section.ANSWER)).hasSize(1);
    assertThat(Asker.parse(reply).getHeader().getFlag(Flags.AA)).isTrue();
  }

  @Test
  void section51aQueryWithoutSignatureGetsAReplyWithout() {
    assertThat(asker.ask("info.example.", "TXT").getTSIG()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "stranger.example., HMAC_SHA256, 0, 17, 0",
    "key.example.,      HMAC_SHA256, 1, 16, 0",
    "key.example.,      HMAC_SHA512, 1, 16, 0"
  })
  void section532anUnknownKeyAndAWrongOneGetNotauthUnsigned(
      String name, TsigAlgorithm algorithm, int wrong, int error, int macLength) {
    byte[] secret = SECRET.clone();
    secret[0] ^= (byte) wrong;
    Message reply = asker.ask(signed(signer(name, algorithm, secret, NOW), "info.example."));

    assertThat(reply.getRcode()).isEqualTo(Rcode.NOTAUTH);
    assertThat(reply.getSection(Section.ANSWER)).isEmpty();
    assertThat(reply.getTSIG().getError()).isEqualTo(error);
    assertThat(reply.getTSIG().getSignature()).hasSize(macLength);
  }

  @ParameterizedTest
  @CsvSource({"301", "-301", "86400"})
  void section523aWrongTimeIsAnsweredSignedWithOurs(long secondsOff) {
    TSIG signer =
        signer("key.example.", TsigAlgorithm.HMAC_SHA256, SECRET, NOW.plusSeconds(secondsOff));
    Message query = signed(signer, "info.example.");
    byte[] octets = asker.send(query.toWire());
    Message reply = Asker.parse(octets);

    assertThat(reply.getRcode()).isEqualTo(Rcode.NOTAUTH);
    assertThat(reply.getTSIG().getError()).isEqualTo(Rcode.BADTIME);
    assertThat(reply.getTSIG().getTimeSigned()).isEqualTo(NOW.plusSeconds(secondsOff));
    assertThat(ByteBuffer.wrap(reply.getTSIG().getOther(), 2, 4).getInt() & 0xffff_ffffL)
        .isEqualTo(NOW.getEpochSecond());
    assertThat(reply.getTSIG().getSignature()).hasSize(32);
    assertThat(signer.verify(reply, octets, query.getTSIG(), true)).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void section51aTsigThatIsNotTheLastOrNotTheOnlyOneIsAFormerr() {
    Message query = signed(signer(), "info.example.");
    query.addRecord(new org.xbill.DNS.OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    assertThat(asker.ask(query).getRcode()).isEqualTo(Rcode.FORMERR);

    Message twice = signed(signer(), "info.example.");
    twice.addRecord(twice.getTSIG(), Section.ADDITIONAL);
    assertThat(asker.ask(twice).getRcode()).isEqualTo(Rcode.FORMERR);
  }

  /** Half of the hash is the least; all that is sent is compared. */
  @ParameterizedTest
  @CsvSource({
    "32, NOERROR",
    "31, NOERROR",
    "16, NOERROR",
    "15, FORMERR",
    "0, FORMERR",
    "33, FORMERR"
  })
  void section5221aShortMac(int length, String rcode) {
    Message query = signed(signer(), "info.example.");
    TSIGRecord whole = query.getTSIG();
    query.removeRecord(whole, Section.ADDITIONAL);
    query.addRecord(
        new TSIGRecord(
            whole.getName(),
            whole.getDClass(),
            0,
            whole.getAlgorithm(),
            whole.getTimeSigned(),
            whole.getFudge(),
            Arrays.copyOf(whole.getSignature(), length),
            whole.getOriginalID(),
            0,
            new byte[0]),
        Section.ADDITIONAL);
    assertThat(Rcode.string(asker.ask(query).getRcode())).isEqualTo(rcode);
  }

  /** A forwarder may have changed the id: the original one is signed. */
  @Test
  void section42theOriginalIdCounts() {
    byte[] query = signed(signer(), "info.example.").toWire();
    query[0] ^= 0x55;
    assertThat(Asker.parse(asker.send(query)).getRcode()).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void section53whatDoesNotFitAnyMoreIsTruncatedAndSigned() {
    Message query = signed(signer(), "big.example.");
    byte[] reply = asker.send(query.toWire());
    assertThat(reply.length).isLessThanOrEqualTo(512);
    assertThat(Asker.parse(reply).getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(verified(signer(), query, reply)).isEqualTo(Rcode.NOERROR);
    byte[] tcp = asker.over(Transport.TCP).send(query.toWire());
    assertThat(verified(signer(), query, tcp)).isEqualTo(Rcode.NOERROR);
    assertThat(Asker.parse(tcp).getSection(Section.ANSWER)).hasSize(1);
  }

  /** Every octet that is cut off or turned is answered, or met with silence; nothing is thrown. */
  @Test
  void damagedSignaturesAreValuesAndNoExceptions() {
    byte[] good = signed(signer(), "info.example.").toWire();
    for (int i = 12; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) 0xff;
      byte[] reply = asker.send(bad);
      boolean tsigIsGone = i == TSIG_TYPE_AT || i == TSIG_TYPE_AT + 1;
      assertThat(
              tsigIsGone
                  || reply.length == 0
                  || Asker.parse(reply).getSection(Section.ANSWER).isEmpty())
          .as("octet %d", i)
          .isTrue();
      asker.send(Arrays.copyOf(good, i));
    }
  }

  @Test
  void secretsAreNotSaid() {
    assertThat(new TsigKey(Name.parse("k"), TsigAlgorithm.HMAC_SHA256, SECRET))
        .hasToString("k (hmac-sha256)");
  }
}
