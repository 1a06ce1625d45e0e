package io.fairlead.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.wire.Name;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTableTest {
  private static SteeredService service(String name) {
    return new SteeredService(Name.parse(name), List.of());
  }

  @Test
  void aChangeIsSeenInTheNextTableOnly() {
    SteeredService a = service("a");
    SteeredService b = service("b");
    SteeredService c = service("c");
    ServiceTable first = ServiceTable.EMPTY.with(Map.of(0, a, 1000, b));
    ServiceTable second = first.with(Map.of(0, c, 70_000, a));

    assertThat(first.get(0)).isSameAs(a);
    assertThat(first.get(1000)).isSameAs(b);
    assertThat(second.get(0)).isSameAs(c);
    assertThat(second.get(1000)).isSameAs(b);
    assertThat(second.get(70_000)).isSameAs(a);
  }

  @Test
  void manyChangesOfOnePageAreAllThere() {
    ServiceTable table =
        ServiceTable.EMPTY.with(Map.of(0, service("a"), 1, service("b"), 255, service("c")));
    ServiceTable next = table.with(Map.of(1, service("d"), 2, service("e")));

    assertThat(List.of(next.get(0), next.get(1), next.get(2), next.get(255)))
        .extracting(service -> service.name().toString())
        .containsExactly("a", "d", "e", "c");
    assertThat(table.get(1).name()).hasToString("b");
  }
}
