package io.fairlead.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fairlead.config.ReportingSpec;
import io.fairlead.server.event.Event;
import io.fairlead.server.event.Event.Kind;
import io.fairlead.server.event.Event.Weight;
import io.fairlead.server.event.EventLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Receivers get each event once, in order, signed; one that is away loses the oldest alone. */
class WebhooksTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String SECRET = "a-secret-of-some-length";
  private static final Set<String> ALL =
      Set.of("verdict", "reload", "member", "override", "guard", "cluster", "node");

  /** What the receiver got. */
  private record Got(String kind, String delivery, @Nullable String signature, String body) {}

  private final EventLog events = new EventLog(NOW);
  private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
  private final Queue<Integer> statuses = new ArrayDeque<>();
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/hook", this::receive);
    receiver.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Integer status;
    synchronized (statuses) {
      status = statuses.poll();
    }
    got.add(
        new Got(
            headers.getFirst("Fairlead-Event"),
            headers.getFirst("Fairlead-Delivery"),
            headers.getFirst("Fairlead-Signature"),
            body));
    exchange.sendResponseHeaders(status == null ? 204 : status, -1);
    exchange.close();
  }

  private void answer(Integer... next) {
    synchronized (statuses) {
      statuses.addAll(List.of(next));
    }
  }

  @AfterEach
  void close() {
    receiver.stop(0);
  }

  private Webhooks webhooks(String secret, Set<String> kinds, String weight) {
    URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
    return webhooks(new ReportingSpec.Webhook("chat", url, secret, kinds, weight));
  }

  private Webhooks webhooks(ReportingSpec.Webhook spec) {
    return new Webhooks(List.of(spec), events, "test", InstantSource.fixed(NOW), new Random(1));
  }

  private static Event event(Kind kind, Weight weight, String text) {
    return new Event(kind, NOW, weight, text, Map.of("member", "192.0.2.1"), NOW.plusSeconds(30));
  }

  private Got next() throws InterruptedException {
    Got next = got.poll(30, TimeUnit.SECONDS);
    assertThat(next).as("an event within 30 s").isNotNull();
    return next;
  }

  @Test
  void eachEventIsPostedOnceInOrderWithItsCacheHorizon() throws InterruptedException {
    try (Webhooks webhooks = webhooks("", ALL, "info")) {
      events.add(
          List.of(
              event(Kind.VERDICT, Weight.WARNING, "one"), event(Kind.GUARD, Weight.ERROR, "two")));
      events.add(List.of(event(Kind.RELOAD, Weight.INFO, "three")));

      Got first = next();
      assertThat(first.kind()).isEqualTo("verdict");
      assertThat(first.signature()).isNull();
      assertThat(first.body())
          .contains("\"text\":\"one\"", "\"cacheHorizon\":\"2026-01-02T03:04:35Z\"");
      assertThat(next().body()).contains("two");
      assertThat(next().body()).contains("three");
      assertThat(tally(webhooks, 3)).isEqualTo(new Webhooks.Tally("chat", 3, 0, 0));
    }
    assertThat(got).isEmpty();
  }

  @Test
  void onlyTheKindsAndWeightsThatWereAskedForAreSent() throws InterruptedException {
    try (Webhooks webhooks = webhooks("", Set.of("verdict", "guard"), "warning")) {
      events.add(
          List.of(
              event(Kind.VERDICT, Weight.INFO, "light"),
              event(Kind.RELOAD, Weight.ERROR, "another kind"),
              event(Kind.GUARD, Weight.WARNING, "wanted")));
      assertThat(next().body()).contains("wanted");
      assertThat(tally(webhooks, 1).delivered()).isOne();
    }
    assertThat(got).isEmpty();
  }

  @Test
  void theSignatureIsOverTheTimeAndTheBody() throws Exception {
    try (Webhooks _ = webhooks(SECRET, ALL, "info")) {
      events.add(List.of(event(Kind.MEMBER, Weight.INFO, "signed")));
      Got signed = next();
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
      String hex =
          HexFormat.of()
              .formatHex(mac.doFinal((NOW.getEpochSecond() + "." + signed.body()).getBytes(UTF_8)));
      assertThat(signed.signature()).isEqualTo("t=" + NOW.getEpochSecond() + ",v1=" + hex);
    }
  }

  @Test
  void aReceiverInTroubleIsTriedAgainAndNothingOvertakes() throws InterruptedException {
    answer(503, 429);
    try (Webhooks webhooks = webhooks("", ALL, "info")) {
      events.add(List.of(event(Kind.VERDICT, Weight.INFO, "first")));
      events.add(List.of(event(Kind.VERDICT, Weight.INFO, "second")));
      Got once = next();
      assertThat(next()).isEqualTo(once);
      assertThat(next()).isEqualTo(once);
      assertThat(next().body()).contains("second");
      assertThat(tally(webhooks, 2)).isEqualTo(new Webhooks.Tally("chat", 2, 0, 0));
    }
  }

  @Test
  void whatAReceiverWillNotHaveIsNotSentAgain() throws InterruptedException {
    answer(400, 302);
    try (Webhooks webhooks = webhooks("", ALL, "info")) {
      events.add(
          List.of(
              event(Kind.VERDICT, Weight.INFO, "bad"),
              event(Kind.VERDICT, Weight.INFO, "moved"),
              event(Kind.VERDICT, Weight.INFO, "good")));
      assertThat(next().body()).contains("bad");
      assertThat(next().body()).contains("moved");
      assertThat(next().body()).contains("good");
      assertThat(tally(webhooks, 1)).isEqualTo(new Webhooks.Tally("chat", 1, 2, 0));
    }
  }

  @Test
  void whatTheLogForgetsMeanwhileIsCountedAsMissed() throws InterruptedException {
    answer(500);
    try (Webhooks webhooks = webhooks("", ALL, "info")) {
      events.add(List.of(event(Kind.VERDICT, Weight.INFO, "forgotten")));
      assertThat(next().body()).contains("forgotten");
      // While the first is waited for, more come than the log keeps.
      events.add(
          IntStream.range(0, 5000)
              .mapToObj(i -> event(Kind.VERDICT, Weight.INFO, "flood " + i))
              .toList());
      long kept = events.last() - events.forgotten();
      Webhooks.Tally tally = tally(webhooks, kept);
      assertThat(tally.missed()).isEqualTo(5001 - kept);
      assertThat(next().body()).contains("flood " + (5000 - kept));
    }
  }

  @Test
  void closingDoesNotWaitForAReceiverThatIsAway() {
    receiver.stop(0);
    var webhooks = webhooks("", ALL, "info");
    events.add(List.of(event(Kind.VERDICT, Weight.INFO, "nobody there")));
    long start = System.nanoTime();
    webhooks.close();
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(5);
  }

  /** The tally once so many were delivered. */
  private static Webhooks.Tally tally(Webhooks webhooks, long delivered) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    Webhooks.Tally tally = webhooks.tallies().getFirst();
    while (tally.delivered() < delivered && System.nanoTime() < deadline) {
      Thread.onSpinWait();
      tally = webhooks.tallies().getFirst();
    }
    return tally;
  }
}
