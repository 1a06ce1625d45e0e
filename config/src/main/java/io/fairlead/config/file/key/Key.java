package io.fairlead.config.file.key;

import org.jspecify.annotations.Nullable;

/**
 * A key of a section.
 *
 * @param required whether it must be there
 * @param fallback what is read where the key is absent; null = the value's stand-in, or what the
 *     reader of the section makes of it
 * @param otherwise what holds where the key is absent, for people; empty for a required key
 * @param meaning for people, one line
 */
public record Key<T>(
    String name,
    Value<T> value,
    boolean required,
    @Nullable T fallback,
    String otherwise,
    String meaning) {
  public static <T> Key<T> required(String name, Value<T> value, String meaning) {
    return new Key<>(name, value, true, null, "", meaning);
  }

  /** With a default that is a value. */
  public static <T> Key<T> optional(String name, Value<T> value, T fallback, String meaning) {
    return new Key<>(name, value, false, fallback, value.show(fallback), meaning);
  }

  /** With a default that is no value, such as the number of cores, or that there is none. */
  public static <T> Key<T> otherwise(
      String name, Value<T> value, String otherwise, String meaning) {
    return new Key<>(name, value, false, null, otherwise, meaning);
  }

  /** Keys of its own, which all have defaults. */
  public static Key<Section> section(String name, KeyTable keys, String meaning) {
    return new Key<>(
        name, new SectionValue(keys), false, null, "the defaults of its keys", meaning);
  }
}
