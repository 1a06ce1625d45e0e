package io.fairlead.config.file;

import io.fairlead.config.ReportingSpec;
import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.TextValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.config.file.monitor.SideFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code events} and {@code telemetry}. */
final class ReportingSections {
  /** As long as a token of the admin API, for the same reason. */
  private static final int SHORTEST_SECRET = 16;

  private static final TextValue<URI> HTTP_URL =
      new TextValue<>(
          "a URL with http or https, such as https://example.com/hooks/fairlead",
          URI.create("http://localhost"),
          ReportingSections::url);

  private static final Key<String> NAME =
      Key.required("name", Texts.LABEL, "what the log and the metrics call it; once in the list");
  private static final Key<URI> URL =
      Key.required("url", HTTP_URL, "gets each event as the body of a POST");
  private static final Key<Path> SECRET_FILE =
      Key.otherwise(
          "secretFile", Texts.PATH, "unsigned", "holds the secret that signs what is sent");
  private static final Key<List<String>> KINDS =
      Key.optional(
          "kinds",
          ListValue.some(
              words("verdict", "reload", "member", "override", "guard", "cluster", "node")),
          List.of("verdict", "reload", "member", "override", "guard", "cluster", "node"),
          "which kinds of events are sent");
  private static final Key<String> WEIGHT =
      Key.optional(
          "weight", words("info", "warning", "error"), "info", "the least weight that is sent");

  private static final KeyTable WEBHOOK =
      KeyTable.of("a webhook", NAME, URL, SECRET_FILE, KINDS, WEIGHT);

  private static final Key<List<Section>> WEBHOOKS =
      Key.optional(
          "webhooks", ConfigSection.sections(WEBHOOK, 0), List.of(), "who is told of events");

  static final KeyTable EVENTS = KeyTable.of("events", WEBHOOKS);

  private static final Key<URI> ENDPOINT =
      Key.required(
          "endpoint", HTTP_URL, "a collector that speaks OTLP over HTTP, without /v1/metrics");

  /** Shorter, a collector stores more than anybody looks at; longer, an outage is over before. */
  private static final Key<Duration> INTERVAL =
      Key.optional(
          "interval",
          Durations.between(Duration.ofSeconds(1), Duration.ofHours(1)),
          Duration.ofMinutes(1),
          "from one export to the next");

  private static final KeyTable OTLP = KeyTable.of("a collector", ENDPOINT, INTERVAL);

  private static final Key<Section> OTLP_KEY =
      Key.otherwise("otlp", new SectionValue(OTLP), "none", "metrics are sent there");

  static final KeyTable TELEMETRY = KeyTable.of("telemetry", OTLP_KEY);

  private ReportingSections() {}

  private static WordValue<String> words(String first, String... others) {
    WordValue<String> value = WordValue.of(first, first);
    for (String word : others) {
      value = value.or(word, word);
    }
    return value;
  }

  private static URI url(String text) {
    URI url = URI.create(text);
    boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!isHttp || url.getHost() == null || url.getUserInfo() != null) {
      throw new IllegalArgumentException("\"" + text + "\" is no such URL");
    }
    return url;
  }

  static ReportingSpec read(Section events, Section telemetry, LoadContext context) {
    var webhooks = new ArrayList<ReportingSpec.Webhook>();
    Set<String> names = new HashSet<>();
    for (Section webhook : events.get(WEBHOOKS)) {
      if (webhook.isSound(NAME) && !names.add(webhook.get(NAME))) {
        webhook.error(NAME, "another webhook has this name; the log could not tell them apart");
      }
      webhooks.add(webhook(webhook, context));
    }
    return new ReportingSpec(webhooks, otlp(telemetry.find(OTLP_KEY)));
  }

  private static ReportingSpec.Webhook webhook(Section webhook, LoadContext context) {
    String secret = SideFile.read(webhook, SECRET_FILE, context::resolve).strip();
    if (webhook.has(SECRET_FILE)
        && webhook.isSound(SECRET_FILE)
        && secret.length() < SHORTEST_SECRET) {
      webhook.error(
          SECRET_FILE,
          "the secret has %d characters; allowed: %d or more, as openssl rand -base64 24 makes"
              .formatted(secret.length(), SHORTEST_SECRET));
    }
    return new ReportingSpec.Webhook(
        webhook.get(NAME),
        webhook.get(URL),
        secret,
        Set.copyOf(webhook.get(KINDS)),
        webhook.get(WEIGHT));
  }

  private static ReportingSpec.@Nullable Otlp otlp(@Nullable Section otlp) {
    return otlp == null ? null : new ReportingSpec.Otlp(otlp.get(ENDPOINT), otlp.get(INTERVAL));
  }
}
