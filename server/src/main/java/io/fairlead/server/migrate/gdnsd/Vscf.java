package io.fairlead.server.migrate.gdnsd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A value of gdnsd's configuration language. */
sealed interface Vscf {
  record Scalar(String text) implements Vscf {}

  record Array(List<Vscf> items) implements Vscf {}

  /**
   * Keys in the order of the file.
   *
   * @param values never changed
   */
  record Hash(SequencedMap<String, Vscf> values) implements Vscf {
    static final Hash EMPTY = new Hash(new LinkedHashMap<>());

    @Nullable Vscf get(String key) {
      return values.get(key);
    }

    /** The hash under a key; empty where there is none. */
    Hash hash(String key) {
      return values.get(key) instanceof Hash hash ? hash : EMPTY;
    }

    String text(String key, String otherwise) {
      return values.get(key) instanceof Scalar(String text) ? text : otherwise;
    }

    boolean isTrue(String key) {
      return text(key, "false").equalsIgnoreCase("true");
    }

    /** The texts under a key, of which one may stand alone; empty where there are none. */
    List<String> texts(String key) {
      Vscf value = values.get(key);
      return value == null ? List.of() : value.texts();
    }
  }

  /** A text, or those of an array: wherever many may stand, one may stand alone. */
  default List<String> texts() {
    return switch (this) {
      case Scalar(String text) -> List.of(text);
      case Array(List<Vscf> items) ->
          items.stream().flatMap(item -> item.texts().stream()).toList();
      case Hash _ -> List.of();
    };
  }
}
