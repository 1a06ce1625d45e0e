package io.fairlead.dns.count;

/**
 * How many queries there were of one kind.
 *
 * @param transport by its number
 * @param type of the question, such as "AAAA"; "none" where it has none that could be read, "other"
 *     for rare ones
 * @param rcode of the reply, such as "NXDOMAIN"; "none" where nothing was sent
 */
public record QueryCount(Outcome outcome, int transport, String type, String rcode, long count) {}
