package io.fairlead.dns.net;

/**
 * An exception that reached the edge of a query thread: a failed system call, or a query that the
 * handler threw at. Serving goes on.
 *
 * @param where such as "udp 127.0.0.1:53"
 */
public record NetFault(String where, Throwable cause) {}
