package io.fairlead.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what happens, without having asked.
 *
 * @param otlp null = nobody is sent metrics
 */
public record ReportingSpec(List<Webhook> webhooks, @Nullable Otlp otlp) {
  public static final ReportingSpec NONE = new ReportingSpec(List.of(), null);

  /**
   * A receiver of events.
   *
   * @param secret what signs; empty = unsigned
   * @param kinds words of the kinds of events that it gets; empty = all
   * @param weight the word of the least weight that it gets
   */
  public record Webhook(String name, URI url, String secret, Set<String> kinds, String weight) {
    public Webhook {
      kinds = Set.copyOf(kinds);
    }

    /** Without the secret, which belongs into no log. */
    @Override
    public String toString() {
      return "Webhook[name=%s, url=%s, kinds=%s, weight=%s]".formatted(name, url, kinds, weight);
    }
  }

  /**
   * A collector of metrics.
   *
   * @param endpoint its base; metrics go to {@code /v1/metrics} below
   * @param interval from one export to the next
   */
  public record Otlp(URI endpoint, Duration interval) {}

  public ReportingSpec {
    webhooks = List.copyOf(webhooks);
  }
}
