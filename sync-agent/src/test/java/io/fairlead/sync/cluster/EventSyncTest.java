package io.fairlead.sync.cluster;

import static io.fairlead.sync.cluster.SyncFixture.GSLB;
import static io.fairlead.sync.cluster.SyncFixture.byApp;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that are not served as they stand hear of it, over real HTTP. */
final class EventSyncTest {
  private static final String EVENTS = "v1/namespaces/web/events";

  @TempDir private Path directory;
  private ScriptedApiServer east;

  @BeforeEach
  void start() throws IOException {
    east = ScriptedApiServer.start();
    east.putIngress("web", "fine", GSLB, List.of("fine.example.com"), List.of("192.0.2.1"));
  }

  @AfterEach
  void stop() {
    east.close();
  }

  private SyncFixture sync() {
    return SyncFixture.writing(directory, byApp(GSLB), Map.of("east", east.url()));
  }

  private void awaitEvents(int number) {
    Heard.until(() -> east.created().size() == number);
  }

  @Test
  void anObjectThatOffersNothingIsToldWhy() throws Exception {
    east.putIngress("web", "wild", GSLB, List.of("*.example.com"), List.of("192.0.2.2"));
    east.putIngress("web", "other", Map.of(), List.of("*.example.com"), List.of("192.0.2.2"));
    try (SyncFixture sync = sync()) {
      sync.heard.members("east", "fine.example.com=192.0.2.1");
      awaitEvents(1);
      var event = east.created().getFirst();
      assertThat(event.path()).isEqualTo(EVENTS);
      assertThat(event.body())
          .contains("\"kind\":\"Ingress\"", "\"name\":\"wild\"", "\"reason\":\"Skipped\"")
          .contains("wildcard host *.example.com");
    }
  }

  @Test
  void aNameThatIsNotServedIsToldToEachObjectThatAsksForIt() throws Exception {
    try (SyncFixture sync = sync()) {
      sync.heard.members("east", "fine.example.com=192.0.2.1");
      sync.agent.note(
          Map.of(
              "fine.example.com", List.of("fine.example.com: left out, it is in none of the zones"),
              "elsewhere.example.com", List.of("not of this cluster")));
      awaitEvents(1);
      assertThat(east.created().getFirst().body())
          .contains("\"reason\":\"NotServed\"", "it is in none of the zones");
    }
  }

  @Test
  void credentialsThatMayNotWriteLoseNothing() throws Exception {
    east.forbid(EVENTS);
    east.putIngress("web", "wild", GSLB, List.of("*.example.com"), List.of("192.0.2.2"));
    try (SyncFixture sync = sync()) {
      sync.heard.members("east", "fine.example.com=192.0.2.1");
      sync.agent.note(Map.of("fine.example.com", List.of("said")));
      east.putIngress("web", "fine", GSLB, List.of("fine.example.com"), List.of("192.0.2.9"));
      sync.heard.members("east", "fine.example.com=192.0.2.9");
      assertThat(sync.heard.status("east", ClusterStatus::connected).skipped()).hasSize(1);
    }
    assertThat(east.created()).isEmpty();
  }
}
