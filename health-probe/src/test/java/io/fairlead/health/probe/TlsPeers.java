package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.spec.Tls;
import io.fairlead.health.spec.Tls.Trust;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** JDK servers that speak TLS with certificates that keytool made. */
final class TlsPeers {
  static final String NAME = "shop.example";
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path directory;

  TlsPeers(Path directory) {
    this.directory = directory;
  }

  /** The script of one TLS connection; its handshake happens with the first octet, or as told. */
  @FunctionalInterface
  interface Script {
    void serve(SSLSocket connection) throws IOException, InterruptedException;
  }

  Peer peer(String certificate, Script script) throws Exception {
    SSLContext context = context(certificate);
    return new Peer(
        plain -> {
          try (var connection =
              (SSLSocket) context.getSocketFactory().createSocket(plain, null, true)) {
            script.serve(connection);
          }
        });
  }

  private SSLContext context(String certificate) throws IOException, GeneralSecurityException {
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

  Tls trusting(String certificate) throws IOException {
    return new Tls(
        NAME, new Trust.OwnAuthorities(Files.readString(directory.resolve(certificate + ".pem"))));
  }

  /** A certificate for {@link #NAME} that an authority of its own has signed. */
  void make(String name, String... validity) throws Exception {
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

  /** Of the server's own authority, which it trusts. */
  Tls.Identity identity(String name) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve(name + ".p12"))) {
      keys.load(in, PASSWORD);
    }
    var certificates = new StringBuilder();
    for (var certificate : keys.getCertificateChain(name)) {
      certificates.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return new Tls.Identity(
        certificates.toString(), pem("PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded()));
  }

  private static String pem(String kind, byte[] octets) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(octets), kind);
  }
}
