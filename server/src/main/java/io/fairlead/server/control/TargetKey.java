package io.fairlead.server.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Target;
import io.fairlead.health.spec.Tls;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What targets are called. */
public final class TargetKey {
  private static final int DIGEST_OCTETS = 8;

  private TargetKey() {}

  /**
   * In files: stable across restarts, equal for equal checks of one place. What is probed where,
   * without interval and thresholds: tuning them does not forget a verdict. A digest stands for the
   * check, which may hold secrets.
   */
  public static String of(Target target) {
    byte[] digest = sha256().digest(target.check().toString().getBytes(UTF_8));
    return words(target) + " " + HexFormat.of().formatHex(digest, 0, DIGEST_OCTETS);
  }

  /** For people: "192.0.2.1:80 http GET /healthz". */
  public static String words(Target target) {
    return target.where() + " " + words(target.check());
  }

  private static String words(Check check) {
    return switch (check) {
      case Check.Tcp() -> "tcp";
      case Check.HalfOpen() -> "tcp half-open";
      case Check.Push(var monitor) -> "push " + monitor;
      case Check.Conversation(_, Tls tls) -> tls == null ? "tcp" : "tls";
      case Check.Udp _, Check.Unrefused _ -> "udp";
      case Check.Dns dns -> "dns " + dns.name() + " " + dns.type();
      case Check.Ping() -> "ping";
      case Check.Grpc grpc -> ("grpc " + grpc.service()).strip();
      case Check.External external -> "external " + external.program();
      case Check.Http http ->
          scheme(http.options().tls()) + " " + http.method() + " " + http.path();
    };
  }

  private static String scheme(@Nullable Tls tls) {
    return tls == null ? "http" : "https";
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
