package io.fairlead.dns.net;

import static io.fairlead.dns.net.Messages.framed;
import static io.fairlead.dns.net.Messages.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.net.Simulated.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has to go when one more comes, against a model that looks at all of them each time. */
@ExtendWith(NoLeaks.class)
final class ConnectionsTest {
  private static final Duration NEVER = Duration.ofDays(365);
  private static final int MAX_CONNECTIONS = 12;
  private static final int MAX_PER_CLIENT = 4;
  private static final List<String> CLIENTS =
      List.of("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1", "::1");

  /** One connection as the model sees it. */
  private static final class Seen {
    private final Connection connection;
    private final String client;
    private long lastMessage;

    private Seen(Connection connection, String client, long now) {
      this.connection = connection;
      this.client = client;
      this.lastMessage = now;
    }

    /** By the rule of the limits: an IPv6 /64 is one client. */
    private String limitedAs() {
      return client.startsWith("2001:db8::") ? "2001:db8::/64" : client;
    }
  }

  private final List<Seen> open = new ArrayList<>();
  private long now;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20_261_123})
  void theOldestIdleOneMakesRoom(long seed) {
    var random = new Random(seed);
    try (var simulated = new Simulated(new TcpLimits(MAX_CONNECTIONS, MAX_PER_CLIENT, NEVER))) {
      for (int step = 0; step < 2000; step++) {
        simulated.pass(Duration.ofMillis(1)); // so that no two are equally old
        now++;
        switch (open.isEmpty() ? 1 : random.nextInt(5)) {
          case 0 -> open.remove(anyOf(random)).connection.close();
          case 1, 2 -> accept(simulated, CLIENTS.get(random.nextInt(CLIENTS.size())));
          default -> say(open.get(anyOf(random)));
        }
        assertThat(open).as("seed %s, step %s", seed, step).allMatch(s -> s.connection.isOpen());
        assertThat(simulated.counts.sum(NetCounter.TCP_OPEN)).isEqualTo(open.size());
      }
    }
  }

  private int anyOf(Random random) {
    return random.nextInt(open.size());
  }

  private void say(Seen seen) {
    seen.connection.send(framed(query(1)));
    seen.lastMessage = now;
  }

  private void accept(Simulated simulated, String client) {
    var newcomer = new Seen(simulated.accept(client), client, now);
    List<Seen> ofClient =
        open.stream().filter(seen -> seen.limitedAs().equals(newcomer.limitedAs())).toList();
    if (ofClient.size() >= MAX_PER_CLIENT) {
      assertEvicted(ofClient);
    } else if (open.size() >= MAX_CONNECTIONS) {
      assertEvicted(open);
    }
    open.add(newcomer);
  }

  private void assertEvicted(List<Seen> candidates) {
    Seen oldest =
        candidates.stream().min(Comparator.comparingLong(seen -> seen.lastMessage)).orElseThrow();
    assertThat(oldest.connection.isOpen()).isFalse();
    open.remove(oldest);
  }

  @Test
  void sheddingTakesTheOldestIdleOnesAndEndsWithTheLast() {
    try (var simulated = new Simulated(new TcpLimits(100, 100, NEVER))) {
      for (int i = 0; i < 10; i++) {
        simulated.pass(Duration.ofMillis(1));
        now++;
        open.add(new Seen(simulated.accept("192.0.2.1"), "192.0.2.1", now));
      }
      simulated.pass(Duration.ofMillis(1));
      say(open.getFirst());
      simulated.shed(3);
      assertThat(open).extracting(seen -> seen.connection.isOpen()).startsWith(true, false, false);
      assertThat(open.stream().filter(seen -> seen.connection.isOpen())).hasSize(7);

      simulated.shed(100);
      assertThat(open).noneMatch(seen -> seen.connection.isOpen());
      assertThat(simulated.counts.sum(NetCounter.TCP_EVICTED)).isEqualTo(10);
      assertThat(simulated.counts.sum(NetCounter.TCP_OPEN)).isZero();
    }
  }
}
