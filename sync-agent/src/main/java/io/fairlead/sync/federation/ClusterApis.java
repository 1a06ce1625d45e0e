package io.fairlead.sync.federation;

import io.fairlead.sync.cluster.ApiClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The API servers of a kubeconfig; a client is made when it is first needed. */
final class ClusterApis implements AutoCloseable {
  private final Path kubeconfig;
  private final Duration request;

  /** Guarded by this. */
  private final Map<String, ClusterApi> open = new HashMap<>();

  private String text = "";

  /**
   * @param request the longest time for an answer to begin
   */
  ClusterApis(Path kubeconfig, Duration request) {
    this.kubeconfig = kubeconfig;
    this.request = request;
  }

  /** Takes note of a kubeconfig that has changed; one that cannot be read changes nothing. */
  synchronized void refresh() {
    try {
      String now = Files.readString(kubeconfig);
      if (!now.equals(text)) {
        close();
        text = now;
      }
    } catch (IOException _) {
      // the agent that follows the clusters says so
    }
  }

  /**
   * Whoever has the context.
   *
   * @throws IllegalArgumentException when the kubeconfig has no such context that works
   */
  synchronized ClusterApi of(String context) {
    return open.computeIfAbsent(
        context, _ -> new ClusterApi(ApiClients.open(kubeconfig, text, context, request)));
  }

  /** Why a call failed, in plain words. */
  synchronized String reason(String context, RuntimeException failure) {
    ClusterApi api = open.get(context);
    return api == null ? String.valueOf(failure.getMessage()) : api.reason(failure);
  }

  @Override
  public synchronized void close() {
    open.values().forEach(ClusterApi::close);
    open.clear();
  }
}
