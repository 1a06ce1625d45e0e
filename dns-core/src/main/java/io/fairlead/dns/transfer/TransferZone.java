package io.fairlead.dns.transfer;

import io.fairlead.dns.zone.ZoneContent;

/**
 * A zone that has rules of transfer.
 *
 * @param refusal why nobody may have it, as things stand; empty where the rules alone decide
 */
public record TransferZone(ZoneContent content, TransferRules rules, String refusal) {}
