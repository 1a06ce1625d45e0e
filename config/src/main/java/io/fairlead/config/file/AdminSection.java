package io.fairlead.config.file;

import io.fairlead.config.AdminSpec;
import io.fairlead.config.AdminSpec.Role;
import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.config.file.monitor.SideFile;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code admin}. */
final class AdminSection {
  /** 16 characters of 64 are 96 bits: nobody guesses that over a network. */
  private static final int SHORTEST_TOKEN = 16;

  private static final Key<Path> CERTIFICATE =
      Key.required(
          "certificate", Texts.PATH, "the server's certificate and those above it, in PEM");
  private static final Key<Path> PRIVATE_KEY =
      Key.required("key", Texts.PATH, "its private key, in PEM (PKCS #8)");
  private static final KeyTable TLS_KEYS =
      KeyTable.of("the TLS of the admin API", CERTIFICATE, PRIVATE_KEY);

  private static final Key<String> NAME =
      Key.required("name", Texts.LABEL, "who has it, for the audit");
  private static final Key<Role> ROLE =
      Key.required(
          "role",
          WordValue.of(Role.READ.word(), Role.READ)
              .or(Role.PUSH.word(), Role.PUSH)
              .or(Role.OPERATE.word(), Role.OPERATE),
          "read: to look; push: also to push what clusters offer; operate: also to change");
  private static final Key<Path> FILE =
      Key.otherwise("file", Texts.PATH, "the token is in environment", "the token is in this file");
  private static final Key<String> ENVIRONMENT =
      Key.otherwise(
          "environment", Texts.ANY, "the token is in file", "the token is in this variable");
  private static final KeyTable TOKEN_KEYS = KeyTable.of("a token", NAME, ROLE, FILE, ENVIRONMENT);

  private static final Key<InetSocketAddress> LISTEN =
      Key.optional(
          "listen",
          Addresses.LISTEN,
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8053),
          "where the admin API is; beyond loopback tls and tokens are needed");
  private static final Key<Section> TLS =
      Key.otherwise("tls", new SectionValue(TLS_KEYS), "plain HTTP", "its certificate");
  private static final Key<List<Section>> TOKENS =
      Key.optional(
          "tokens",
          ConfigSection.sections(TOKEN_KEYS, 0),
          List.of(),
          "bearer tokens and what they allow; with none, whoever gets there may do all");

  static final KeyTable KEYS = KeyTable.of("admin", LISTEN, TLS, TOKENS);

  private AdminSection() {}

  static AdminSpec read(Section admin, LoadContext context) {
    InetSocketAddress listen = admin.get(LISTEN);
    Section tls = admin.find(TLS);
    var tokens = new ArrayList<AdminSpec.Token>();
    var names = new HashSet<String>();
    for (Section token : admin.get(TOKENS)) {
      if (token.isSound(NAME) && !names.add(token.get(NAME))) {
        token.error(NAME, "another token has this name; the audit could not tell them apart");
      }
      tokens.add(token(token, context));
    }
    if (admin.isSound(LISTEN) && !listen.getAddress().isLoopbackAddress()) {
      demand(admin, tls == null, "tls with certificate and key");
      demand(admin, tokens.isEmpty(), "tokens");
    }
    return new AdminSpec(listen, tls == null ? null : tls(tls, context), tokens);
  }

  private static void demand(Section admin, boolean isMissing, String what) {
    if (isMissing) {
      admin.error(
          LISTEN, "beyond loopback " + what + " must be given; allowed without: 127.0.0.1, [::1]");
    }
  }

  private static AdminSpec.Tls tls(Section tls, LoadContext context) {
    String certificate = SideFile.read(tls, CERTIFICATE, context::resolve);
    if (tls.isSound(CERTIFICATE) && !isCertificate(certificate)) {
      tls.error(CERTIFICATE, "the file has no certificate in PEM");
    }
    String key = SideFile.read(tls, PRIVATE_KEY, context::resolve);
    if (tls.isSound(PRIVATE_KEY) && !key.contains("-----BEGIN PRIVATE KEY-----")) {
      tls.error(
          PRIVATE_KEY,
          "the file has no key in PEM (PKCS #8); openssl pkcs8 -topk8 -nodes makes one of others");
    }
    return new AdminSpec.Tls(
        context.resolve(tls.get(CERTIFICATE)), context.resolve(tls.get(PRIVATE_KEY)));
  }

  private static boolean isCertificate(String pem) {
    try {
      return !CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
          .isEmpty();
    } catch (CertificateException e) {
      return false;
    }
  }

  private static AdminSpec.Token token(Section token, LoadContext context) {
    String secret = secret(token, context);
    if (secret != null && secret.length() < SHORTEST_TOKEN) {
      Key<?> where = token.has(FILE) ? FILE : ENVIRONMENT;
      token.error(
          where,
          "the token has %d characters; allowed: %d or more, as openssl rand -base64 24 makes"
              .formatted(secret.length(), SHORTEST_TOKEN));
    }
    return new AdminSpec.Token(
        token.get(NAME), token.get(ROLE), sha256(secret == null ? "" : secret));
  }

  /** Null where that was told already. */
  private static @Nullable String secret(Section token, LoadContext context) {
    if (token.has(FILE) == token.has(ENVIRONMENT)) {
      token.error(NAME, "exactly one of file, environment is needed beside it");
      return null;
    }
    if (token.has(FILE)) {
      String text = SideFile.read(token, FILE, context::resolve).strip();
      return token.isSound(FILE) ? text : null;
    }
    String variable = token.get(ENVIRONMENT);
    String value = System.getenv(variable);
    if (value == null) {
      token.error(ENVIRONMENT, "there is no variable " + variable + " in the environment");
    }
    return value;
  }

  private static String sha256(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
