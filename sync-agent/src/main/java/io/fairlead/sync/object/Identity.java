package io.fairlead.sync.object;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Objects;

/**
 * What an object is beyond its name: one that was made anew under the same name is another.
 *
 * @param created as the API writes it, RFC 3339 in UTC: the order of texts is that of times; empty
 *     = not known
 */
public record Identity(String apiVersion, String uid, String created) {
  public static final Identity UNKNOWN = new Identity("", "", "");

  public static Identity of(GenericKubernetesResource object) {
    return new Identity(
        Objects.requireNonNullElse(object.getApiVersion(), ""),
        Objects.requireNonNullElse(object.getMetadata().getUid(), ""),
        Objects.requireNonNullElse(object.getMetadata().getCreationTimestamp(), ""));
  }
}
