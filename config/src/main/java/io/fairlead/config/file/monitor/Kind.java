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
  DNS(53);

  /** The file must say one. */
  static final int NO_DEFAULT = 0;

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
