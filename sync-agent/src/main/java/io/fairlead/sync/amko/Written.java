package io.fairlead.sync.amko;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fairlead.sync.field.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people wrote in an object. The CRD of GSLBHostRule gives a {@code trafficSplit} entry
 * without a priority the priority 1, which puts its cluster behind all others: a default that
 * nobody asked for and that an object, once stored, does not show to be one. {@code kubectl apply}
 * keeps beside it what was written.
 */
public final class Written {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final List<String> DEFAULTED = List.of("weight", "priority");
  private static final int DEFAULT = 1;

  private Written() {}

  /** The object's spec, without the defaults of its shares that nobody wrote. */
  public static Object spec(GenericKubernetesResource object) {
    Object spec = Fields.at(object.getAdditionalProperties(), "spec");
    Object written = Fields.at(lastApplied(object), "spec");
    if (!(spec instanceof Map<?, ?> map) || written == null) {
      return spec == null ? Map.of() : spec;
    }
    List<Object> shares = new ArrayList<>();
    for (Object share : Fields.list(spec, "trafficSplit")) {
      shares.add(asWritten(share, Fields.list(written, "trafficSplit")));
    }
    Map<Object, Object> copy = new LinkedHashMap<>(map);
    copy.put("trafficSplit", shares);
    return copy;
  }

  private static Object asWritten(Object share, List<?> written) {
    String cluster = Fields.text(share, "cluster");
    Object origin =
        written.stream()
            .filter(other -> cluster != null && cluster.equals(Fields.text(other, "cluster")))
            .findFirst()
            .orElse(null);
    if (!(share instanceof Map<?, ?> map) || origin == null) {
      return share;
    }
    Map<Object, Object> copy = new LinkedHashMap<>(map);
    for (String field : DEFAULTED) {
      Integer stored = Fields.number(share, field);
      if (Fields.at(origin, field) == null && stored != null && stored == DEFAULT) {
        copy.remove(field);
      }
    }
    return copy;
  }

  private static @Nullable Object lastApplied(GenericKubernetesResource object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    String text = annotations == null ? null : annotations.get(LAST_APPLIED);
    if (text == null) {
      return null;
    }
    try {
      return Serialization.unmarshal(text, Map.class);
    } catch (RuntimeException e) { // an annotation is anybody's text
      return null;
    }
  }
}
