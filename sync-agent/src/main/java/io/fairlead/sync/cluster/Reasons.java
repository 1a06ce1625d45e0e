package io.fairlead.sync.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a cluster does not answer, in plain words. The same fault gives the same words. */
final class Reasons {
  /** Causes form no cycle that anyone meant; this ends one all the same. */
  private static final int MAX_DEPTH = 10;

  private Reasons() {}

  static String of(Throwable failure, String server) {
    Throwable cause = failure;
    String reason = null;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      String words = ofOne(cause, server);
      reason = words == null ? reason : words; // the innermost knows best
      cause = cause.getCause();
    }
    return reason == null ? "no connection to " + server + ": " + failure : reason;
  }

  static String ofCode(int code, String server) {
    return "%s answers %d%s".formatted(server, code, meaning(code));
  }

  private static @Nullable String ofOne(Throwable failure, String server) {
    return switch (failure) {
      case KubernetesClientException e when e.getCode() > 0 -> ofCode(e.getCode(), server);
      case HttpTimeoutException _, TimeoutException _ -> "no answer from " + server + " in time";
      case UnresolvedAddressException _, UnknownHostException _ ->
          "the host of " + server + " is not known";
      case ConnectException _ -> "refused by " + server;
      case SSLException e -> "TLS with " + server + ": " + e.getMessage();
      default -> null;
    };
  }

  private static String meaning(int code) {
    return switch (code) {
      case 401 -> ": the credentials are not accepted";
      case 403 -> ": the credentials may not list and watch";
      case 404 -> ": it does not know this kind of object";
      case 429 -> ": too many requests";
      default -> "";
    };
  }
}
