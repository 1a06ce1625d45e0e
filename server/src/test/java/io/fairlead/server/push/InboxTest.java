package io.fairlead.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.server.control.ControlEvent;
import io.fairlead.sync.cluster.ClusterStatus;
import io.fairlead.sync.global.GlobalPolicy;
import io.fairlead.sync.merge.Check;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.Destination;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.spec.ClusterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From an agent's outbox to the server's inbox: what arrives is what the cluster offers. */
final class InboxTest {
  private static final ClusterSpec ONE = new ClusterSpec("c1", "oslo", true);
  private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
  private static final ClusterStatus CONNECTED = new ClusterStatus("c1", true, NOON, "synced");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Instant now = NOON;
  private int sessions;
  private final List<ControlEvent> told = new ArrayList<>();
  private final Inbox inbox = new Inbox(told::add, () -> now);
  private final Outbox outbox = new Outbox(() -> "session-" + sessions++);

  @AfterEach
  void close() {
    inbox.close();
  }

  private static ImportedMember member(String object, String host, String address) {
    return new ImportedMember(
        host,
        "c1",
        "oslo",
        Destination.parse(address),
        new ImportedMember.Origin("c1", "web", "Ingress", object),
        new ImportedMember.Backend(host, List.of(), Check.PLAIN));
  }

  private ClusterMembers set(List<ImportedMember> members) {
    return new ClusterMembers("c1", members, now);
  }

  /** As it goes over the network. */
  private Inbox.Answer arrive(Piece piece) throws Exception {
    return inbox.take(ONE, JSON.readTree(PieceCodec.encode(piece).toString()));
  }

  private void push(ClusterMembers set) throws Exception {
    for (Piece piece : outbox.pieces(set, CONNECTED)) {
      assertThat(arrive(piece)).isEqualTo(new Inbox.Answer.Taken(false));
    }
  }

  private ClusterMembers imported() {
    return told.stream()
        .filter(ControlEvent.ImportChanged.class::isInstance)
        .map(event -> ((ControlEvent.ImportChanged) event).members())
        .reduce((_, newest) -> newest)
        .orElseThrow();
  }

  private ClusterStatus status() {
    return told.stream()
        .filter(ControlEvent.ClusterChanged.class::isInstance)
        .map(event -> ((ControlEvent.ClusterChanged) event).status())
        .reduce((_, newest) -> newest)
        .orElseThrow();
  }

  @Test
  void whatTheLeadersObjectsSayArrivesWithTheSetAndNoNameThatIsNone() throws Exception {
    var service = new GlobalPolicy.Service("web", "gs", "", Map.of("a", "b"), 1, "{}");
    var policy = new GlobalPolicy(Map.of("x.example", service), Map.of("web/hm", "{}"));
    var set = new ClusterMembers("c1", List.of(), now, null, policy);
    push(set);
    assertThat(imported()).isEqualTo(set);

    var odd = new GlobalPolicy(Map.of("x_y.example", service), Map.of());
    for (Piece piece :
        outbox.pieces(new ClusterMembers("c1", List.of(), now, null, odd), CONNECTED)) {
      assertThatThrownBy(() -> arrive(piece))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"x_y\" is not a label");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverChangesAndGetsLostTheSetArrivesWhole(long seed) throws Exception {
    var random = new Random(seed);
    Map<String, ImportedMember> offered = new TreeMap<>();
    for (int step = 0; step < 100; step++) {
      for (int change = random.nextInt(4); change >= 0; change--) {
        String object = "o" + random.nextInt(20);
        if (random.nextInt(4) == 0) {
          offered.remove(object);
        } else {
          offered.put(object, member(object, object + ".example", "192.0.2." + random.nextInt(9)));
        }
      }
      ClusterMembers set = set(List.copyOf(offered.values()));
      List<Piece> pieces = outbox.pieces(set, CONNECTED);
      if (random.nextInt(5) == 0) {
        pieces = outbox.pieces(set, CONNECTED); // the ones before got lost
      }
      for (Piece piece : pieces) {
        if (arrive(piece) instanceof Inbox.Answer.OutOfTurn) {
          outbox.startOver();
          push(set);
          break;
        }
      }
      assertThat(imported().members()).as("seed %d, step %d", seed, step).isEqualTo(set.members());
    }
  }

  @Test
  void aSetOfManyPiecesCountsWithItsLast() throws Exception {
    List<ImportedMember> many =
        IntStream.range(0, 1_234)
            .mapToObj(i -> member("o%04d".formatted(i), "app.example", "2001:db8::" + i))
            .toList();
    List<Piece> pieces = outbox.pieces(set(many), CONNECTED);
    assertThat(pieces).hasSize(3);
    arrive(pieces.get(0));
    arrive(pieces.get(1));
    assertThat(told).noneMatch(ControlEvent.ImportChanged.class::isInstance);
    arrive(pieces.get(2));
    assertThat(imported().members()).isEqualTo(many);
  }

  @Test
  void oneChangedObjectIsOneSmallPiece() throws Exception {
    List<ImportedMember> members = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      members.add(member("o%04d".formatted(i), "app-" + i + ".example", "192.0.2.1"));
    }
    push(set(members));
    members.set(7, member("o0007", "app-7.example", "192.0.2.7"));
    members.remove(8);
    List<Piece> pieces = outbox.pieces(set(members), CONNECTED);
    assertThat(pieces).hasSize(1);
    assertThat(pieces.getFirst().members()).containsExactly(members.get(7));
    assertThat(pieces.getFirst().removed()).extracting("name").containsExactly("o0008");
  }

  @Test
  void aNewSessionThatIsNotWholeYetTakesNothingAway() throws Exception {
    push(set(List.of(member("a", "a.example", "192.0.2.1"))));
    told.clear();
    outbox.startOver();
    List<ImportedMember> many =
        IntStream.range(0, 600).mapToObj(i -> member("b" + i, "b.example", "192.0.2.2")).toList();
    arrive(outbox.pieces(set(many), CONNECTED).getFirst());
    assertThat(told).noneMatch(ControlEvent.ImportChanged.class::isInstance);
  }

  @Test
  void nothingNewIsNoEvent() throws Exception {
    ClusterMembers set = set(List.of(member("a", "a.example", "192.0.2.1")));
    push(set);
    int before = told.size();
    push(set);
    outbox.startOver();
    push(set);
    assertThat(told).hasSize(before);
  }

  @Test
  void whoRestartedWithoutTheBeginningAsksForIt() throws Exception {
    push(set(List.of(member("a", "a.example", "192.0.2.1"))));
    try (var restarted = new Inbox(told::add, () -> now)) {
      Piece next = outbox.pieces(set(List.of()), CONNECTED).getFirst();
      assertThat(restarted.take(ONE, PieceCodec.encode(next)))
          .isEqualTo(new Inbox.Answer.OutOfTurn());
    }
  }

  @Test
  void anAgentThatFallsSilentIsSaidToBeAwayAndItsMembersStay() throws Exception {
    push(set(List.of(member("a", "a.example", "192.0.2.1"))));
    now = now.plus(Inbox.BEAT.multipliedBy(3));
    inbox.lookForSilence();
    assertThat(status().connected()).isTrue();

    now = now.plus(Duration.ofSeconds(1));
    inbox.lookForSilence();
    assertThat(status().connected()).isFalse();
    assertThat(status().reason()).isEqualTo("its agent has not been heard for 15 s");
    assertThat(imported().members()).hasSize(1);

    int before = told.size();
    inbox.lookForSilence();
    assertThat(told).as("said once").hasSize(before);
    push(set(List.of(member("a", "a.example", "192.0.2.1"))));
    assertThat(status()).isEqualTo(CONNECTED);
  }

  @Test
  void anAgentThatCannotReachItsClusterSaysSoAndTakesNothingAway() throws Exception {
    var away = new ClusterStatus("c1", false, NOON, "refused by 127.0.0.1:6443");
    arrive(new Piece("", 0, true, List.of(), List.of(), NOON, null, null, away));
    assertThat(told).containsExactly(new ControlEvent.ClusterChanged(away));
  }

  @Test
  void theOperatorsWordGoesWithTheNextReply() throws Exception {
    assertThat(inbox.acceptShrink("c1")).as("nobody was heard yet").isFalse();
    push(set(List.of()));
    assertThat(inbox.acceptShrink("c1")).isTrue();
    Piece next = outbox.pieces(set(List.of()), CONNECTED).getFirst();
    assertThat(arrive(next)).isEqualTo(new Inbox.Answer.Taken(true));
    next = outbox.pieces(set(List.of()), CONNECTED).getFirst();
    assertThat(arrive(next)).isEqualTo(new Inbox.Answer.Taken(false));
  }

  @Test
  void theServerSaysWhichSiteItIs() throws Exception {
    ImportedMember elsewhere = member("a", "a.example", "192.0.2.1");
    Piece piece = outbox.pieces(set(List.of(elsewhere)), CONNECTED).getFirst();
    inbox.take(new ClusterSpec("c1", "bergen", true), PieceCodec.encode(piece));
    assertThat(imported().members()).extracting("site").containsExactly("bergen");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /at                 | "noon"             | no time
          /at                 |                    | at
          /status             |                    | status
          /status/since       | 7                  | no time
          /members/0/host     | "a b"              | is not a label
          /members/0/host     | "*.example"        | wildcard
          /members/0/host     |                    | host
          /members/0/address  | "not_a_name"       | is not a label
          /members/0/aliases  | ["x..y"]           | is not a label
          /members/0/check    | {"tcp": 0}         | no port: 0
          /members/0/check    | {"udp": 65536}     | no port: 65536
          /members/0/check    | {"http": ["/a\\r\\nX: y"], "port": 80} | no path
          /members/0/check    | {"http": ["/"]}    | port
          /removed            | [{"kind": "x"}]    | namespace
          """)
  void whatIsNoPieceIsRefusedWithItsReason(String pointer, String value, String reason)
      throws Exception {
    Piece piece =
        outbox.pieces(set(List.of(member("a", "a.example", "192.0.2.1"))), CONNECTED).getFirst();
    ObjectNode json = PieceCodec.encode(piece);
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = json.at(pointer.substring(0, slash));
    String field = pointer.substring(slash + 1);
    if (value == null) {
      ((ObjectNode) parent).remove(field);
    } else {
      ((ObjectNode) parent).set(field, JSON.readTree(value));
    }
    assertThatThrownBy(() -> inbox.take(ONE, json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
    assertThat(told).isEmpty();
  }
}
