package io.fairlead.server.cli;

/** How a command prints its result. */
enum Output {
  TEXT,
  JSON
}
