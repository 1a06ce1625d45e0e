package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.spec.HttpOptions;
import io.fairlead.health.spec.Tls;
import io.fairlead.health.spec.Tls.Trust;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.ExtendedSSLSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS checks of a real JDK server with certificates that keytool made. */
class TlsTest {
  private static final String NAME = TlsPeers.NAME;

  @TempDir static Path directory;
  private static TlsPeers peers;

  @BeforeAll
  static void certificates() throws Exception {
    peers = new TlsPeers(directory);
    peers.make("good", "-startdate", "-1d", "-validity", "30");
    peers.make("expired", "-startdate", "-30d", "-validity", "2");
  }

  @Test
  void anHttpCheckOverTls() throws Exception {
    var asked = new CompletableFuture<String>();
    try (var peer =
        peers.peer(
            "good",
            connection -> {
              var session = (ExtendedSSLSession) connection.getSession();
              asked.complete(session.getRequestedServerNames().toString());
              Peer.answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").serve(connection);
            })) {
      var options =
          new HttpOptions(
              Map.of(), "", Expected.text("ok"), List.of(), null, peers.trusting("good"));
      var check = new Check.Http("GET", NAME, "/", List.of(new StatusRange(200, 299)), options);

      assertThat(OneProbe.of(peer.port(), check).reason())
          .matches("status 200, body with \"ok\" in \\d+ ms");
      assertThat(asked.join()).contains(NAME);
    }
  }

  @Test
  void aHandshakeIsEnough() throws Exception {
    try (var peer = peers.peer("good", connection -> connection.startHandshake())) {
      assertThat(handshake(peer, peers.trusting("good")).reason()).matches("TLS agreed in \\d+ ms");
    }
  }

  @Test
  void whoIsNotTrustedIsDownUnlessAnyoneIs() throws Exception {
    try (var peer = peers.peer("good", connection -> connection.startHandshake())) {
      assertThat(handshake(peer, new Tls(NAME, new Trust.PublicAuthorities())).reason())
          .isEqualTo("its certificate is not signed by a trusted authority");
      assertThat(handshake(peer, new Tls(NAME, new Trust.Anyone())).verdict())
          .isEqualTo(Verdict.UP);
    }
  }

  @Test
  void aCertificateForAnotherName() throws Exception {
    try (var peer = peers.peer("good", connection -> connection.startHandshake())) {
      assertThat(handshake(peer, new Tls("bank.example", peers.trusting("good").trust())).reason())
          .startsWith("its certificate is for another name: ")
          .contains("bank.example");
      assertThat(handshake(peer, new Tls("bank.example", new Trust.Anyone())).verdict())
          .isEqualTo(Verdict.UP);
    }
  }

  @Test
  void anExpiredCertificate() throws Exception {
    try (var peer = peers.peer("expired", connection -> connection.startHandshake())) {
      assertThat(handshake(peer, peers.trusting("expired")).reason())
          .startsWith("its certificate has expired: NotAfter: ");
    }
  }

  @Test
  void aCertificateThatEndsSoonIsWarnedOf() throws Exception {
    try (var peer = peers.peer("good", connection -> connection.startHandshake())) {
      Trust trust = peers.trusting("good").trust();
      TargetStatus soon = handshake(peer, new Tls(NAME, trust, null, Duration.ofDays(60)));
      assertThat(soon.verdict()).isEqualTo(Verdict.UP);
      assertThat(soon.warning()).startsWith("its certificate ends at 20");
      assertThat(handshake(peer, new Tls(NAME, trust, null, Duration.ofDays(2))).warning())
          .isEmpty();
    }
  }

  @Test
  void whoIsAskedShowsWhoHeIs() throws Exception {
    try (var peer =
        peers.peer(
            "good",
            connection -> {
              connection.setNeedClientAuth(true);
              Peer.answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").serve(connection);
            })) {
      Trust trust = peers.trusting("good").trust();
      assertThat(get(peer, new Tls(NAME, trust, peers.identity("good"), Duration.ZERO)).verdict())
          .isEqualTo(Verdict.UP);
      assertThat(get(peer, new Tls(NAME, trust)).reason())
          .isEqualTo("refused TLS: certificate_required");
    }
  }

  private static TargetStatus get(Peer peer, Tls tls) {
    var options = new HttpOptions(Map.of(), "", null, List.of(), null, tls);
    return OneProbe.of(
        peer.port(), new Check.Http("GET", NAME, "/", List.of(new StatusRange(200, 299)), options));
  }

  @Test
  void noTlsAtAll() {
    try (var peer =
        new Peer(
            connection -> {
              int _ = connection.getInputStream().read();
              connection
                  .getOutputStream()
                  .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
            })) {
      assertThat(handshake(peer, new Tls(NAME, new Trust.Anyone())).reason()).isEqualTo("not TLS");
    }
  }

  @Test
  void silenceAndFarewellWithinTheHandshake() {
    var check = new Check.Conversation(List.of(), new Tls(NAME, new Trust.Anyone()));
    try (var peer =
        new Peer(
            connection ->
                connection.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
      assertThat(OneProbe.of("127.0.0.1", peer.port(), check, Duration.ofMillis(900)).reason())
          .matches("no answer within 900 ms \\(connected in \\d+ ms, TLS not agreed\\)");
    }
    try (var peer =
        new Peer(
            connection -> {
              byte[] _ = connection.getInputStream().readNBytes(1);
              connection.shutdownOutput();
              connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            })) {
      assertThat(handshake(peer, new Tls(NAME, new Trust.Anyone())).reason())
          .isEqualTo("closed before TLS was agreed");
    }
  }

  @Test
  void anAuthorityThatIsNoneIsNotTheTargetsFault() {
    var broken =
        new Tls(
            NAME,
            new Trust.OwnAuthorities(
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
    var check = new Check.Conversation(List.of(), broken);
    var loop =
        new io.netty.channel.MultiThreadIoEventLoopGroup(
            1, io.netty.channel.nio.NioIoHandler.newFactory());
    try {
      var result = new CompletableFuture<ProbeResult>();
      var probe =
          new SocketProbe(
              loop.next(),
              new java.util.Random(1),
              "fairlead/test",
              java.time.InstantSource.system());
      var target =
          new io.fairlead.health.spec.Target(
              java.net.InetAddress.getLoopbackAddress(),
              1,
              check,
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              1,
              1);
      loop.execute(() -> probe.start(target, result::complete));
      assertThat(result.join()).isInstanceOf(ProbeResult.NotCounted.class);
    } finally {
      var _ = loop.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }
  }

  private static TargetStatus handshake(Peer peer, Tls tls) {
    return OneProbe.of(peer.port(), new Check.Conversation(List.of(), tls));
  }
}
