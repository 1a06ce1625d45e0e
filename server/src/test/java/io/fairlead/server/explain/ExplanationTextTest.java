package io.fairlead.server.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** The page that an operator in trouble reads first, as it is read. */
final class ExplanationTextTest {
  private final ObjectNode told = new ObjectMapper().createObjectNode();

  private ObjectNode step(String kind, String text) {
    ObjectNode step = told.withArray("steps").addObject();
    step.put("step", kind).put("text", text);
    step.putObject("facts");
    return step;
  }

  private static ObjectNode facts(ObjectNode step) {
    return (ObjectNode) step.path("facts");
  }

  private void pool(String pool, String fate, String text) {
    facts(step("pool-considered", text)).put("pool", pool).put("fate", fate);
  }

  private ObjectNode member(String pool, String site, String address, String fate, String text) {
    ObjectNode step = step("member-considered", text);
    facts(step)
        .put("pool", pool)
        .put("site", site)
        .put("address", address)
        .put("weight", 1)
        .put("share", 16)
        .put("fate", fate);
    return step;
  }

  private void begin(String name, String type) {
    told.put("name", name).put("type", type).put("rcode", "NOERROR");
    told.put("client", "198.51.100.0/24, a subnet that a resolver names (RFC 7871)");
    told.put("ttl", 30).put("generation", 12);
  }

  @Test
  void saysTheAnswerThenTheStepsThenEveryPoolAndMember() {
    begin("www.example", "A");
    told.put("scope", 24).put("since", "2026-11-25T09:00:01.123456Z").put("blind", false);
    told.withArray("answer").add("www.example 30 IN A 192.0.2.1");
    facts(step("zone-found", "the name lies in the zone example")).put("apex", "example");
    facts(step("service-found", "it is the service www.example")).put("service", "www.example");
    pool("main", "TAKEN", "pool main (priority 10) is taken");
    member("main", "oslo", "192.0.2.1", "TAKEN", "oslo 192.0.2.1 (pool main) is up; taken")
        .put("since", "2026-11-25T08:00:00.5Z")
        .put("reason", "192.0.2.1:80 tcp: connected in 1 ms");
    member("main", "lima", "192.0.2.20", "NOT_ELIGIBLE", "lima (pool main) is down; left")
        .put("since", "2026-11-25T08:59:00Z")
        .put("reason", "its site lima fails its own check 192.0.2.254:22 tcp: refused");
    pool("backup", "OUTRANKED", "pool backup (priority 5) is left");
    member("backup", "x", "192.0.2.3", "POOL_LEFT", "x (pool backup) is up; left with its pool");

    assertThat(ExplanationText.of(told, Ink.PLAIN))
        .isEqualTo(
            """
            www.example A
              client    198.51.100.0/24, a subnet that a resolver names (RFC 7871)
              answer    www.example 30 IN A 192.0.2.1
              TTL       30 s
              scope     /24, for clients of that prefix
              zone      example
              service   www.example
              snapshot  generation 12, since 2026-11-25T09:00:01Z
            why
              1. the name lies in the zone example
              2. it is the service www.example
            pools
              main (priority 10) is taken
                > oslo  192.0.2.1   weight 1  is up; taken
                  since 2026-11-25T08:00:00Z, 192.0.2.1:80 tcp: connected in 1 ms
                x lima  192.0.2.20  weight 1  is down; left
                  since 2026-11-25T08:59:00Z, its site lima fails its own check 192.0.2.254:22 tcp: refused
              backup (priority 5) is left
                  x     192.0.2.3   weight 1  is up; left with its pool
            """);
  }

  @Test
  void saysWhatIsWrongWithTheNodeItself() {
    begin("www.example", "A");
    told.put("blind", true).put("guard", "the mass-down guard is on").put("extendedError", "22");
    assertThat(ExplanationText.of(told, Ink.PLAIN))
        .contains("  answer    NOERROR, no records\n")
        .contains("  error     22\n")
        .contains("  blind     none of this node's references answers")
        .contains("  guard     the mass-down guard is on\n");
  }

  @Test
  void aBindingsFamiliesHaveATableEach() {
    begin("www.example", "HTTPS");
    facts(step("hints-chosen", "its HTTPS names A")).put("family", 1);
    pool("main", "TAKEN", "pool main is taken");
    member("main", "oslo", "192.0.2.1", "TAKEN", "oslo (pool main) is up; taken");
    facts(step("hints-chosen", "its HTTPS names AAAA")).put("family", 28);
    pool("main", "TAKEN", "pool main is taken");
    member("main", "oslo", "2001:db8::1", "TAKEN", "oslo (pool main) is up; taken");
    assertThat(ExplanationText.of(told, Ink.PLAIN))
        .endsWith(
            """
            why
              1. its HTTPS names A
              2. its HTTPS names AAAA
            pools, for ipv4hint
              main is taken
                > oslo  192.0.2.1  weight 1  is up; taken
            pools, for ipv6hint
              main is taken
                > oslo  2001:db8::1  weight 1  is up; taken
            """);
  }
}
