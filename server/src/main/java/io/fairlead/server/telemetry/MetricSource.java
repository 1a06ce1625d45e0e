package io.fairlead.server.telemetry;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** Where metrics come from. */
public interface MetricSource {
  /** All of them as they are now. */
  MetricSnapshots snapshots();
}
