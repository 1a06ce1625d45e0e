package io.fairlead.sync.cluster;

import java.time.Instant;

/**
 * How a cluster's connection stands.
 *
 * @param connected whether its watches run
 * @param since when that became so
 * @param reason in plain words: "synced, 14 objects", "refused by 127.0.0.1:16443"
 */
public record ClusterStatus(String cluster, boolean connected, Instant since, String reason) {}
