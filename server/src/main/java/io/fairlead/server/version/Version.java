package io.fairlead.server.version;

import java.time.Instant;

/**
 * A configuration that was accepted.
 *
 * @param number from 1 on, never given twice
 * @param octets the size of its text
 * @param sha256 of its text, in hexadecimal
 */
public record Version(int number, Instant at, Occasion occasion, long octets, String sha256) {}
