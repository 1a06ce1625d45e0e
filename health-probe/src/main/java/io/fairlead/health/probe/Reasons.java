package io.fairlead.health.probe;

import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Failures in plain words. What a stranger wrote into them is made short and printable. */
final class Reasons {
  private static final int MAX_LENGTH = 120;

  static String of(Throwable cause, InetSocketAddress remote) {
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      String known = known(inner, text(remote));
      if (known != null) {
        return known;
      }
    }
    return rootMessage(cause);
  }

  private static @Nullable String known(Throwable cause, String remote) {
    String message = String.valueOf(cause.getMessage());
    return switch (cause) {
      case PortUnreachableException _ -> "refused by " + remote;
      case NoRouteToHostException _ -> "no route to " + remote;
      case ConnectException _ when message.contains("refused") -> "refused by " + remote;
      case IOException _ when message.contains("reset") || message.contains("Broken pipe") ->
          "reset by " + remote;
      case NotSslRecordException _ -> "not TLS";
      case CertificateExpiredException _ -> "its certificate has expired: " + printable(message);
      case CertificateNotYetValidException _ ->
          "its certificate is not valid yet: " + printable(message);
      case CertPathBuilderException _ -> "its certificate is not signed by a trusted authority";
      case CertificateException _ when message.startsWith("No ") ->
          "its certificate is for another name: " + printable(message);
      case SSLHandshakeException _ when message.contains("Received fatal alert") ->
          "refused TLS: " + printable(message.substring(message.lastIndexOf(':') + 2));
      case Http2Exception _ -> "not HTTP/2: " + printable(message);
      case CorruptedFrameException _ -> "malformed: " + printable(message);
      default -> null;
    };
  }

  /** The innermost message: wrappers repeat addresses and class names. */
  static String rootMessage(Throwable failure) {
    Throwable root = root(failure);
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : printable(message);
  }

  /** Whether a connection could not begin for want of an address, or a port, of our own. */
  static boolean isOfOurAddress(Throwable failure) {
    return rootMessage(failure).contains("Cannot assign requested address");
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  static String text(InetSocketAddress remote) {
    InetAddress address = remote.getAddress();
    String literal = address.getHostAddress();
    return (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + remote.getPort();
  }

  /** What a stranger said, as far as it fits. */
  static String quote(CharSequence said) {
    return said.isEmpty() ? "nothing" : "\"" + printable(said.toString()) + "\"";
  }

  static String printable(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7E]", ".");
    return plain.length() <= MAX_LENGTH ? plain : plain.substring(0, MAX_LENGTH) + "…";
  }

  private Reasons() {}
}
