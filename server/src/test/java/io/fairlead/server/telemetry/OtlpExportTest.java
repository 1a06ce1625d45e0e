package io.fairlead.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import com.sun.net.httpserver.HttpServer;
import io.fairlead.config.ReportingSpec;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A collector gets what a scrape would say, as OTLP has it. */
class OtlpExportTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  /** One request as the collector read it. */
  private record Got(String path, String type, byte[] body) {}

  private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
  private final AtomicInteger status = new AtomicInteger(200);
  private HttpServer collector;

  @BeforeEach
  void listen() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          String type = exchange.getRequestHeaders().getFirst("Content-Type");
          got.add(new Got(exchange.getRequestURI().getPath(), type, body));
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void close() {
    collector.stop(0);
  }

  private OtlpExport export(String path) {
    URI endpoint = URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + path);
    return new OtlpExport(
        new ReportingSpec.Otlp(endpoint, Duration.ofMillis(20)),
        new OtlpExport.Sender("node-7", "1.2.3", "fairlead/1.2.3"),
        OtlpExportTest::metrics,
        InstantSource.fixed(NOW));
  }

  private static MetricSnapshots metrics() {
    return new MetricSnapshots(
        CounterSnapshot.builder()
            .name("fairlead_queries")
            .help("Queries")
            .dataPoint(
                CounterDataPointSnapshot.builder()
                    .labels(Labels.of("outcome", "answer"))
                    .value(7.0)
                    .build())
            .build(),
        GaugeSnapshot.builder()
            .name("fairlead_ready")
            .dataPoint(GaugeDataPointSnapshot.builder().value(1.0).build())
            .build(),
        HistogramSnapshot.builder()
            .name("fairlead_reply_size_bytes")
            .dataPoint(
                HistogramDataPointSnapshot.builder()
                    .classicHistogramBuckets(
                        ClassicHistogramBuckets.builder()
                            .bucket(64, 2)
                            .bucket(512, 3)
                            .bucket(Double.POSITIVE_INFINITY, 4)
                            .build())
                    .sum(1000.0)
                    .build())
            .build());
  }

  private Got next() throws InterruptedException {
    Got next = got.poll(30, TimeUnit.SECONDS);
    assertThat(next).as("an export within 30 s").isNotNull();
    return next;
  }

  @Test
  void everyKindOfMetricIsSent() throws Exception {
    try (OtlpExport _ = export("")) {
      Got request = next();
      assertThat(request.path()).isEqualTo("/v1/metrics");
      assertThat(request.type()).isEqualTo("application/x-protobuf");

      Message resourceMetrics = Message.read(request.body()).below(1).getFirst();
      assertThat(attributes(resourceMetrics.below(1).getFirst(), 1))
          .isEqualTo(
              Map.of(
                  "service.name", "fairlead",
                  "service.version", "1.2.3",
                  "service.instance.id", "node-7"));
      Map<String, Message> metrics = new TreeMap<>();
      for (Message metric : resourceMetrics.below(2).getFirst().below(2)) {
        metrics.put(metric.text(1), metric);
      }
      assertThat(metrics)
          .containsOnlyKeys(
              "fairlead_queries_total", "fairlead_ready", "fairlead_reply_size_bytes");

      Message sum = requireNonNull(metrics.get("fairlead_queries_total")).below(7).getFirst();
      assertThat(sum.numbers(2)).as("cumulative").containsExactly(2L);
      assertThat(sum.numbers(3)).as("monotonic").containsExactly(1L);
      Message point = sum.below(1).getFirst();
      assertThat(attributes(point, 7)).isEqualTo(Map.of("outcome", "answer"));
      assertThat(point.doubles(4)).containsExactly(7.0);
      assertThat(point.numbers(3)).containsExactly(NOW.getEpochSecond() * 1_000_000_000L);

      Message gauge = requireNonNull(metrics.get("fairlead_ready")).below(5).getFirst();
      assertThat(gauge.below(1).getFirst().doubles(4)).containsExactly(1.0);

      Message histogram =
          requireNonNull(metrics.get("fairlead_reply_size_bytes"))
              .below(9)
              .getFirst()
              .below(1)
              .getFirst();
      assertThat(histogram.numbers(4)).as("count").containsExactly(9L);
      assertThat(histogram.doubles(5)).as("sum").containsExactly(1000.0);
      assertThat(longs(histogram.bytes(6))).containsExactly(2L, 3L, 4L);
      assertThat(longs(histogram.bytes(7)).stream().map(Double::longBitsToDouble))
          .containsExactly(64.0, 512.0);
    }
  }

  @Test
  void aCollectorThatIsAwayIsTriedAgain() throws Exception {
    status.set(503);
    try (OtlpExport _ = export("/base/")) {
      assertThat(next().path()).isEqualTo("/base/v1/metrics");
      status.set(200);
      assertThat(next().body()).isNotEmpty();
      assertThat(next().body()).isNotEmpty();
    }
  }

  private static Map<String, String> attributes(Message owner, int field) throws IOException {
    Map<String, String> attributes = new TreeMap<>();
    for (Message pair : owner.below(field)) {
      attributes.put(pair.text(1), pair.below(2).getFirst().text(1));
    }
    return attributes;
  }

  private static List<Long> longs(byte[] packed) throws IOException {
    var in = CodedInputStream.newInstance(packed);
    List<Long> values = new ArrayList<>();
    while (!in.isAtEnd()) {
      values.add(in.readFixed64());
    }
    return values;
  }

  /** A message without its schema: values by the number of their field. */
  private record Message(Map<Integer, List<Object>> fields) {
    static Message read(byte[] octets) throws IOException {
      var in = CodedInputStream.newInstance(octets);
      Map<Integer, List<Object>> fields = new TreeMap<>();
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        Object value =
            switch (WireFormat.getTagWireType(tag)) {
              case WireFormat.WIRETYPE_VARINT -> in.readInt64();
              case WireFormat.WIRETYPE_FIXED64 -> in.readFixed64();
              case WireFormat.WIRETYPE_LENGTH_DELIMITED -> in.readByteArray();
              default -> throw new IOException("tag " + tag);
            };
        fields
            .computeIfAbsent(WireFormat.getTagFieldNumber(tag), _ -> new ArrayList<>())
            .add(value);
      }
      return new Message(fields);
    }

    private List<Object> all(int field) {
      return fields.getOrDefault(field, List.of());
    }

    List<Message> below(int field) throws IOException {
      List<Message> messages = new ArrayList<>();
      for (Object octets : all(field)) {
        messages.add(read((byte[]) octets));
      }
      return messages;
    }

    byte[] bytes(int field) {
      return (byte[]) all(field).getFirst();
    }

    String text(int field) {
      return new String(bytes(field), UTF_8);
    }

    List<Long> numbers(int field) {
      return all(field).stream().map(value -> (Long) value).toList();
    }

    List<Double> doubles(int field) {
      return numbers(field).stream().map(Double::longBitsToDouble).toList();
    }
  }
}
