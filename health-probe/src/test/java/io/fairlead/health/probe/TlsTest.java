package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.spec.HttpOptions;
import io.fairlead.health.spec.Tls;
import io.fairlead.health.spec.Tls.Trust;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS checks of a real JDK server with certificates that keytool made. */
class TlsTest {
  private static final String NAME = "shop.example";
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path directory;

  @BeforeAll
  static void certificates() throws Exception {
    makeCertificate("good", "-startdate", "-1d", "-validity", "30");
    makeCertificate("expired", "-startdate", "-30d", "-validity", "2");
  }

  @Test
  void anHttpCheckOverTls() throws Exception {
    var asked = new CompletableFuture<String>();
    try (var peer =
        tlsPeer(
            "good",
            connection -> {
              var session = (ExtendedSSLSession) connection.getSession();
              asked.complete(session.getRequestedServerNames().toString());
              Peer.answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").serve(connection);
            })) {
      var options =
          new HttpOptions(Map.of(), "", Expected.text("ok"), List.of(), null, trusting("good"));
      var check = new Check.Http("GET", NAME, "/", List.of(new StatusRange(200, 299)), options);

      assertThat(OneProbe.of(peer.port(), check).reason())
          .matches("status 200, body with \"ok\" in \\d+ ms");
      assertThat(asked.join()).contains(NAME);
    }
  }

  @Test
  void aHandshakeIsEnough() throws Exception {
    try (var peer = tlsPeer("good", connection -> connection.startHandshake())) {
      assertThat(handshake(peer, trusting("good")).reason()).matches("TLS agreed in \\d+ ms");
    }
  }

  @Test
  void whoIsNotTrustedIsDownUnlessAnyoneIs() throws Exception {
    try (var peer = tlsPeer("good", connection -> connection.startHandshake())) {
      assertThat(handshake(peer, new Tls(NAME, new Trust.PublicAuthorities())).reason())
          .isEqualTo("its certificate is not signed by a trusted authority");
      assertThat(handshake(peer, new Tls(NAME, new Trust.Anyone())).verdict())
          .isEqualTo(Verdict.UP);
    }
  }

  @Test
  void aCertificateForAnotherName() throws Exception {
    try (var peer = tlsPeer("good", connection -> connection.startHandshake())) {
      assertThat(handshake(peer, new Tls("bank.example", trusting("good").trust())).reason())
          .startsWith("its certificate is for another name: ")
          .contains("bank.example");
      assertThat(handshake(peer, new Tls("bank.example", new Trust.Anyone())).verdict())
          .isEqualTo(Verdict.UP);
    }
  }

  @Test
  void anExpiredCertificate() throws Exception {
    try (var peer = tlsPeer("expired", connection -> connection.startHandshake())) {
      assertThat(handshake(peer, trusting("expired")).reason())
          .startsWith("its certificate has expired: NotAfter: ");
    }
  }

  @Test
  void aCertificateThatEndsSoonIsWarnedOf() throws Exception {
    try (var peer = tlsPeer("good", connection -> connection.startHandshake())) {
      Trust trust = trusting("good").trust();
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
        tlsPeer(
            "good",
            connection -> {
              connection.setNeedClientAuth(true);
              Peer.answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").serve(connection);
            })) {
      Trust trust = trusting("good").trust();
      assertThat(get(peer, new Tls(NAME, trust, identity(), Duration.ZERO)).verdict())
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

  /** Of the server's own authority, which it trusts. */
  private static Tls.Identity identity() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve("good.p12"))) {
      keys.load(in, PASSWORD);
    }
    var certificates = new StringBuilder();
    for (var certificate : keys.getCertificateChain("good")) {
      certificates.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return new Tls.Identity(
        certificates.toString(), pem("PRIVATE KEY", keys.getKey("good", PASSWORD).getEncoded()));
  }

  private static String pem(String kind, byte[] octets) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, java.util.Base64.getMimeEncoder().encodeToString(octets), kind);
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

  /** The script of one TLS connection; its handshake happens with the first octet, or as told. */
  @FunctionalInterface
  private interface TlsScript {
    void serve(SSLSocket connection) throws IOException, InterruptedException;
  }

  private static Peer tlsPeer(String certificate, TlsScript script) throws Exception {
    SSLContext context = context(certificate);
    return new Peer(
        plain -> {
          try (var connection =
              (SSLSocket) context.getSocketFactory().createSocket(plain, null, true)) {
            script.serve(connection);
          }
        });
  }

  private static SSLContext context(String certificate)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve(certificate + ".p12"))) {
      keys.load(in, PASSWORD);
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(
        managers.getKeyManagers(), InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    return context;
  }

  private static Tls trusting(String certificate) throws IOException {
    return new Tls(
        NAME, new Trust.OwnAuthorities(Files.readString(directory.resolve(certificate + ".pem"))));
  }

  /** A certificate for {@link #NAME} that an authority of its own has signed. */
  private static void makeCertificate(String name, String... validity) throws Exception {
    String store = directory.resolve(name + ".p12").toString();
    String authority = directory.resolve(name + ".pem").toString();
    keytool(
        store, "-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=ca", "-ext", "bc:c");
    keytool(store, "-exportcert", "-rfc", "-alias", "ca", "-file", authority);
    var make = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-keyalg", "EC"));
    make.addAll(List.of("-signer", "ca", "-dname", "CN=" + NAME, "-ext", "san=dns:" + NAME));
    make.addAll(List.of(validity));
    keytool(store, make.toArray(String[]::new));
    keytool(store, "-delete", "-alias", "ca");
  }

  private static void keytool(String store, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store, "-storepass", new String(PASSWORD)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
