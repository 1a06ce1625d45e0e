package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.server.scenario.EventReader.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that happens, as one event: in the stream and in the log. */
final class EventApiTest {
  private static final String EVENTS = "/api/v1/events";

  @TempDir private Path folder;
  private final Said said = new Said();
  private List<Site> sites;
  private FruitServer fruit;

  @BeforeEach
  void start() throws Exception {
    sites = Site.open("127.0.10.1", "127.0.20.1");
    fruit = FruitServer.start(folder, sites.getFirst().port());
  }

  @AfterEach
  void stop() {
    fruit.close();
    sites.forEach(Site::close);
    assertThat(said.traces()).isEmpty();
    said.close();
  }

  private EventReader read(String query, String... headers) {
    return new EventReader(fruit.server().adminAddress().getPort(), EVENTS + query, headers);
  }

  private static Predicate<Received> event(String kind, String words) {
    return one -> one.event().equals(kind) && one.data().path("text").asText().contains(words);
  }

  @Test
  void aVerdictIsOneEventWithItsReasonAndItsCacheHorizon() {
    try (EventReader events = read("")) {
      assertThat(events.response().headers().firstValue("Content-Type"))
          .contains("text/event-stream");
      sites.getFirst().kill();

      JsonNode down = events.next("verdict", event("verdict", "127.0.10.1")).data();

      assertThat(down.path("text").asText()).contains("fruit.gslb.guzware.net", "is DOWN");
      assertThat(down.path("weight").asText()).isEqualTo("warning");
      JsonNode facts = down.path("facts");
      assertThat(facts.path("service").asText()).isEqualTo(FruitServer.NAME);
      assertThat(facts.path("address").asText()).isEqualTo("127.0.10.1");
      assertThat(facts.path("site").asText()).isEqualTo("home-lab");
      assertThat(facts.path("stateBefore").asText()).isEqualTo("up");
      assertThat(facts.path("state").asText()).isEqualTo("down");
      assertThat(facts.path("reason").asText()).isNotEmpty();
      assertThat(
              Duration.between(
                  Instant.parse(down.path("at").asText()),
                  Instant.parse(down.path("cacheHorizon").asText())))
          .as("the service's TTL")
          .isEqualTo(Duration.ofSeconds(2));
      assertThat(said.with(down.path("text").asText())).as("and one line in the log").hasSize(1);
    }
  }

  @Test
  void anEventReachesItsReaderWithinHalfASecond() {
    try (EventReader events = read("")) {
      long before = System.nanoTime();
      fruit.server().reload();

      Received accepted = events.next("reload", event("reload", "accepted"));

      assertThat(Duration.ofNanos(accepted.nanos() - before)).isLessThan(Duration.ofMillis(500));
    }
  }

  @Test
  void reloadsAndTheMembersThatTheyBringAndTakeAreEvents() {
    String yaml = FruitServer.yaml(folder, sites.getFirst().port());
    try (EventReader events = read("")) {
      fruit.offer(yaml.replace("127.0.20.1", "127.0.20.7"));
      fruit.server().reload();

      JsonNode accepted = events.next("reload", event("reload", "accepted")).data();
      assertThat(accepted.at("/facts/services").asInt()).isEqualTo(1);
      assertThat(accepted.path("cacheHorizon").isTextual()).isTrue();
      JsonNode added = events.next("member", event("member", "127.0.20.7")).data();
      assertThat(added.at("/facts/change").asText()).isEqualTo("added");
      assertThat(added.at("/facts/origin").asText()).isEqualTo("file");
      JsonNode removed = events.next("member", event("member", "127.0.20.1")).data();
      assertThat(removed.at("/facts/change").asText()).isEqualTo("removed");

      fruit.offer("version: 1\nzoness: []\n");
      fruit.server().reload();
      JsonNode refused = events.next("reload", event("reload", "refused")).data();
      assertThat(refused.path("weight").asText()).isEqualTo("error");
      assertThat(refused.at("/facts/problems").toString()).contains("zoness");
      assertThat(refused.path("cacheHorizon").isNull()).isTrue();
    }
  }

  @Test
  void whoComesBackGetsWhatHeMissedAndNothingTwice() {
    String last;
    try (EventReader events = read("")) {
      fruit.server().reload();
      last = events.next("reload", event("reload", "accepted")).id();
    }
    fruit.server().reload();
    fruit.server().reload();

    try (EventReader again = read("", "Last-Event-ID", last)) {
      long first = Long.parseLong(again.next("reload", event("reload", "accepted")).id());
      long second = Long.parseLong(again.next("reload", event("reload", "accepted")).id());
      assertThat(List.of(first, second))
          .containsExactly(Long.parseLong(last) + 1, Long.parseLong(last) + 2);
      assertThat(again.rest()).isEmpty();
    }
    try (EventReader all = read("?since=0")) {
      assertThat(all.next("verdict", one -> true).data().path("text").asText())
          .contains("accepted");
    }
  }

  /**
   * A page that outlives a restart must look at the whole again: nobody kept what happened between.
   */
  @Test
  void aRestartIsAGapForWhoWasThereBefore() throws Exception {
    String last;
    try (EventReader events = read("")) {
      fruit.server().reload();
      last = events.next("reload", event("reload", "accepted")).id();
    }
    fruit.close();
    fruit = FruitServer.start(folder, sites.getFirst().port());

    try (EventReader again = read("", "Last-Event-ID", last)) {
      assertThat(again.next("gap", one -> true).event()).isEqualTo("gap");
      again.next("reload", event("reload", "accepted"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?since=x", "?since=-1", "?since=99999999999999999999", "?from=1"})
  void aPlaceThatIsNoneIsAProblem(String query) {
    assertThat(fruit.get(EVENTS + query).statusCode()).isEqualTo(400);
    assertThat(fruit.get(EVENTS + query).body()).contains("allowed");
  }

  @Test
  void streamsAreNotWithoutEnd() {
    var open = new ArrayList<EventReader>();
    try {
      for (int i = 0; i < 100; i++) {
        open.add(read(""));
        assertThat(open.getLast().response().statusCode()).isEqualTo(200);
      }
      assertThat(fruit.get(EVENTS).statusCode()).isEqualTo(503);
      assertThat(fruit.get("/readyz").statusCode()).as("others are served").isEqualTo(200);
    } finally {
      open.forEach(EventReader::close);
    }
    Until.isTrue(
        "closed streams make room",
        Duration.ofSeconds(20),
        () -> {
          try (EventReader one = read("")) {
            return one.response().statusCode() == 200;
          }
        });
  }
}
