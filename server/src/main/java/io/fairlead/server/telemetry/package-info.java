/** Metrics on their way to a collector that does not ask: OTLP over HTTP. */
@NullMarked
package io.fairlead.server.telemetry;

import org.jspecify.annotations.NullMarked;
