package io.fairlead.server.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lies between two files, said as an operator would. */
final class DifferenceTest {
  private static final String FILE =
      """
      version: 1
      node: { readyTimeout: 10s }
      zones:
        - name: example.com
          records: |
            info 300 IN TXT "a"
      services:
        - name: www.example.com
          ttl: 30s
          monitors: [web, tcp]
          pools:
            - name: main
              members:
                - { site: east, address: 192.0.2.1, weight: 8 }
                - { site: west, address: 192.0.2.2, weight: 2 }
        - name: old.example.com
          pools: []
      """;

  private static List<String> changes(String before, String after) {
    return Difference.of(before, after).stream()
        .map(
            change ->
                "%s|%s|%s|%s|%s"
                    .formatted(
                        change.kind(),
                        change.place(),
                        change.key(),
                        change.before(),
                        change.after()))
        .toList();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          weight: 8          ; weight: 5          ; CHANGED|service www.example.com, pool main, member 192.0.2.1|weight|8|5
          ttl: 30s           ; ttl: 1m            ; CHANGED|service www.example.com|ttl|30s|1m
          [web, tcp]         ; [web]              ; CHANGED|service www.example.com|monitors|[web, tcp]|[web]
          readyTimeout: 10s  ; readyTimeout: 5s   ; CHANGED|node|readyTimeout|10s|5s
          , weight: 8        ; ''                 ; REMOVED|service www.example.com, pool main, member 192.0.2.1|weight|8|
          TXT "a"            ; TXT "b"            ; CHANGED|zone example.com|records|info 300 IN TXT "a"|info 300 IN TXT "b"
          """)
  void aKeyThatChanged(String from, String to, String expected) {
    String after = FILE.replace(from, to);
    assertThat(after).isNotEqualTo(FILE);
    assertThat(changes(FILE, after)).containsExactly(expected);
  }

  @Test
  void itemsThatCameAndWent() {
    String after =
        FILE.replace("address: 192.0.2.2", "address: 192.0.2.3")
            .replace("old.example.com", "new.example.com");

    assertThat(changes(FILE, after))
        .containsExactly(
            "REMOVED|service www.example.com, pool main|member 192.0.2.2|"
                + "{ site: west, address: 192.0.2.2, weight: 2 }|",
            "ADDED|service www.example.com, pool main|member 192.0.2.3||"
                + "{ site: west, address: 192.0.2.3, weight: 2 }",
            "REMOVED||service old.example.com|{ name: old.example.com, pools: [] }|",
            "ADDED||service new.example.com||{ name: new.example.com, pools: [] }");
  }

  @Test
  void layoutCommentsAndTheOrderOfServicesAreNoDifference() {
    String other =
        """
        # a comment
        services:
          - { name: old.example.com, pools: [] }
          - name: "www.example.com"
            monitors:
              - web
              - tcp
            ttl: 30s
            pools: [ { name: main, members: [ { address: 192.0.2.1, site: east, weight: 8 },
                                              { address: 192.0.2.2, site: west, weight: 2 } ] } ]
        node: { readyTimeout: 10s }
        version: 1
        zones: [ { name: example.com, records: "info 300 IN TXT \\"a\\"" } ]
        """;

    assertThat(changes(FILE, other)).isEmpty();
    assertThat(changes(FILE, FILE)).isEmpty();
  }

  @Test
  void theOrderOfMembersMayBeThePreference() {
    String[] lines = FILE.lines().toArray(String[]::new);
    String swapped = FILE.replace(lines[13] + "\n" + lines[14], lines[14] + "\n" + lines[13]);

    assertThat(changes(FILE, swapped))
        .containsExactly(
            "CHANGED|service www.example.com, pool main|order of members|"
                + "192.0.2.1, 192.0.2.2|192.0.2.2, 192.0.2.1");
  }

  @Test
  void whatIsNoYamlIsSaidWithItsLine() {
    assertThatThrownBy(() -> Difference.of(FILE, "version: ["))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not valid YAML");
  }
}
