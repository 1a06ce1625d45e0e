package io.fairlead.config;

import io.fairlead.sync.spec.SyncSpec;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An agent that stands in or near clusters and pushes what they offer to a server.
 *
 * @param sync the clusters, and which of their objects; weights, TTL and the like are the server's
 * @param server its admin address, without a path
 * @param token the file with the bearer token, read for each request; null = the server wants none
 * @param authority certificates in PEM that the server's must come from; null = those of the JDK
 */
public record AgentSpec(
    SyncSpec sync, URI server, @Nullable Path token, @Nullable Path authority) {}
