package io.fairlead.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of each query.
 *
 * @param queryLog a file that gets a line for each query; null = none
 * @param dnstapSocket a Unix socket on which a reader of dnstap listens; null = none
 * @param dnstapFile a file of dnstap frames; null = none
 * @param queries whether dnstap has the queries
 * @param replies whether dnstap has the replies
 */
public record TapSpec(
    @Nullable Path queryLog,
    @Nullable Path dnstapSocket,
    @Nullable Path dnstapFile,
    boolean queries,
    boolean replies) {
  public static final TapSpec OFF = new TapSpec(null, null, null, true, true);

  public boolean isOff() {
    return queryLog == null && dnstapSocket == null && dnstapFile == null;
  }
}
