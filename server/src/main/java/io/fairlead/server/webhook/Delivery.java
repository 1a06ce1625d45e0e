package io.fairlead.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.ReportingSpec;
import io.fairlead.server.event.Numbered;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts one event to one receiver. */
final class Delivery implements AutoCloseable {
  /** A receiver that thinks for longer should take the event first and think then. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String ALGORITHM = "HmacSHA256";

  private final ReportingSpec.Webhook spec;
  private final String userAgent;
  private final InstantSource clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  Delivery(ReportingSpec.Webhook spec, String userAgent, InstantSource clock) {
    this.spec = spec;
    this.userAgent = userAgent;
    this.clock = clock;
  }

  /**
   * Sends an event, and waits for what comes of it.
   *
   * @return the status
   * @throws IOException where none came in time
   */
  int send(Numbered event) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(spec.url())
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("User-Agent", userAgent)
            .header("Fairlead-Event", event.event().kind().word())
            .header("Fairlead-Delivery", Long.toString(event.number()))
            .POST(BodyPublishers.ofString(event.json()));
    if (!spec.secret().isEmpty()) {
      request.header("Fairlead-Signature", signature(clock.instant().getEpochSecond(), event));
    }
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  /** The time is signed too, so that an old event cannot be sent again by somebody else. */
  private String signature(long seconds, Numbered event) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(spec.secret().getBytes(UTF_8), ALGORITHM));
      byte[] signed = mac.doFinal((seconds + "." + event.json()).getBytes(UTF_8));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
