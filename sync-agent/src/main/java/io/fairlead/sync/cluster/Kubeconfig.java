package io.fairlead.sync.cluster;

import static java.util.stream.Collectors.joining;

import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file with all contexts, as it was at one moment.
 *
 * @param text what it said; the same text is the same file
 */
record Kubeconfig(Path file, String text, io.fabric8.kubernetes.api.model.Config parsed) {
  /** The file cannot be used, and why, in words for the operator. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String reason) {
      super(reason);
    }
  }

  static String read(Path file) throws Unusable {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException _) {
      throw new Unusable(file + ": there is no such file");
    } catch (IOException e) {
      throw new Unusable(file + ": cannot be read: " + e.getMessage());
    }
  }

  static Kubeconfig parse(Path file, String text) throws Unusable {
    try {
      var parsed = KubeConfigUtils.parseConfigFromString(text);
      if (parsed == null || parsed.getContexts() == null) {
        throw new Unusable(file + ": is not a kubeconfig: it has no contexts");
      }
      return new Kubeconfig(file, text, parsed);
    } catch (RuntimeException e) { // whatever the YAML parser makes of a file that is no YAML
      throw new Unusable(file + ": is not a kubeconfig: " + firstLine(e.getMessage()));
    }
  }

  /** Where a context leads, and as whom. */
  Endpoint endpoint(String context) throws Unusable {
    NamedContext found =
        parsed.getContexts().stream()
            .filter(c -> context.equals(c.getName()) && c.getContext() != null)
            .findFirst()
            .orElseThrow(() -> new Unusable(file + ": has no context " + context + have()));
    String clusterName = found.getContext().getCluster();
    NamedCluster cluster =
        orEmpty(parsed.getClusters()).stream()
            .filter(c -> Objects.equals(c.getName(), clusterName) && c.getCluster() != null)
            .filter(c -> c.getCluster().getServer() != null)
            .findFirst()
            .orElseThrow(
                () ->
                    new Unusable(
                        "%s: context %s names the cluster %s, which has no server"
                            .formatted(file, context, clusterName)));
    NamedAuthInfo user =
        orEmpty(parsed.getUsers()).stream()
            .filter(u -> Objects.equals(u.getName(), found.getContext().getUser()))
            .findFirst()
            .orElse(null);
    return new Endpoint(file, found, cluster, user);
  }

  private String have() {
    return parsed.getContexts().stream()
        .map(NamedContext::getName)
        .collect(joining(", ", "; it has ", ""));
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "not readable" : message.lines().findFirst().orElse("");
  }

  /** All that a connection is made from: while this is equal, the connection stands. */
  record Endpoint(
      Path file, NamedContext context, NamedCluster cluster, @Nullable NamedAuthInfo user) {
    String server() {
      return cluster.getCluster().getServer();
    }

    /** A file that a token is in; null when there is none, or the token itself is given. */
    @Nullable Path tokenFile() {
      var login = user == null ? null : user.getUser();
      return login == null || login.getToken() != null || login.getTokenFile() == null
          ? null
          : file.resolveSibling(login.getTokenFile());
    }
  }
}
