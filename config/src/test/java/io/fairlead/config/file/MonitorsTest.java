package io.fairlead.config.file;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.spec.HttpOptions;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.health.spec.Place;
import io.fairlead.health.spec.Step;
import io.fairlead.health.spec.Tls;
import io.fairlead.health.spec.Tls.Identity;
import io.fairlead.health.spec.Tls.Trust;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type of monitor: what a good one becomes, and what is refused of a bad one. */
class MonitorsTest {
  @TempDir Path folder;

  @Test
  void https() {
    var tls =
        new Tls(
            "",
            new Trust.OwnAuthorities(Loads.resource("authorities.pem")),
            new Identity(Loads.resource("client.pem"), Loads.resource("client-key.pem")),
            Duration.ofDays(2));
    var options =
        new HttpOptions(
            Map.of(
                "Accept", "text/plain",
                "X-Probe", "",
                "Authorization", HttpOptions.basicAuthorization("probe", "open sesame")),
            "\0\u00ff\n",
            new Expected("ready|idle", true, 4096),
            List.of(new StatusRange(503, 503)),
            Expected.text("closed"),
            tls);
    MonitorSpec shop = complete("shop");

    assertThat(shop.port()).isEqualTo(443);
    assertThat(shop.type())
        .isEqualTo(
            new MonitorSpec.Type.Http(
                "POST", null, "/", List.of(new StatusRange(200, 200)), options));
  }

  @Test
  void plainHttpWithItsPassword() {
    assertThat(complete("plain").port()).isEqualTo(80);
    assertThat(complete("plain").type())
        .isEqualTo(
            new MonitorSpec.Type.Http(
                "GET",
                null,
                "/",
                List.of(new StatusRange(200, 399)),
                new HttpOptions(
                    Map.of("Authorization", HttpOptions.basicAuthorization("probe", "secret")),
                    "",
                    null,
                    List.of(),
                    null,
                    null)));
  }

  @Test
  void aConversationWithinTls() {
    assertThat(complete("mail").type())
        .isEqualTo(
            new MonitorSpec.Type.Secure(
                "mail.example.com",
                List.of(
                    new Step.Receive(new Expected("220 ", false, 512)), new Step.Send("QUIT\r\n")),
                new Tls("", new Trust.Anyone())));
  }

  @Test
  void datagrams() {
    assertThat(complete("echo").type())
        .isEqualTo(new MonitorSpec.Type.Same(new Check.Udp("ping", Expected.text("po"))));
    assertThat(complete("names").port()).isEqualTo(53);
    assertThat(complete("names").type())
        .isEqualTo(
            new MonitorSpec.Type.Same(
                new Check.Dns(
                    "app.example.com", "AAAA", 0, Set.of(InetAddress.ofLiteral("2001:db8::1")))));
  }

  @Test
  void pingGrpcAndPrograms() {
    assertThat(complete("echo-request").type())
        .isEqualTo(new MonitorSpec.Type.Same(new Check.Ping()));
    assertThat(complete("echo-request").port()).isZero();
    assertThat(complete("cart").type())
        .isEqualTo(
            new MonitorSpec.Type.Grpc(null, "shop.v1.Cart", new Tls("", new Trust.Anyone())));
    assertThat(complete("script").type())
        .isEqualTo(new MonitorSpec.Type.External(null, "/bin/sh", List.of("-c", "exit 0")));
  }

  @Test
  void halfOpenAndHttp2() {
    assertThat(complete("syn").type()).isEqualTo(new MonitorSpec.Type.Same(new Check.HalfOpen()));
    assertThat(((MonitorSpec.Type.Http) complete("modern").type()).options().http2()).isTrue();
    assertThat(((MonitorSpec.Type.Http) complete("shop").type()).options().http2()).isFalse();
  }

  /** The digest is that of coreutils' sha256sum. */
  @Test
  void reportsOfASite() {
    MonitorSpec heartbeat = complete("heartbeat");
    assertThat(heartbeat.timeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(complete("heartbeat-of-file").timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(heartbeat.type())
        .isEqualTo(
            new MonitorSpec.Type.Push(
                "11b235fc29cea6f9c429af089dbf39ebe4ec4e847a07324f8d7550fe05aee74a"));
    var place = new Place.Address(InetAddress.ofLiteral("192.0.2.1"));
    assertThat(heartbeat.target(place, 8080, "app.example"))
        .as("no port, no host: only whose reports are meant")
        .isEqualTo(heartbeat.target(place, 0, "other.example"));
  }

  @Test
  void aSourceThatIsNotOfThisMachineIsWarnedOf() {
    assertThat(warnings("192.0.2.9"))
        .contains("monitors[0].source: 192.0.2.9 is no address of this machine now");
    assertThat(warnings("[127.0.0.9, \"::1\"]")).isEmpty();
  }

  @Test
  void sendAndReceiveAreTheShortConversation() {
    assertThat(one("{ name: m, type: tcp, port: 1, send: \"é\\n\", receive: ok }").type())
        .isEqualTo(
            new MonitorSpec.Type.Same(
                new Check.Conversation(
                    List.of(new Step.Send("\u00c3\u00a9\n"), new Step.Receive(Expected.text("ok"))),
                    null)));
  }

  /** SNI follows the Host header, which follows the member. */
  @ParameterizedTest
  @CsvSource({
    "a.example.com,       a.example.com",
    "a.example.com:8443,  a.example.com",
    "[2001:db8::1]:8443,  2001:db8::1",
    "2001:db8::1,         2001:db8::1"
  })
  void theServerNameIsTheHostWithoutItsPort(String probeHost, String serverName) {
    MonitorSpec monitor = one("{ name: m, type: https }");
    var place = new Place.Address(InetAddress.ofLiteral("192.0.2.1"));
    var check = (Check.Http) monitor.target(place, 0, probeHost).check();

    assertThat(check.host()).isEqualTo(probeHost);
    assertThat(requireNonNull(check.options().tls()).serverName()).isEqualTo(serverName);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ name: m, type: tcp } | port | a monitor of type tcp needs a port",
        "{ name: m, type: tcp, port: 1, tls: {} } | tls | only a monitor of type https or tls or"
            + " grpc",
        "{ name: m, type: http, expect: { rcode: any } } | expect.rcode | only a monitor of type"
            + " dns",
        "{ name: m, type: dns } | query | a monitor of type dns needs a query",
        "{ name: m, type: dns, query: { name: a, type: X } } | query.type | \"X\" is unknown",
        "{ name: m, type: udp, port: 7 } | send | a monitor of type udp needs something to send",
        "{ name: m, type: ping, port: 1 } | port | only a monitor of type http",
        "{ name: m, type: push } | token | exactly one of token, tokenFile is needed",
        "{ name: m, type: push, token: short } | token | the token has 5 characters; allowed: 16",
        "{ name: m, type: push, tokenFile: absent.txt } | tokenFile | absent.txt does not exist",
        "{ name: m, type: push, token: a-long-enough-secret, interval: 5s } | interval | only a"
            + " monitor that sends probes",
        "{ name: m, type: push, token: a-long-enough-secret, rise: 1 } | rise | only a monitor that"
            + " sends probes",
        "{ name: m, type: push, token: a-long-enough-secret, port: 1 } | port | only a monitor of"
            + " type http",
        "{ name: m, type: http, token: a-long-enough-secret } | token | only a monitor of type"
            + " push",
        "{ name: m, type: http, http2: true } | http2 | only a monitor of type https",
        "{ name: m, type: http, halfOpen: true } | halfOpen | only a monitor of type tcp",
        "{ name: m, type: tcp, port: 1, halfOpen: true, send: a } | halfOpen | says nothing",
        "{ name: m, type: http, source: [127.0.0.1, 127.0.0.2] } | source | two addresses of one"
            + " family",
        "{ name: m, type: http, source: here } | source | allowed:",
        "{ name: m, type: external } | program | needs a program",
        "{ name: m, type: external, program: absent.sh } | program | absent.sh does not exist",
        "{ name: m, type: external, program: fairlead.yaml } | program | is no program that this"
            + " user may run",
        "{ name: m, type: grpc, port: 1, service: 'a b' } | service | \"a b\" does not fit",
        "{ name: m, type: http, headers: { 'a b': c } } | headers.a b | \"a b\" is no name of a"
            + " header",
        "{ name: m, type: http, headers: { a: \"c\\nd\" } } | headers.a | allowed: headers",
        "{ name: m, type: http, expect: { body: { regex: '(' } } } | expect.body.regex | \"(\" is"
            + " no regular expression: Unclosed group",
        "{ name: m, type: http, expect: { body: { hex: '0' } } } | expect.body.hex | allowed:"
            + " octets in hexadecimal",
        "{ name: m, type: http, expect: { body: { hex: '00', text: a } } } | expect.body.hex |"
            + " exactly one of text, regex, hex",
        "{ name: m, type: http, expect: { body: { text: a, within: 1MiB } } } | expect.body.within"
            + " | 1MiB is out of range",
        "{ name: m, type: http, expect: { body: { text: a, within: 10 } } } | expect.body.within |"
            + " 10 has no unit; write 10B",
        "{ name: m, type: tcp, port: 1, send: a, conversation: [ { send: b } ] } | conversation |"
            + " send and receive are steps of it",
        "{ name: m, type: tcp, port: 1, conversation: [ {} ] } | conversation[0] | exactly one of"
            + " send, receive",
        "{ name: m, type: http, basicAuth: { user: a } } | basicAuth | exactly one of password,"
            + " passwordFile",
        "{ name: m, type: http, basicAuth: { user: 'a:b', password: c } } | basicAuth.user | a user"
            + " has none",
        "{ name: m, type: https, tls: { authorities: absent.pem } } | tls.authorities | absent.pem"
            + " does not exist",
        "{ name: m, type: https, tls: { certificate: fairlead.yaml } } | tls.certificate | name"
            + " both",
        "{ name: m, type: https, tls: { authorities: fairlead.yaml } } | tls.authorities | it is of"
            + " no use",
        "{ name: m, type: https, tls: { verify: false, authorities: fairlead.yaml } } |"
            + " tls.authorities | trusts anyone"
      })
  void isRefused(String monitor, String key, String reason) {
    String lines = Loads.lines(Loads.problems(folder, text(monitor)));
    assertThat(lines).contains("monitors[0]." + key).contains(reason);
  }

  @Test
  void asManyAsThereAreCanBeRequired() {
    String text =
        text("{ name: m, type: tcp, port: 1 }")
            .replace("    pools:", "    monitors: [m]\n    monitorsRequired: 2\n    pools:");
    assertThat(Loads.lines(Loads.problems(folder, text)))
        .endsWith(
            "services[0].monitorsRequired: more than the service has monitors; allowed: all, any,"
                + " or at most 1");
    assertThat(
            Loads.config(folder, text.replace("monitorsRequired: 2", "monitorsRequired: 1"))
                .services()
                .getFirst()
                .monitorsRequired())
        .isEqualTo(1);
  }

  @Test
  void theMonitorsOfASiteNeedItsAddress() {
    String text =
        text("{ name: m, type: tcp, port: 1 }")
            .replace("- name: here", "- { name: here, monitors: [m] }");
    assertThat(Loads.lines(Loads.problems(folder, text)))
        .endsWith("sites[0].monitors: the monitors of a site need its address; allowed: address");
  }

  private MonitorSpec complete(String name) {
    return Loads.complete(folder).monitors().stream()
        .filter(monitor -> monitor.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private MonitorSpec one(String monitor) {
    return Loads.config(folder, text(monitor)).monitors().getFirst();
  }

  private String warnings(String source) {
    String text = text("{ name: m, type: http, source: " + source + " }");
    return Loads.lines(Loads.loaded(folder, text).warnings());
  }

  private static String text(String monitor) {
    return Loads.SMALLEST + "monitors:\n  - " + monitor + "\n";
  }
}
