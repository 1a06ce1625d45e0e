package io.fairlead.config.file.zone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an entry of a master file begins.
 *
 * @param file null where it stands in text that is no file of its own
 * @param line from 0
 */
public record MasterPlace(@Nullable Path file, int line) {}
