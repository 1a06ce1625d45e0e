package io.fairlead.sync.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fairlead.sync.cluster.Kubeconfig.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Makes clients of API servers, as a kubeconfig tells. */
public final class ApiClients {
  private ApiClients() {}

  /** A client, and what its server is called in messages. */
  public record Opened(KubernetesClient client, String server) {
    /** Why a call failed, in plain words. */
    public String reason(RuntimeException failure) {
      return Reasons.of(failure, server);
    }
  }

  /**
   * A client that asks and is answered; it follows nothing.
   *
   * @param text the kubeconfig's, as {@code file} had it
   * @param request the longest time for an answer to begin
   * @throws IllegalArgumentException when the context cannot be used, and why
   */
  public static Opened open(Path file, String text, String context, Duration request) {
    try {
      Endpoint endpoint = Kubeconfig.parse(file, text).endpoint(context);
      Config config = config(endpoint, request);
      return new Opened(builder(config).build(), endpoint.server());
    } catch (Kubeconfig.Unusable e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  static KubernetesClientBuilder builder(Config config) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new JdkHttpClientFactory());
  }

  /** Failures are ours to hear at once; the HTTP client repeats nothing. */
  static Config config(Endpoint endpoint, Duration request) {
    Config config = Config.fromKubeconfig(endpoint.context().getName(), endpoint.file().toFile());
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout(Math.toIntExact(request.toMillis()));
    config.setRequestTimeout(Math.toIntExact(request.toMillis()));
    Path tokenFile = endpoint.tokenFile();
    if (tokenFile != null) {
      config.setOauthTokenProvider(() -> token(tokenFile));
    }
    return config;
  }

  /** Read for each request: whoever rotates a token writes its file anew. */
  private static String token(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException _) {
      return ""; // is refused, and that is said
    }
  }
}
