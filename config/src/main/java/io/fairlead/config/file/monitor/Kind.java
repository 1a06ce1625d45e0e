package io.fairlead.config.file.monitor;

import io.fairlead.config.file.key.WordValue;
import java.util.Locale;

/** The types of monitors. */
enum Kind {
  HTTP(80),
  HTTPS(443),
  TCP(Kind.NO_DEFAULT),
  TLS(Kind.NO_DEFAULT),
  UDP(Kind.NO_DEFAULT),
  DNS(53),
  PING(Kind.NO_PORT),
  GRPC(Kind.NO_DEFAULT),
  EXTERNAL(Kind.NO_PORT),
  PUSH(Kind.NO_PORT);

  /** The file must say one. */
  static final int NO_DEFAULT = -1;

  /** It probes no port, or need not. */
  static final int NO_PORT = 0;

  private final int defaultPort;

  Kind(int defaultPort) {
    this.defaultPort = defaultPort;
  }

  int defaultPort() {
    return defaultPort;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static WordValue<Kind> words() {
    WordValue<Kind> words = WordValue.of(HTTP.word(), HTTP);
    for (Kind kind : values()) {
      words = words.or(kind.word(), kind);
    }
    return words;
  }
}
