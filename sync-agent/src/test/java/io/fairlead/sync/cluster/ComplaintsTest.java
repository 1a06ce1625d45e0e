package io.fairlead.sync.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.object.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said at objects: once, not too early, and not too much. */
final class ComplaintsTest {
  private final Complaints complaints = new Complaints();
  private final List<Complaint> said = new ArrayList<>();

  private static Complaint complaint(int object, String text) {
    var origin = new Origin("c1", "web", "Ingress", "app-" + object);
    return new Complaint(origin, Complaint.SKIPPED, text);
  }

  private static List<Complaint> many(int count) {
    return IntStream.range(0, count).mapToObj(i -> complaint(i, "no host")).toList();
  }

  private void looks(int times, List<Complaint> now) {
    for (int i = 0; i < times; i++) {
      complaints.look(now, said::add);
    }
  }

  @Test
  void whatPassesByItselfIsNotSaid() {
    looks(Complaints.STANDING - 1, many(1));
    looks(1, List.of());
    looks(Complaints.STANDING - 1, many(1));
    assertThat(said).isEmpty();
  }

  @Test
  void whatStandsIsSaidOnce() {
    looks(100, many(1));
    assertThat(said).isEqualTo(many(1));
  }

  @Test
  void whatComesBackIsSaidAgain() {
    looks(Complaints.STANDING, many(1));
    looks(1, List.of());
    looks(Complaints.STANDING, many(1));
    assertThat(said).hasSize(2);
  }

  @Test
  void anotherReasonIsAnotherComplaint() {
    looks(Complaints.STANDING, List.of(complaint(1, "no host")));
    looks(Complaints.STANDING, List.of(complaint(1, "no address")));
    assertThat(said).extracting(Complaint::text).containsExactly("no host", "no address");
  }

  @Test
  void manyAreSaidAtABoundedPaceAndNoneIsLost() {
    looks(Complaints.STANDING, many(1_000));
    assertThat(said).hasSize(Complaints.BURST);
    looks(100, many(1_000));
    assertThat(said).hasSize(Complaints.BURST + 100);
    looks(1_000, many(1_000));
    assertThat(said).containsExactlyInAnyOrderElementsOf(many(1_000));
  }

  @Test
  void whatCouldNotBeSaidIsTriedAgain() {
    looks(Complaints.STANDING, many(1));
    complaints.unsaid(said.getFirst());
    looks(1, many(1));
    assertThat(said).hasSize(2);
  }

  @Test
  void whereWeMayNotWriteAllRestsForAWhile() {
    looks(Complaints.STANDING, many(2));
    assertThat(complaints.refuse(said.get(0))).as("the first refusal is told").isTrue();
    assertThat(complaints.refuse(said.get(1))).isFalse();
    looks(Complaints.REFUSED - 1, many(2));
    assertThat(said).hasSize(2);
    looks(1, many(2));
    assertThat(said).hasSize(4);
  }

  @Test
  void anEventIsWhatTheApiTakes() {
    var origin = new Origin("c1", "web", "Ingress", "n".repeat(253));
    var complaint = new Complaint(origin, Complaint.NOT_SERVED, "x".repeat(2_000));
    var identity = new Identity("networking.k8s.io/v1", "uid-1", "2026-01-01T00:00:00Z");
    var event = EventObject.of(complaint, identity, Instant.parse("2026-07-01T12:00:00.5Z"));

    assertThat(event.getMetadata().getName()).hasSize(253).matches("[a-z0-9.-]+");
    assertThat(event.getMetadata().getNamespace()).isEqualTo("web");
    assertThat(event.getAdditionalProperties()).containsEntry("message", "x".repeat(1_024));
    assertThat(event.getAdditionalProperties())
        .containsEntry("reason", "NotServed")
        .containsEntry("firstTimestamp", "2026-07-01T12:00:00Z")
        .containsEntry(
            "involvedObject",
            Map.of(
                "apiVersion", "networking.k8s.io/v1",
                "kind", "Ingress",
                "namespace", "web",
                "name", origin.name(),
                "uid", "uid-1"));
    assertThat(EventObject.of(complaint, identity, Instant.EPOCH).getMetadata().getName())
        .as("the same complaint is the same event, after a restart too")
        .isEqualTo(event.getMetadata().getName());
  }
}
