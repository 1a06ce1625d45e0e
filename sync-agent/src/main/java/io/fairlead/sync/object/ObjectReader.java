package io.fairlead.sync.object;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.merge.ImportedMember.Origin;

/** Understands one kind of object. What it cannot take it names as a problem. */
public interface ObjectReader {
  /** The kind's name, as it stands in an origin. */
  String kind();

  Reading read(Origin origin, GenericKubernetesResource object);
}
