package io.fairlead.server.telemetry;

import io.fairlead.config.ReportingSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends all metrics to a collector, each interval anew. They are cumulative: what one export could
 * not bring, the next one does, so that nothing is kept and tried again.
 */
public final class OtlpExport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI target;
  private final String userAgent;
  private final MetricSource metrics;
  private final InstantSource clock;
  private final OtlpMetrics encoder;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("fairlead-otlp").daemon().factory());
  private boolean failing;

  /**
   * Who sends.
   *
   * @param node how this process calls itself
   */
  public record Sender(String node, String version, String userAgent) {}

  public OtlpExport(
      ReportingSpec.Otlp spec, Sender sender, MetricSource metrics, InstantSource clock) {
    this.target = URI.create(spec.endpoint().toString().replaceFirst("/?$", "/v1/metrics"));
    this.userAgent = sender.userAgent();
    this.metrics = metrics;
    this.clock = clock;
    this.encoder = new OtlpMetrics(sender.node(), sender.version(), clock.instant());
    long millis = spec.interval().toMillis();
    var _ = timer.scheduleWithFixedDelay(this::export, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void export() {
    try {
      byte[] body = encoder.encode(metrics.snapshots(), clock.instant());
      HttpRequest request =
          HttpRequest.newBuilder(target)
              .timeout(PATIENCE)
              .header("Content-Type", "application/x-protobuf")
              .header("User-Agent", userAgent)
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      told(status / 100 == 2 ? "" : "status " + status);
    } catch (IOException e) {
      told(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void told(String trouble) {
    if (!trouble.isEmpty() && !failing) {
      LOG.warn("metrics cannot be sent to {}: {}", target, trouble);
    } else if (trouble.isEmpty() && failing) {
      LOG.info("metrics are sent to {} again", target);
    }
    failing = !trouble.isEmpty();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    client.shutdownNow();
  }
}
