package io.fairlead.server;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.ReportingSpec;
import io.fairlead.server.event.EventLog;
import io.fairlead.server.telemetry.MetricSource;
import io.fairlead.server.telemetry.OtlpExport;
import io.fairlead.server.webhook.Webhooks;

/** Those who are told what happens without having asked. */
final class Reporting {
  private Reporting() {}

  static Webhooks webhooks(FairleadConfig config, EventLog events, Environment environment) {
    return new Webhooks(
        config.reporting().webhooks(),
        events,
        Release.userAgent(),
        environment.clock(),
        environment.random());
  }

  /** Sends metrics on, where the configuration names somebody; ends when the server does. */
  static void export(
      FairleadConfig config, MetricSource metrics, Environment environment, Closing closing) {
    ReportingSpec.Otlp otlp = config.reporting().otlp();
    if (otlp != null) {
      var sender =
          new OtlpExport.Sender(config.node().name(), Release.version(), Release.userAgent());
      closing.add("otlp", new OtlpExport(otlp, sender, metrics, environment.clock()));
    }
  }
}
