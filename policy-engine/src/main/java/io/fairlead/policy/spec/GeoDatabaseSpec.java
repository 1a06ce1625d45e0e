package io.fairlead.policy.spec;

import java.nio.file.Path;

/**
 * A file of networks and where they are.
 *
 * @param path MaxMind's format, or CSV where the name ends in {@code .csv}
 * @param priority where two files know an address, the higher one is believed
 */
public record GeoDatabaseSpec(Path path, int priority) {
  public static final int DEFAULT_PRIORITY = 10;
}
