package io.fairlead.server.telemetry;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is scraped, as an ExportMetricsServiceRequest of OTLP 1: the numbers of the fields are those
 * of opentelemetry/proto/metrics/v1/metrics.proto. Names are Prometheus's, so that one dashboard
 * fits both ways.
 */
final class OtlpMetrics {
  // ExportMetricsServiceRequest, ResourceMetrics, ScopeMetrics, Resource, KeyValue, AnyValue
  private static final int RESOURCE_METRICS = 1;
  private static final int RESOURCE = 1;
  private static final int SCOPE_METRICS = 2;
  private static final int RESOURCE_ATTRIBUTES = 1;
  private static final int SCOPE = 1;
  private static final int METRICS = 2;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int STRING_VALUE = 1;

  // InstrumentationScope, Metric
  private static final int NAME = 1;
  private static final int SCOPE_VERSION = 2;
  private static final int DESCRIPTION = 2;
  private static final int GAUGE = 5;
  private static final int SUM = 7;
  private static final int HISTOGRAM = 9;
  private static final int SUMMARY = 11;

  // Gauge, Sum, Histogram, Summary and their points
  private static final int DATA_POINTS = 1;
  private static final int TEMPORALITY = 2;
  private static final int CUMULATIVE = 2;
  private static final int IS_MONOTONIC = 3;
  private static final int START = 2;
  private static final int TIME = 3;
  private static final int AS_DOUBLE = 4;
  private static final int COUNT = 4;
  private static final int POINT_SUM = 5;
  private static final int BUCKET_COUNTS = 6;
  private static final int EXPLICIT_BOUNDS = 7;
  private static final int POINT_ATTRIBUTES = 7;
  private static final int HISTOGRAM_ATTRIBUTES = 9;

  private final String node;
  private final String version;
  private final long startNanos;

  OtlpMetrics(String node, String version, Instant start) {
    this.node = node;
    this.version = version;
    this.startNanos = nanos(start);
  }

  byte[] encode(MetricSnapshots snapshots, Instant at) {
    long now = nanos(at);
    return new Fields()
        .message(
            RESOURCE_METRICS,
            metrics ->
                metrics
                    .message(RESOURCE, this::resource)
                    .message(SCOPE_METRICS, scope -> scope(scope, snapshots, now)))
        .octets();
  }

  private void resource(Fields resource) {
    attribute(resource, RESOURCE_ATTRIBUTES, "service.name", "fairlead");
    attribute(resource, RESOURCE_ATTRIBUTES, "service.version", version);
    attribute(resource, RESOURCE_ATTRIBUTES, "service.instance.id", node);
  }

  private void scope(Fields scope, MetricSnapshots snapshots, long now) {
    scope.message(SCOPE, own -> own.text(NAME, "io.fairlead").text(SCOPE_VERSION, version));
    for (MetricSnapshot snapshot : snapshots) {
      scope.message(METRICS, metric -> metric(metric, snapshot, now));
    }
  }

  private void metric(Fields metric, MetricSnapshot snapshot, long now) {
    String name = snapshot.getMetadata().getPrometheusName();
    String help = snapshot.getMetadata().getHelp();
    metric.text(NAME, snapshot instanceof CounterSnapshot ? name + "_total" : name);
    metric.text(DESCRIPTION, help == null ? "" : help);
    switch (snapshot) {
      case CounterSnapshot counter -> metric.message(SUM, sum -> counter(sum, counter, now));
      case GaugeSnapshot gauge ->
          metric.message(
              GAUGE,
              points ->
                  gauge
                      .getDataPoints()
                      .forEach(
                          point ->
                              points.message(
                                  DATA_POINTS,
                                  one -> {
                                    point(one, point, now);
                                    one.number(AS_DOUBLE, point.getValue());
                                  })));
      case HistogramSnapshot histogram ->
          metric.message(HISTOGRAM, points -> histogram(points, histogram, now));
      case SummarySnapshot summary ->
          metric.message(
              SUMMARY, points -> summary.getDataPoints().forEach(one -> summary(points, one, now)));
      default -> {} // what is only a label has no number to be sent
    }
  }

  private void counter(Fields sum, CounterSnapshot counter, long now) {
    for (var point : counter.getDataPoints()) {
      sum.message(
          DATA_POINTS,
          one -> {
            point(one, point, now);
            one.number(AS_DOUBLE, point.getValue());
          });
    }
    sum.word(TEMPORALITY, CUMULATIVE).flag(IS_MONOTONIC);
  }

  private void histogram(Fields points, HistogramSnapshot histogram, long now) {
    for (HistogramDataPointSnapshot point : histogram.getDataPoints()) {
      List<Long> counts = new ArrayList<>();
      List<Double> bounds = new ArrayList<>();
      for (ClassicHistogramBucket bucket : point.getClassicBuckets()) {
        counts.add(bucket.getCount());
        if (Double.isFinite(bucket.getUpperBound())) {
          bounds.add(bucket.getUpperBound());
        }
      }
      points.message(
          DATA_POINTS,
          one -> {
            one.fixed(START, startNanos).fixed(TIME, now);
            one.fixed(COUNT, point.getCount()).number(POINT_SUM, point.getSum());
            one.fixed(BUCKET_COUNTS, counts).numbers(EXPLICIT_BOUNDS, bounds);
            attributes(one, HISTOGRAM_ATTRIBUTES, point);
          });
    }
    points.word(TEMPORALITY, CUMULATIVE);
  }

  private void summary(Fields points, SummaryDataPointSnapshot point, long now) {
    points.message(
        DATA_POINTS,
        one -> {
          point(one, point, now);
          one.fixed(COUNT, point.getCount()).number(POINT_SUM, point.getSum());
        });
  }

  private void point(Fields point, DataPointSnapshot snapshot, long now) {
    point.fixed(START, startNanos).fixed(TIME, now);
    attributes(point, POINT_ATTRIBUTES, snapshot);
  }

  private static void attributes(Fields point, int field, DataPointSnapshot snapshot) {
    for (Label label : snapshot.getLabels()) {
      attribute(point, field, label.getName(), label.getValue());
    }
  }

  private static void attribute(Fields owner, int field, String key, String value) {
    owner.message(
        field, pair -> pair.text(KEY, key).message(VALUE, any -> any.text(STRING_VALUE, value)));
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }
}
