package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;

/**
 * What an answer needs to know of the zone that it comes from.
 *
 * @param soa the apex SOA, its TTL already the lesser of its own and MINIMUM (RFC 2308 section 3)
 * @param content the whole of it, for who asks for that
 */
public record Zone(Name apex, RrSet soa, ZoneContent content) {}
