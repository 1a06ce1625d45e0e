package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask the admin API what, by tokens and TLS. */
final class AdminAccessTest {
  private static final String READ = "read-secret-of-the-dashboards";
  private static final String OPERATE = "operate-secret-of-the-night-shift";

  @TempDir private Path folder;
  private final Said said = new Said();
  private List<Site> sites;
  private FruitServer fruit;

  @BeforeEach
  void start() throws Exception {
    sites = Site.open("127.0.10.1", "127.0.20.1");
    certify("first");
    use("first");
    Files.writeString(folder.resolve("read.token"), READ + "\n");
    Files.writeString(folder.resolve("operate.token"), OPERATE + "\n");
    String admin =
        """
        admin:
          listen: "0.0.0.0:0"
          tls: { certificate: cert.pem, key: key.pem }
          tokens:
            - { name: dashboards, role: read, file: read.token }
            - { name: night-shift, role: operate, file: operate.token }
        """;
    fruit =
        FruitServer.start(
            folder,
            FruitServer.yaml(folder, sites.getFirst().port())
                .replace("admin: { listen: \"127.0.0.1:0\" }\n", admin));
  }

  @AfterEach
  void stop() {
    fruit.close();
    sites.forEach(Site::close);
    said.close();
  }

  /** A certificate of its own making, and its key, by this name. */
  private void certify(String name) throws Exception {
    certify(Stream.empty(), name);
  }

  private void certify(Stream<String> before, String name) throws Exception {
    Process made =
        new ProcessBuilder(
                Stream.concat(
                        before,
                        Stream.of(
                            "openssl",
                            "req",
                            "-x509",
                            "-newkey",
                            "rsa:2048",
                            "-nodes",
                            "-days",
                            "2",
                            "-subj",
                            "/CN=" + name,
                            "-addext",
                            "subjectAltName=IP:127.0.0.1,DNS:localhost",
                            "-keyout",
                            folder.resolve(name + ".key").toString(),
                            "-out",
                            folder.resolve(name + ".pem").toString()))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(made.waitFor()).isZero();
  }

  private void use(String name) throws Exception {
    move(name + ".key", "key.pem");
    move(name + ".pem", "cert.pem");
  }

  private void move(String from, String to) throws Exception {
    Path aside = folder.resolve(to + ".new");
    Files.copy(folder.resolve(from), aside, StandardCopyOption.REPLACE_EXISTING);
    Files.move(aside, folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  private HttpResponse<String> ask(String method, String path, String token, String trusted)
      throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create("https://localhost:" + fruit.server().adminAddress().getPort() + path))
            .method(method, BodyPublishers.noBody());
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient http = HttpClient.newBuilder().sslContext(trusting(trusted)).build()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  private SSLContext trusting(String name) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry(
        name,
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(Files.readAllBytes(folder.resolve(name + ".pem")))));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /livez, '', 200",
    "GET,  /readyz, '', 200",
    "GET,  /, '', 200",
    "GET,  /metrics, '', 401",
    "GET,  /metrics, " + READ + ", 200",
    "GET,  /api/v1/services, '', 401",
    "GET,  /api/v1/services, a-secret-that-nobody-has-told, 401",
    "GET,  /api/v1/services, " + READ + ", 200",
    "GET,  /api/v1/services, " + OPERATE + ", 200",
    "GET,  /api/v1/events?since=x, '', 401",
    "POST, /api/v1/reload, '', 401",
    "POST, /api/v1/reload, " + READ + ", 403",
    "POST, /api/v1/reload, " + OPERATE + ", 200"
  })
  void aTokenAllowsWhatItsRoleSays(String method, String path, String token, int status)
      throws Exception {
    HttpResponse<String> response = ask(method, path, token, "first");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    if (status == 401) {
      assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/problem+json");
    }
  }

  @Test
  void theAuditNamesWhoHasDoneIt() throws Exception {
    ask("POST", "/api/v1/reload", OPERATE, "first");
    ask("POST", "/api/v1/reload", READ, "first");

    assertThat(said.with("night-shift at 127.0.0.1: reload")).hasSize(1);
    assertThat(said.with("refused with 403: POST /api/v1/reload")).hasSize(1);
    assertThat(said.with("secret")).as("and never a secret").isEmpty();
  }

  @Test
  void aRenewedCertificateIsServedAndABrokenOneIsNot() throws Exception {
    certify("second");
    use("second");
    Until.isTrue("the new certificate is served", Duration.ofSeconds(30), () -> servedBy("second"));

    Files.writeString(folder.resolve("key.pem"), "no key");
    Until.isTrue(
        "that is said",
        Duration.ofSeconds(30),
        () -> !said.with("the certificate before goes on").isEmpty());
    assertThat(servedBy("second")).isTrue();
  }

  /** What the command line trusts: whoever signed, and nobody for the asking. */
  @ParameterizedTest
  @CsvSource({
    "first.pem,  " + READ + ", 0,  fruit.gslb.guzware.net",
    "first.pem,  " + OPERATE + ", 0,  fruit.gslb.guzware.net",
    "first.pem,  wrong, 69, token",
    "second.pem, " + READ + ", 69, is not trusted",
    "'',         " + READ + ", 69, FAIRLEAD_CA",
    "read.token, " + READ + ", 64, no certificates in PEM",
    "nowhere,    " + READ + ", 64, FAIRLEAD_CA",
  })
  void commandsTrustWhomTheyAreTold(String authority, String token, int exit, String words)
      throws Exception {
    certify("second");
    String file = authority.isEmpty() ? "" : folder.resolve(authority).toString();
    String url = "https://localhost:" + fruit.server().adminAddress().getPort();
    try (var status =
        Launched.fairlead(
            folder,
            Map.of("FAIRLEAD_CA", file, "FAIRLEAD_TOKEN", token),
            "status",
            "--server",
            url)) {
      assertThat(status.exit()).as(status.err()).isEqualTo(exit);
      assertThat(status.out() + status.err()).contains(words).doesNotContain("	at ", READ);
    }
  }

  /** F22: a certificate that has ended does not take the place of one that has not. */
  @Test
  void anEndedCertificateIsRefusedAndOneThatEndsSoonIsSaidOnce() throws Exception {
    assertThat(said.with("ends at")).as("the first lasts two days").hasSize(1);

    certify(Stream.of("faketime", "2020-01-01 00:00:00"), "ended");
    use("ended");
    Until.isTrue(
        "that is said",
        Duration.ofSeconds(30),
        () -> !said.with("it ended at 2020-01-03").isEmpty());
    assertThat(servedBy("first")).isTrue();
    assertThat(said.with("ends at")).hasSize(1);
  }

  private boolean servedBy(String name) {
    try {
      var response = ask("GET", "/livez", "", name);
      var peer = (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
      return peer.getSubjectX500Principal().getName().equals("CN=" + name);
    } catch (SSLHandshakeException e) {
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
