package io.fairlead.sync.federation;

import io.fairlead.sync.cluster.ApiClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The API servers of a kubeconfig; a client is made when it is first needed. */
final class ClusterApis implements AutoCloseable {
  private final Path kubeconfig;
  private final Duration request;

  private final Map<String, ClusterApi> open = new ConcurrentHashMap<>();
  private volatile String text = "";

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
   * Whoever has the context. Making a client may run a program for its credentials, so that nobody
   * waits for another's.
   *
   * @throws IllegalArgumentException when the kubeconfig has no such context that works
   */
  ClusterApi of(String context) {
    ClusterApi known = open.get(context);
    if (known != null) {
      return known;
    }
    var made = new ClusterApi(ApiClients.open(kubeconfig, text, context, request));
    ClusterApi faster = open.putIfAbsent(context, made);
    if (faster != null) {
      made.close();
    }
    return faster == null ? made : faster;
  }

  /** Why a call failed, in plain words. */
  String reason(String context, RuntimeException failure) {
    ClusterApi api = open.get(context);
    return api == null ? String.valueOf(failure.getMessage()) : api.reason(failure);
  }

  @Override
  public void close() {
    open.values().forEach(ClusterApi::close);
    open.clear();
  }
}
