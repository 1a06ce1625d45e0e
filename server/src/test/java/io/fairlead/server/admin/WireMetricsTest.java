package io.fairlead.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.count.Tally;
import io.fairlead.dns.net.NetCounter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

/** What a scrape says of queries, replies and sockets. */
class WireMetricsTest {
  private static final int UDP = 0;
  private static final int TCP = 1;

  private final Counters counters = new Counters();

  private String scrape() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry
        .getPrometheusRegistry()
        .register(new WireMetrics(counters, NetCounter::ordinal, () -> 7));
    return registry.scrape();
  }

  @Test
  void everyKindThatThereWasIsALine() {
    Tally tally = counters.newTally();
    tally.count(Outcome.ANSWER, UDP, 1, 0, 61);
    tally.count(Outcome.ANSWER, UDP, 1, 0, 61);
    tally.count(Outcome.NX_DOMAIN, TCP, 28, 3, 100);

    assertThat(scrape())
        .contains(
            "fairlead_queries_total{outcome=\"answer\",rcode=\"NOERROR\",transport=\"udp\","
                + "type=\"A\"} 2.0",
            "fairlead_queries_total{outcome=\"nx_domain\",rcode=\"NXDOMAIN\",transport=\"tcp\","
                + "type=\"AAAA\"} 1.0");
  }

  @Test
  void everyOutcomeHasAZeroToBeginWith() {
    for (Outcome outcome : Outcome.values()) {
      assertThat(scrape())
          .contains(
              "fairlead_queries_total{outcome=\""
                  + outcome.id()
                  + "\",rcode=\"none\",transport=\"udp\",type=\"none\"} 0.0");
    }
  }

  @Test
  void sizesAreAHistogram() {
    Tally tally = counters.newTally();
    tally.count(Outcome.ANSWER, UDP, 1, 0, 61);
    tally.count(Outcome.ANSWER, UDP, 1, 0, 1000);

    assertThat(scrape())
        .contains(
            "# TYPE fairlead_reply_size_bytes histogram",
            "fairlead_reply_size_bytes_bucket{transport=\"udp\",le=\"64.0\"} 1",
            "fairlead_reply_size_bytes_bucket{transport=\"udp\",le=\"512.0\"} 1",
            "fairlead_reply_size_bytes_bucket{transport=\"udp\",le=\"1232.0\"} 2",
            "fairlead_reply_size_bytes_bucket{transport=\"udp\",le=\"+Inf\"} 2",
            "fairlead_reply_size_bytes_count{transport=\"udp\"} 2",
            "fairlead_reply_size_bytes_sum{transport=\"udp\"} 1061.0");
  }

  @Test
  void whatWasNotToldOfIsCounted() {
    assertThat(scrape()).contains("fairlead_tap_lost_total 7.0");
  }

  @Test
  void everySocketCounterIsThere() {
    String text = scrape();
    for (NetCounter counter : NetCounter.values()) {
      String suffix = counter.isGauge() ? " " : "_total ";
      assertThat(text).contains("\nfairlead_" + counter.id() + suffix + (double) counter.ordinal());
    }
  }
}
