package io.fairlead.sync.object;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fairlead.sync.merge.ImportedMember.Origin;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngressReaderTest {
  private static final Origin ORIGIN = new Origin("east", "web", "Ingress", "a");

  @Test
  void anAddressWithoutHostnameBelongsToEveryHost() {
    assertThat(
            vips(
                """
                spec: { rules: [ { host: a.example.com }, { host: b.example.com } ] }
                status: { loadBalancer: { ingress: [ { ip: 192.0.2.1 }, { ip: "2001:db8::1" } ] } }
                """))
        .containsExactly(
            "a.example.com=192.0.2.1",
            "b.example.com=192.0.2.1",
            "a.example.com=2001:db8:0:0:0:0:0:1",
            "b.example.com=2001:db8:0:0:0:0:0:1");
  }

  @Test
  void anAddressWithAHostOfTheRulesBelongsToThatHostAsAkoWritesIt() {
    assertThat(
            vips(
                """
                spec: { rules: [ { host: a.example.com }, { host: b.example.com } ] }
                status:
                  loadBalancer:
                    ingress:
                      - { ip: 192.0.2.1, hostname: a.example.com }
                      - { ip: 192.0.2.2, hostname: B.example.com }
                      - { ip: 192.0.2.3, hostname: b.example.com }
                """))
        .as("several addresses of one host all count")
        .containsExactly(
            "a.example.com=192.0.2.1", "b.example.com=192.0.2.2", "b.example.com=192.0.2.3");
  }

  @Test
  void anEntryOfAHostThatIsNoRuleAnyMoreIsLeftOut() {
    Reading reading =
        read(
            """
            spec: { rules: [ { host: a.example.com } ] }
            status:
              loadBalancer:
                ingress:
                  - { ip: 192.0.2.1, hostname: a.example.com }
                  - { ip: 192.0.2.2, hostname: old.example.com }
            """);
    assertThat(shown(reading)).containsExactly("a.example.com=192.0.2.1");
    assertThat(reading.problems())
        .containsExactly(
            "status.loadBalancer names old.example.com, which is no host of the rules");
  }

  @Test
  void theNameOfALoadBalancerBesideItsAddressIsNoHost() {
    assertThat(
            vips(
                """
                spec: { rules: [ { host: a.example.com } ] }
                status: { loadBalancer: { ingress: [ { ip: 192.0.2.1, hostname: lb-1.cloud.example } ] } }
                """))
        .containsExactly("a.example.com=192.0.2.1");
  }

  @Test
  void aHostThatIsRepeatedCountsOnce() {
    assertThat(
            vips(
                """
                spec: { rules: [ { host: a.example.com }, { host: A.example.com }, { } ] }
                status: { loadBalancer: { ingress: [ { ip: 192.0.2.1 }, { ip: 192.0.2.1 } ] } }
                """))
        .containsExactly("a.example.com=192.0.2.1");
  }

  @Test
  void goodPartsCountAndBadOnesAreNamed() {
    Reading reading =
        read(
            """
            spec: { rules: [ { host: "*.example.com" }, { host: a.example.com }, { host: a_b.example } ] }
            status:
              loadBalancer:
                ingress: [ { ip: 192.0.2.1 }, { ip: 192.0.2 }, { hostname: lb.example }, { ip: 0.0.0.0 } ]
            """);
    assertThat(shown(reading)).containsExactly("a.example.com=192.0.2.1");
    assertThat(reading.problems())
        .containsExactly(
            "wildcard host *.example.com: a global name is one host",
            "host a_b.example: \"a_b\" is not a label of a host name",
            "\"192.0.2\" in status.loadBalancer is not an address",
            "\"0.0.0.0\" in status.loadBalancer is not an address",
            "status.loadBalancer has only the name lb.example, no address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "spec: text",
        "spec: { rules: text }",
        "spec: { rules: [ text, 1, null, [ ], { host: 7 } ] }",
        "status: [ ]",
        "{ spec: { rules: [ { host: a.example.com } ] }, status: { loadBalancer: 3 } }",
        "{ spec: { rules: [ { host: a.example.com } ] }, status: { loadBalancer: { ingress: { } } }"
            + " }",
        "{ spec: { rules: [ { host: a.example.com } ] }, status: { loadBalancer: { ingress: [ 1,"
            + " text ] } } }",
        "{ spec: { rules: [ { host: a.example.com } ] }, status: { loadBalancer: { ingress: [ { ip:"
            + " [ ] } ] } } }"
      })
  void anyShapeIsReadToNothingWithAReason(String yaml) {
    Reading reading = read(yaml);
    assertThat(reading.vips()).isEmpty();
    assertThat(reading.problems()).isNotEmpty();
  }

  @Test
  void aHugeObjectIsCutAndSaysSo() {
    String rules =
        IntStream.range(0, 5_000)
            .mapToObj("{ host: h%d.example.com }"::formatted)
            .collect(joining(", "));
    String entries =
        IntStream.range(0, 200).mapToObj("{ ip: 192.0.2.%d }"::formatted).collect(joining(", "));
    Reading reading =
        read(
            "{ spec: { rules: [ %s ] }, status: { loadBalancer: { ingress: [ %s ] } } }"
                .formatted(rules, entries));
    assertThat(reading.vips()).hasSize(IngressReader.MAX_VIPS);
    assertThat(reading.problems())
        .containsExactly("more than 1000 hosts and addresses; the rest is not taken");
  }

  @Test
  void thousandsOfMistakesAreAFewReasons() {
    String rules =
        IntStream.range(0, 5_000).mapToObj("{ host: h_%d }"::formatted).collect(joining(", "));
    assertThat(read("{ spec: { rules: [ %s ] } }".formatted(rules)).problems()).hasSize(8);
  }

  private static List<String> vips(String yaml) {
    Reading reading = read(yaml);
    assertThat(reading.problems()).isEmpty();
    return shown(reading);
  }

  private static List<String> shown(Reading reading) {
    return reading.vips().stream().map(vip -> vip.host() + "=" + vip.destination()).toList();
  }

  private static Reading read(String yaml) {
    var object = Serialization.unmarshal("---\n" + yaml, GenericKubernetesResource.class);
    object.setMetadata(new ObjectMeta());
    return new IngressReader(false).read(ORIGIN, object);
  }
}
