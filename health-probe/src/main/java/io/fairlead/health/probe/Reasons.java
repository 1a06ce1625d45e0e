package io.fairlead.health.probe;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;

/** Failures in plain words. What a stranger wrote into them is made short and printable. */
final class Reasons {
  private static final int MAX_LENGTH = 120;

  static String of(Throwable cause, InetSocketAddress remote) {
    String message = rootMessage(cause);
    if (message.contains("refused")) {
      return "refused by " + text(remote);
    }
    if (message.contains("reset") || message.contains("Broken pipe")) {
      return "reset by " + text(remote);
    }
    return switch (cause) {
      case NoRouteToHostException _ -> "no route to " + text(remote);
      case ConnectException _ -> "no connection to " + text(remote) + ": " + message;
      default -> message;
    };
  }

  /** The innermost message: wrappers repeat addresses and class names. */
  static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : printable(message);
  }

  static String text(InetSocketAddress remote) {
    InetAddress address = remote.getAddress();
    String literal = address.getHostAddress();
    return (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + remote.getPort();
  }

  static String printable(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7E]", ".");
    return plain.length() <= MAX_LENGTH ? plain : plain.substring(0, MAX_LENGTH) + "…";
  }

  private Reasons() {}
}
