package io.fairlead.server.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.TapSpec;
import io.fairlead.config.WireSpec;
import io.fairlead.dns.cookie.CookieSecret;
import io.fairlead.dns.cookie.CookieSecrets;
import io.fairlead.dns.limit.RateLimitSpec;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.SnapshotCell;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reload, a changed file and a day do to the rules of answering. */
class AnsweringTest {
  private static final String FIRST = "e5e973e5a6b2a43f48e7dc849e37bfcf";
  private static final String NEXT = "445536bcd2513298075a5d379663c962";
  private static final RateLimitSpec STRICT = new RateLimitSpec(true, 1, 0, 24, 56, List.of());

  @TempDir Path folder;

  private final AtomicLong nanos = new AtomicLong();
  private final InstantSource clock = InstantSource.fixed(Instant.EPOCH);
  private final SplittableRandom random = new SplittableRandom(1);

  private Cookies cookies(@Nullable Path file) {
    return new Cookies(file, clock, nanos::get, random);
  }

  private Answering answering(RateLimitSpec limits) {
    return new Answering(new SnapshotCell(), spec(limits), clock, nanos::get, random);
  }

  private static WireSpec spec(RateLimitSpec limits) {
    return new WireSpec(EdnsSettings.DEFAULT, true, null, limits, TapSpec.OFF);
  }

  private static CookieSecrets secrets(String active, String other) {
    return new CookieSecrets(CookieSecret.parse(active), CookieSecret.parse(other));
  }

  @Test
  void aChangedFileOfSecretsIsTakenIn() throws IOException {
    Path file = Files.writeString(folder.resolve("secrets"), FIRST + "\n");
    try (var cookies = cookies(file)) {
      assertThat(cookies.known().secrets()).isEqualTo(secrets(FIRST, FIRST));

      replace(file, NEXT + "\n" + FIRST + "\n");
      await(() -> cookies.known().secrets().equals(secrets(NEXT, FIRST)));
    }
  }

  /** A file that cannot be used changes nothing, and the next good one does. */
  @Test
  void aBadFileOfSecretsChangesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("secrets"), FIRST + "\n");
    try (var cookies = cookies(file)) {
      replace(file, "rubbish");
      cookies.follow(file);
      assertThat(cookies.known().secrets()).isEqualTo(secrets(FIRST, FIRST));

      replace(file, NEXT);
      cookies.follow(file);
      assertThat(cookies.known().secrets()).isEqualTo(secrets(NEXT, NEXT));
    }
  }

  @Test
  void withoutAFileTheSecretIsAnotherEachDay() {
    try (var cookies = cookies(null)) {
      CookieSecrets first = cookies.known().secrets();
      nanos.addAndGet(Duration.ofDays(1).toNanos() - 1);
      cookies.follow(null);
      assertThat(cookies.known().secrets()).isEqualTo(first);

      nanos.addAndGet(1);
      cookies.follow(null);
      CookieSecrets second = cookies.known().secrets();
      assertThat(second.active()).isNotEqualTo(first.active());
      assertThat(second.other())
          .as("its cookies are known for another day")
          .isEqualTo(first.active());
    }
  }

  @Test
  void limitsFollowAReload() {
    try (var answering = answering(RateLimitSpec.DEFAULT)) {
      assertThat(answeredOf(answering, 100)).as("200 a second").isEqualTo(100);

      answering.follow(spec(STRICT));
      assertThat(answeredOf(answering, 100)).as("1 a second").isLessThan(3);

      var off = new RateLimitSpec(false, 1, 0, 24, 56, List.of());
      answering.follow(spec(off));
      assertThat(answeredOf(answering, 100)).as("off").isEqualTo(100);
    }
  }

  /** Or a reload of something else would give every flood a fresh start. */
  @Test
  void aLimiterThatIsToldNothingNewForgetsNothing() {
    try (var answering = answering(STRICT)) {
      answeredOf(answering, 100);
      var named = new EdnsSettings(1232, "dns-1", Duration.ofSeconds(10));
      answering.follow(new WireSpec(named, true, null, STRICT, TapSpec.OFF));

      assertThat(answeredOf(answering, 100)).isZero();
      assertThat(answering.spec().edns()).isEqualTo(named);
    }
  }

  /** A query that any server can answer, with SERVFAIL at least. */
  private static int answeredOf(Answering answering, int queries) {
    byte[] query = {0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'a', 0, 0, 1, 0, 1};
    Exchange exchange = Exchange.of(new io.fairlead.dns.count.Counters().newTally());
    exchange.client().resolver().setIpv4(0xc6336407, 32);
    int answered = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment message = arena.allocateFrom(ValueLayout.JAVA_BYTE, query);
      MemorySegment reply = arena.allocate(Exchange.MAX_MESSAGE);
      for (int i = 0; i < queries; i++) {
        answered += answering.handler().respond(message, query.length, reply, exchange) > 0 ? 1 : 0;
      }
    }
    return answered;
  }

  private void replace(Path file, String text) throws IOException {
    Path aside = Files.writeString(folder.resolve("aside"), text);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void await(BooleanSupplier event) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!event.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within a minute").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
