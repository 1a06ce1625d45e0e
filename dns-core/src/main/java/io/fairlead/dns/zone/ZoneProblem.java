package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import org.jspecify.annotations.Nullable;

/**
 * Why a zone cannot be served as it is told; data, so that the loader can add file and line.
 *
 * @param apex the zone's name; the root where a service lies in no zone
 * @param record the static record at fault, the very object of the {@link ZoneSpec}; null where a
 *     service or the zone itself is
 * @param service the service's name at fault; null where a record or the zone itself is
 * @param text what is wrong and what is allowed
 */
public record ZoneProblem(
    Name apex, @Nullable StaticRecord record, @Nullable Name service, String text) {}
