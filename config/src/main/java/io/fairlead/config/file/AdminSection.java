package io.fairlead.config.file;

import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Section;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** {@code admin}. */
final class AdminSection {
  private static final Key<InetSocketAddress> LISTEN =
      Key.optional(
          "listen",
          Addresses.LISTEN_LOOPBACK,
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8053),
          "where the admin API is");

  static final KeyTable KEYS =
      KeyTable.of("admin", LISTEN)
          .later("tls", "the certificate of the admin API")
          .later("tokens", "bearer tokens and what they may do");

  private AdminSection() {}

  static InetSocketAddress read(Section admin) {
    return admin.get(LISTEN);
  }
}
