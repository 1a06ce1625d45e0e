package io.fairlead.sync.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.fairlead.sync.cluster.GlobalLeader.Served;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.global.GlobalObjects.Kind;
import io.fairlead.sync.global.GlobalObjects.Seen;
import io.fairlead.sync.global.Verdict;
import io.fairlead.sync.global.Verdict.Attachment;
import io.fairlead.sync.global.Verdict.Judged;
import io.fairlead.sync.spec.GlobalServiceSpec.Target;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions as Kubernetes' tools expect them. */
class GlobalStatusTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.5Z");
  private static final Judged GOOD = new Judged(true, "Accepted", "it counts");

  private static Verdict of(String... hosts) {
    return new Verdict(GOOD, true, List.of(hosts), List.of());
  }

  private static Map<String, Object> status(Object before, Verdict verdict, Instant at) {
    return GlobalStatus.of(
        Kind.SERVICE,
        new Seen("", 3, "{}", before),
        verdict,
        host ->
            switch (host) {
              case "two" -> new Served(2, 1, List.of());
              case "noted" -> new Served(1, 1, List.of("noted: left out"));
              default -> Served.NOT;
            },
        at);
  }

  private static String programmed(Map<String, Object> status) {
    Object condition = Fields.list(status, "conditions").getLast();
    return "%s %s: %s"
        .formatted(
            Fields.text(condition, "status"),
            Fields.text(condition, "reason"),
            Fields.text(condition, "message"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          two         | True Programmed: 2 members at 1 names
          two,nobody  | True Programmed: 2 members at 1 names; nothing offers nobody
          nobody,none | False NoMembers: nothing offers nobody, none
          two,noted   | False NotServed: noted: left out
          ''          | False NoHosts: it speaks for no host
          """)
  void whetherItIsServed(String hosts, String said) {
    String[] all = hosts.isEmpty() ? new String[0] : hosts.split(",", -1);
    assertThat(programmed(status(Map.of(), of(all), NOON))).isEqualTo(said);
  }

  @Test
  void whatWasNeverAcceptedIsNotServed() {
    var never = new Verdict(new Judged(false, "Invalid", "no host"), false, List.of(), List.of());
    assertThat(programmed(status(Map.of(), never, NOON)))
        .isEqualTo("False Invalid: no version of it was ever accepted");
  }

  @Test
  void aConditionKeepsItsTimeForAsLongAsItStandsAndReadBackItIsTheSame() {
    Map<String, Object> first = status(Map.of(), of("two"), NOON);
    Object readBack = Serialization.unmarshal(Serialization.asJson(first), Map.class);
    assertThat(first).isEqualTo(readBack);
    Map<String, Object> later = status(readBack, of("two"), NOON.plusSeconds(60));
    assertThat(later).isEqualTo(readBack);

    Map<String, Object> changed = status(readBack, of("nobody"), NOON.plusSeconds(60));
    assertThat(Fields.list(changed, "conditions"))
        .extracting(condition -> Fields.text(condition, "lastTransitionTime"))
        .containsExactly("2026-11-23T12:00:00Z", "2026-11-23T12:01:00Z");
    assertThat(GlobalStatus.isSame(later, first)).isTrue();
    assertThat(GlobalStatus.isSame(changed, first)).isFalse();
    assertThat(GlobalStatus.isSame(first, null)).isFalse();
  }

  @Test
  void listsAreBoundedAndAMonitorHasAcceptedAlone() {
    List<Attachment> attached =
        IntStream.range(0, 20)
            .mapToObj(n -> new Attachment(new Target("g", "HTTPRoute", "r" + n), GOOD))
            .toList();
    var verdict = new Verdict(GOOD, true, Collections.nCopies(100, "two"), attached);
    Map<String, Object> status = status(Map.of(), verdict, NOON);
    assertThat(Fields.list(status, "ancestors")).as("GEP-713").hasSize(16);
    assertThat(Fields.list(status, "hosts")).hasSize(64);
    assertThat(Fields.list(status, "ancestors").getFirst().toString())
        .contains("ancestorRef={group=g, kind=HTTPRoute, name=r0}", "controllerName=fairlead.io");

    Map<String, Object> monitor =
        GlobalStatus.of(Kind.MONITOR, new Seen("", 1, "{}", Map.of()), of(), _ -> Served.NOT, NOON);
    assertThat(monitor).containsOnlyKeys("conditions");
    assertThat(Fields.list(monitor, "conditions")).hasSize(1);
  }
}
