package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.TapSpec;
import io.fairlead.config.WireSpec;
import io.fairlead.dns.limit.Prefix;
import io.fairlead.dns.limit.RateLimitSpec;
import io.fairlead.dns.net.TcpLimits;
import io.fairlead.dns.query.EdnsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tcp}, {@code edns} and {@code rateLimit}. */
class WireSectionsTest {
  @TempDir Path folder;

  @Test
  void eachKeyArrivesAtItsPlace() {
    assertThat(Loads.complete(folder).wire())
        .isEqualTo(
            new WireSpec(
                new EdnsSettings(1400, "node 7, oslo", Duration.ofSeconds(4)),
                true,
                folder.resolve("cookie-secrets.txt"),
                new RateLimitSpec(
                    true,
                    50,
                    3,
                    28,
                    64,
                    List.of(
                        new Prefix(InetAddress.ofLiteral("192.0.2.0"), 24),
                        new Prefix(InetAddress.ofLiteral("2001:db8::1"), 128))),
                new TapSpec(
                    Path.of("/srv/queries.log"),
                    Path.of("/run/dnstap.sock"),
                    Path.of("/srv/queries.tap"),
                    false,
                    true)));
  }

  @Test
  void whoSaysNothingGetsTheDefaults() {
    FairleadConfig config = Loads.config(folder, Loads.SMALLEST);

    assertThat(config.wire()).isEqualTo(WireSpec.DEFAULT);
    assertThat(config.listen().tcpLimits()).isEqualTo(TcpLimits.DEFAULT);
    assertThat(config.wire().rateLimit().allow()).isEqualTo(RateLimitSpec.LOOPBACK);
  }

  /** Who writes the section says whom it spares: loopback too. */
  @Test
  void whoWritesOfLimitsSpareNobodyUnasked() {
    RateLimitSpec spec =
        Loads.config(folder, Loads.SMALLEST + "rateLimit: { slip: 1 }\n").wire().rateLimit();

    assertThat(spec).isEqualTo(new RateLimitSpec(true, 200, 1, 24, 56, List.of()));
  }

  /** RFC 7828: what a client is told is what TCP does. */
  @Test
  void theTimeoutOfTcpIsToldByEdns() {
    assertThat(
            Loads.config(folder, Loads.SMALLEST + "tcp: { idleTimeout: 3s }\n")
                .wire()
                .edns()
                .tcpIdleTimeout())
        .isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tcp: { idleTimeout: 50ms }|tcp.idleTimeout|50ms is out of range",
        "tcp: { maxConnections: 0 }|tcp.maxConnections|0 is out of range",
        "edns: { payload: 511 }|edns.payload|511 is out of range",
        "edns: { nsid: 'ö' }|edns.nsid|does not fit; allowed: text of 1 to 128 printable ASCII",
        "edns: { cookies: { enabled: maybe } }|edns.cookies.enabled|allowed: true, false",
        "edns: { cookies: { secretFile: nowhere } }|edns.cookies.secretFile|nowhere cannot be read",
        "rateLimit: { slip: 11 }|rateLimit.slip|11 is out of range",
        "rateLimit: { prefix: { ipv4: 33 } }|rateLimit.prefix.ipv4|33 is out of range",
        "rateLimit: { allow: [10.0.0.1/8] }|rateLimit.allow[0]|has bits behind its first 8",
        "queryLog: {}|queryLog.file|the key is missing",
        "dnstap: {}|dnstap.socket|dnstap needs a socket, a file",
        "dnstap: { file: b, include: [] }|dnstap.include|the list is empty",
        "dnstap: { file: b, include: [answers] }|dnstap.include[0]|allowed: queries, replies",
        "rateLimit: { rate: 5 }|rateLimit.rate|unknown key",
      })
  void whatCannotBeIsRefused(String text, String key, String reason) {
    assertThat(Loads.problems(folder, Loads.SMALLEST + text + "\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.key()).isEqualTo(key))
        .satisfies(problem -> assertThat(problem.reason()).contains(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|has 0 secrets; allowed: one or two, each on its line",
        "# none|has 0 secrets",
        "00112233445566778899aabbccddee|:1: a secret of 30 characters; 32 hexadecimal digits are",
        "00112233445566778899aabbccddeefg|:1: a secret with a character that is no hexadecimal",
      })
  void aFileOfSecretsIsLookedInto(String text, String reason) throws IOException {
    Files.writeString(folder.resolve("secrets"), text == null ? "" : text);

    assertThat(
            Loads.problems(folder, Loads.SMALLEST + "edns: { cookies: { secretFile: secrets } }\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.reason()).contains(reason))
        .satisfies(problem -> assertThat(problem.reason()).doesNotContain("00112233"));
  }
}
