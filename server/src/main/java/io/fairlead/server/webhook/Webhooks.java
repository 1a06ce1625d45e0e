package io.fairlead.server.webhook;

import io.fairlead.config.ReportingSpec;
import io.fairlead.server.event.EventLog;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** All receivers of events, each with a thread of its own, so that none waits for another. */
public final class Webhooks implements AutoCloseable {
  private final List<Webhook> webhooks;

  /** Each gets what happens from now on. */
  public Webhooks(
      List<ReportingSpec.Webhook> specs,
      EventLog events,
      String userAgent,
      InstantSource clock,
      RandomGenerator random) {
    webhooks =
        specs.stream()
            .map(spec -> new Webhook(spec, events, new Delivery(spec, userAgent, clock), random))
            .toList();
    webhooks.forEach(Webhook::start);
  }

  /** How it went so far, by the name of a receiver. */
  public List<Tally> tallies() {
    return webhooks.stream().map(Webhook::tally).toList();
  }

  @Override
  public void close() {
    webhooks.forEach(Webhook::close);
  }

  /**
   * What became of the events of one receiver.
   *
   * @param delivered those that it took
   * @param refused those that it will not have, by a status of 4xx
   * @param missed those that were forgotten before it could be reached again
   */
  public record Tally(String name, long delivered, long refused, long missed) {}
}
