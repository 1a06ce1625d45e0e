package io.fairlead.health.probe;

import io.fairlead.health.spec.Tls;
import javax.net.ssl.SSLException;

/** Looks at certificates and keys before they are needed. */
public final class TlsFiles {
  private TlsFiles() {}

  /** What is wrong with its certificates or its key, in plain words; empty = nothing. */
  public static String problem(Tls tls) {
    try {
      TlsClients.check(tls);
      return "";
    } catch (SSLException | IllegalArgumentException e) {
      return Reasons.rootMessage(e);
    }
  }
}
