package io.fairlead.dns.tap;

import java.net.InetAddress;

/**
 * One query and what was said to it.
 *
 * @param nanos of the ticker that {@link Taps} was given, when the reply was ready
 * @param transport by its number
 * @param port the peer's; 0 = not known
 * @param reply empty = nothing was sent
 */
public record Tapped(
    long nanos, int transport, InetAddress peer, int port, byte[] query, byte[] reply) {}
