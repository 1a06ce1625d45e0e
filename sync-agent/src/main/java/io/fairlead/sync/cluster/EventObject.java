package io.fairlead.sync.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.object.Identity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/** An event as the core API has it (v1). */
final class EventObject {
  /** As the API has it. */
  private static final int MAX_MESSAGE = 1024;

  /** A name has 253 characters, and ours ends with a dot and 36 more. */
  private static final int MAX_STEM = 253 - 37;

  private static final String US = "fairlead";

  private EventObject() {}

  static GenericKubernetesResource of(Complaint complaint, Identity object, Instant at) {
    Origin origin = complaint.origin();
    String stem = origin.name().substring(0, Math.min(origin.name().length(), MAX_STEM));
    String said = object.uid() + origin + complaint.reason() + complaint.text();
    var meta = new ObjectMeta();
    meta.setNamespace(origin.namespace());
    meta.setName(stem + "." + UUID.nameUUIDFromBytes(said.getBytes(UTF_8)));
    var event = new GenericKubernetesResource();
    event.setApiVersion("v1");
    event.setKind("Event");
    event.setMetadata(meta);
    String text = complaint.text();
    String time = at.truncatedTo(ChronoUnit.SECONDS).toString();
    event.setAdditionalProperties(
        Map.of(
            "involvedObject",
            Map.of(
                "apiVersion", object.apiVersion(),
                "kind", origin.kind(),
                "namespace", origin.namespace(),
                "name", origin.name(),
                "uid", object.uid()),
            "type",
            "Warning",
            "reason",
            complaint.reason(),
            "message",
            text.substring(0, Math.min(text.length(), MAX_MESSAGE)),
            "source",
            Map.of("component", US),
            "reportingComponent",
            US,
            "firstTimestamp",
            time,
            "lastTimestamp",
            time,
            "count",
            1));
    return event;
  }
}
