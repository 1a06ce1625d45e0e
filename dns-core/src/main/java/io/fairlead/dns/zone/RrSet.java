package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import org.jspecify.annotations.Nullable;

/**
 * A static RRset, ready to be copied into an answer.
 *
 * @param records the RRset, whole
 * @param glue addresses without which the answer is useless: they fit, or the answer is truncated
 *     (RFC 9471 section 3.1)
 * @param addresses further addresses of the hosts that it leads to, sent where they fit
 * @param target what a CNAME or a DNAME leads to; null for other types
 */
public record RrSet(
    int type,
    int ttlSeconds,
    RecordBlock records,
    RecordBlock glue,
    RecordBlock addresses,
    @Nullable Name target) {}
