package io.fairlead.server.event;

/**
 * An event in its place among all.
 *
 * @param number greater than that of each event before, in earlier processes too
 * @param json the event for streams and webhooks, on one line
 */
public record Numbered(long number, Event event, String json) {}
