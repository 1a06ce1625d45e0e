package io.fairlead.config.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.TransferSpec;
import io.fairlead.dns.transfer.AllowedNetwork;
import io.fairlead.dns.transfer.TransferRules;
import io.fairlead.dns.tsig.TsigAlgorithm;
import io.fairlead.dns.tsig.TsigKey;
import io.fairlead.dns.wire.Name;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may have a zone whole, as a file says it. */
class TransfersTest {
  @TempDir Path folder;

  private static String withTransfers(String transfers) {
    return Loads.SMALLEST.replace("sites:\n", "    transfers: " + transfers + "\nsites:\n");
  }

  @Test
  void rulesArriveWhole() {
    assertThat(Loads.complete(folder).transfers())
        .containsExactly(
            new TransferSpec(
                Name.parse("gslb.example.com"),
                new TransferRules(
                    List.of(new AllowedNetwork(InetAddress.ofLiteral("192.0.2.0"), 24)),
                    List.of(
                        key("key.example.com", TsigAlgorithm.HMAC_SHA512, "fedcba9876543210"),
                        key("other.example.com", TsigAlgorithm.HMAC_SHA256, "0123456789abcdef")),
                    List.of(
                        new InetSocketAddress(InetAddress.ofLiteral("192.0.2.54"), 53),
                        new InetSocketAddress(InetAddress.ofLiteral("2001:db8::54"), 5300))),
                TransferSpec.Services.CURRENT));
  }

  private static TsigKey key(String name, TsigAlgorithm algorithm, String secret) {
    return new TsigKey(Name.parse(name), algorithm, secret.getBytes(US_ASCII));
  }

  @Test
  void withoutRulesNobodyMay() {
    assertThat(Loads.config(folder, Loads.SMALLEST).transfers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ notify: [192.0.2.1] } | nobody may transfer the zone; say who may, by allow, tsigKeys"
            + " or",
        "{ allow: [192.0.2.0/24], notify: [0.0.0.0] } | 0.0.0.0 is not the address of one host",
        "{ allow: [192.0.2.0/24], notify: ['192.0.2.1:0'] } | a port of 0 is no server's",
        "{ allow: [192.0.2.0/24], notify: [ns.example] } | is not ADDRESS:PORT",
        "{ tsigKeys: [ { name: k } ] } | a key has either a secret or a secretFile",
        "{ tsigKeys: [ { name: k, secret: '%' } ] } | the secret is not Base64",
        "{ tsigKeys: [ { name: k, secret: eA== } ] } | the secret has 1 octets; allowed: at least"
            + " 16",
        "{ tsigKeys: [ { name: k, secretFile: none } ] } | cannot read the secret",
        "{ tsigKeys: [ { name: k, algorithm: md5, secret: MDEyMzQ1Njc4OWFiY2RlZg== } ] } | allowed:"
            + " hmac-sha256,",
        "{ allow: [192.0.2.0/24], services: all } | allowed: exclude, current"
      })
  void whatIsWrong(String transfers, String reason) {
    assertThat(Loads.problems(folder, withTransfers(transfers)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(6);
              assertThat(problem.key()).startsWith("zones[0].transfers");
              assertThat(problem.reason()).contains(reason);
            });
  }
}
