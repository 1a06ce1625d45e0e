package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Policies that cannot be: one thing broken at a time, the mark in front of what is blamed. */
class BrokenPoliciesTest {
  private static final String GOOD =
      """
      version: 1
      geo:
        databases:
          - { path: networks.csv, priority: 20 }
      zones:
        - name: gslb.example.com
          contact: hostmaster.example.com
          nameServers: [ { name: ns1.gslb.example.com, addresses: [127.0.0.1] } ]
      sites:
        - { name: oslo, location: { latitude: 59.91, longitude: 10.75 } }
        - { name: dublin, location: { latitude: 53.35, longitude: -6.26 } }
      clientGroups:
        - { name: offices, networks: [10.0.0.0/8, 192.168.0.0/16] }
      topologies:
        - name: compliance
          rules:
            - { when: { clientGroup: offices }, prefer: [oslo, dublin] }
            - { when: { country: [DE, FR] }, prefer: [dublin], strict: true }
            - { prefer: [oslo] }
      services:
        - name: sticky.gslb.example.com
          minMembersUp: 2
          downResponse: { type: fallback-address, ipv4: 198.51.100.9 }
          pools:
            - name: main
              algorithm: consistent-hash
              hashMask: { ipv4: 24, ipv6: 56 }
              members:
                - { site: oslo, address: 192.0.2.1, publicAddress: 203.0.113.1 }
            - name: ladder
              algorithm: preference-order
              members:
                - { site: oslo, address: 192.0.2.2, preference: 2 }
        - name: near.gslb.example.com
          poolSelection: geo
          privateClients: offices
          downResponse: { type: cname, target: sorry.example.com }
          pools:
            - name: globe
              location: { latitude: 50, longitude: 8 }
              algorithm: geo
              fallback: { algorithm: consistent-hash, hashMask: { ipv4: 20 } }
              members:
                - { site: oslo, address: 10.0.0.1, publicAddress: 203.0.113.2 }
            - name: names
              algorithm: topology
              topology: compliance
              members:
                - { site: oslo, hostname: a.example.net }
                - { site: dublin, hostname: b.example.net }
      """;

  private static final String STICKY = "services[0].pools[0]";
  private static final String NEAR = "services[1]";
  private static final String RULES = "topologies[0].rules";

  private static Broken broken(String good, String marked, String key, String reason) {
    return Broken.at(GOOD, good, marked, key, reason);
  }

  private static String only(String owner) {
    return "only " + owner + " has this key; leave it out";
  }

  static final List<Broken> GROUPS_AND_RULES =
      List.of(
          broken(
              "priority: 20 }",
              "priority: 20 }\n    - { path: networks.csv, priority: ¦20 }",
              "geo.databases[1].priority",
              "the database of line 4 has priority 20 already; say which of them is believed"),
          broken(
              "priority: 20",
              "priority: ¦101",
              "geo.databases[0].priority",
              "101 is out of range; allowed: a whole number from 1 to 100"),
          broken(
              "10.0.0.0/8",
              "¦10.0.0.1/8",
              "clientGroups[0].networks[0]",
              "10.0.0.1 has bits behind its first 8; allowed: a network such as 192.0.2.0/24 or"
                  + " \"2001:db8::/32\", or an address"),
          broken(
              "10.0.0.0/8",
              "¦10.0.0.0/33",
              "clientGroups[0].networks[0]",
              "a prefix of 33 bits for 10.0.0.0, 0 to 32 are allowed; allowed: a network such as"
                  + " 192.0.2.0/24 or \"2001:db8::/32\", or an address"),
          broken(
              "10.0.0.0/8, 192.168.0.0/16",
              "¦inside.example.com/8",
              "clientGroups[0].networks[0]",
              "\"inside.example.com\" is not an IP address; allowed: a network such as 192.0.2.0/24"
                  + " or \"2001:db8::/32\", or an address"),
          broken(
              "clientGroup: offices",
              "clientGroup: ¦office",
              RULES + "[0].when.clientGroup",
              "no client group is called \"office\" (did you mean \"offices\"?); declared:"
                  + " offices"),
          broken(
              "prefer: [oslo, dublin]",
              "prefer: [oslo, ¦dubiln]",
              RULES + "[0].prefer[1]",
              "no site is called \"dubiln\" (did you mean \"dublin\"?); declared: oslo, dublin"),
          broken(
              "prefer: [oslo, dublin]",
              "prefer: [oslo, ¦oslo]",
              RULES + "[0].prefer[1]",
              "this site stands in the list already; its first place counts"),
          broken(
              "[DE, FR]",
              "[DE, ¦UK]",
              RULES + "[1].when.country[1]",
              "UK is not allowed (the United Kingdom is GB); allowed: a country as ISO 3166-1 has"
                  + " it, such as DE"),
          broken(
              "country: [DE, FR]",
              "continent: ¦Europe",
              RULES + "[1].when.continent",
              "\"Europe\" is no continent; allowed: a continent: AF, AN, AS, EU, NA, OC or SA"),
          broken(
              "country: [DE, FR]",
              "asn: ¦AS64500",
              RULES + "[1].when.asn",
              "\"AS64500\" is no such number; allowed: the number of an autonomous system, 1 to"
                  + " 4294967295"),
          broken(
              "country: [DE, FR]",
              "region: ¦England",
              RULES + "[1].when.region",
              "\"England\" is no region; allowed: a region as ISO 3166-2 has it, such as GB-ENG or"
                  + " ENG"),
          broken(
              "country: [DE, FR]",
              "tag: ¦[]",
              RULES + "[1].when.tag",
              "the list is empty; allowed: a list of at least one: text of 1 to 100 characters"),
          broken(
              "prefer: [dublin], strict: true",
              "strict: ¦true",
              RULES + "[1].strict",
              "a strict rule needs prefer: without sites it would answer nobody"),
          broken(
              "- { prefer: [oslo] }",
              "- { prefer: [oslo] }\n      - ¦{ when: { tag: x }, prefer: [dublin] }",
              RULES + "[3]",
              "this rule can never match, because the one in line 19 matches every client"),
          broken(
              "when: { country: [DE, FR] }, prefer: [dublin], strict: true }\n      - {",
              "when: {}, prefer: [dublin] }\n      - ¦{",
              RULES + "[2]",
              "this rule can never match, because the one in line 18 matches every client"));

  static final List<Broken> SERVICES_AND_POOLS =
      List.of(
          broken(
              "algorithm: consistent-hash\n        hashMask: {",
              "algorithm: round-robin\n        hashMask: ¦{",
              STICKY + ".hashMask",
              only("algorithm consistent-hash")),
          broken(
              "ipv4: 24",
              "ipv4: ¦33",
              STICKY + ".hashMask.ipv4",
              "33 is out of range; allowed: a whole number from 1 to 32"),
          broken(
              "ipv6: 56",
              "ipv6: ¦0",
              STICKY + ".hashMask.ipv6",
              "0 is out of range; allowed: a whole number from 1 to 128"),
          broken(
              "fallback: { algorithm: consistent-hash, hashMask: {",
              "fallback: { algorithm: round-robin, hashMask: ¦{",
              NEAR + ".pools[0].fallback.hashMask",
              only("algorithm consistent-hash")),
          broken(
              "fallback: { algorithm: consistent-hash",
              "fallback: { algorithm: ¦geo",
              NEAR + ".pools[0].fallback.algorithm",
              "\"geo\" is unknown; allowed: round-robin, consistent-hash"),
          broken(
              "algorithm: geo\n        fallback: {",
              "algorithm: round-robin\n        fallback: ¦{",
              NEAR + ".pools[0].fallback",
              only("algorithm geo")),
          broken(
              "algorithm: topology\n        topology: compliance",
              "algorithm: round-robin\n        topology: ¦compliance",
              NEAR + ".pools[1].topology",
              only("algorithm topology")),
          broken(
              "name: names\n        algorithm: topology\n        topology: compliance",
              "¦name: names\n        algorithm: topology",
              NEAR + ".pools[1].topology",
              "algorithm topology needs this key, the name of one of topologies"),
          broken(
              "topology: compliance",
              "topology: ¦complience",
              NEAR + ".pools[1].topology",
              "no topology is called \"complience\" (did you mean \"compliance\"?); declared:"
                  + " compliance"),
          broken(
              "poolSelection: geo\n    privateClients: offices",
              "poolSelection: ¦nearest\n    privateClients: offices",
              NEAR + ".poolSelection",
              "\"nearest\" is unknown; allowed: priority, geo"),
          broken(
              "algorithm: consistent-hash\n",
              "algorithm: consistent-hash\n        location: ¦{ latitude: 1, longitude: 2 }\n",
              STICKY + ".location",
              only("a pool of a service of poolSelection geo")),
          broken(
              "minMembersUp: 2",
              "poolSelection: ¦geo",
              "services[0].poolSelection",
              "poolSelection geo needs pools that have a location"),
          broken(
              "minMembersUp: 2",
              "minMembersUp: ¦0",
              "services[0].minMembersUp",
              "0 is out of range; allowed: a whole number from 1 to 1000"),
          broken(
              "privateClients: offices",
              "privateClients: ¦home",
              NEAR + ".privateClients",
              "no client group is called \"home\"; declared: offices"),
          broken(
              "type: fallback-address, ipv4: 198.51.100.9",
              "type: ¦fallback-address",
              "services[0].downResponse.type",
              "a fallback address needs ipv4, ipv6 or both"),
          broken(
              "ipv4: 198.51.100.9",
              "ipv6: ¦198.51.100.9",
              "services[0].downResponse.ipv6",
              "198.51.100.9 is an IPv4 address; allowed: an IPv6 address of one host, such as"
                  + " \"2001:db8::1\""),
          broken(
              "type: fallback-address, ipv4: 198.51.100.9",
              "type: no-data, ipv4: ¦198.51.100.9",
              "services[0].downResponse.ipv4",
              only("type fallback-address")),
          broken(
              "{ type: cname, target: sorry.example.com }",
              "¦{ type: cname }",
              NEAR + ".downResponse.target",
              "type cname needs this key; allowed: the domain name of a host, such as"
                  + " cdn.example.net"),
          broken(
              "target: sorry.example.com",
              "target: ¦near.gslb.example.com",
              NEAR + ".downResponse.target",
              "this is the service's own name, which cannot point to itself"),
          broken(
              "name: near.gslb.example.com",
              "name: ¦gslb.example.com",
              NEAR + ".name",
              "gslb.example.com is the apex of a zone, which cannot be a CNAME; use addresses"
                  + " there"));

  static final List<Broken> STRICT =
      List.of(
          broken(
              "topology: compliance\n        members:\n          - { site: oslo, hostname:"
                  + " a.example.net }\n          - { site: dublin,",
              "topology: ¦compliance\n        members:\n          - { site: oslo, hostname:"
                  + " a.example.net }\n          - { site: oslo,",
              NEAR + ".pools[1].topology",
              "rule 2 of it is strict and prefers dublin, where this pool has no member: its"
                  + " clients could never be answered; add a member there, or leave strict out"));

  static final List<Broken> MEMBERS =
      List.of(
          broken(
              "preference: 2",
              "preference: ¦129",
              "services[0].pools[1].members[0].preference",
              "129 is out of range; allowed: a whole number from 1 to 128"),
          broken(
              "algorithm: preference-order\n        members:\n          - { site: oslo, address:"
                  + " 192.0.2.2, preference: 2",
              "algorithm: round-robin\n        members:\n          - { site: oslo, address:"
                  + " 192.0.2.2, preference: ¦2",
              "services[0].pools[1].members[0].preference",
              only("a member of a pool of algorithm preference-order")),
          broken(
              "preference: 2",
              "location: ¦{ latitude: 1, longitude: 2 }",
              "services[0].pools[1].members[0].location",
              only("a member of a pool of algorithm geo")),
          broken(
              "publicAddress: 203.0.113.1",
              "publicAddress: ¦\"2001:db8::1\"",
              STICKY + ".members[0].publicAddress",
              "2001:db8:0:0:0:0:0:1 is of another family than the address 192.0.2.1; both are IPv4"
                  + " or both IPv6"),
          broken(
              "hostname: b.example.net",
              "hostname: b.example.net, publicAddress: ¦203.0.113.7",
              NEAR + ".pools[1].members[1].publicAddress",
              only("a member with an address")),
          broken(
              "hostname: b.example.net",
              "address: ¦192.0.2.9",
              NEAR + ".pools[1].members[1].address",
              "the pool's member of line 49 has a hostname, and all of a pool have the same; give"
                  + " these a pool of their own"),
          broken(
              "hostname: b.example.net",
              "hostname: ¦b.example.net, address: 192.0.2.9",
              NEAR + ".pools[1].members[1].hostname",
              "a member has an address or a hostname, not both; leave one out"),
          broken(
              "{ site: dublin, hostname: b.example.net }",
              "¦{ site: dublin }",
              NEAR + ".pools[1].members[1].address",
              "a member needs an address or a hostname; allowed: an IPv4 or IPv6 address of one"
                  + " host, such as 192.0.2.1 or \"2001:db8::1\""),
          broken(
              "hostname: b.example.net",
              "hostname: ¦A.example.net",
              NEAR + ".pools[1].members[1].hostname",
              "A.example.net is in this pool already, in line 49; give that member the weight of"
                  + " both"),
          broken(
              "hostname: b.example.net",
              "hostname: ¦near.gslb.example.com",
              NEAR + ".pools[1].members[1].hostname",
              "this is the service's own name, which cannot point to itself"),
          broken(
              "hostname: b.example.net",
              "hostname: ¦\"*.example.net\"",
              NEAR + ".pools[1].members[1].hostname",
              "\"*.example.net\" is the name of no host; allowed: the domain name of a host, such"
                  + " as cdn.example.net"));

  @TempDir Path folder;

  @BeforeEach
  void aDatabaseIsBesideTheFile() throws IOException {
    Files.writeString(folder.resolve("networks.csv"), Loads.resource("networks.csv"));
  }

  @Test
  void itIsGoodBefore() {
    assertThat(Loads.loaded(folder, GOOD).warnings()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource({"GROUPS_AND_RULES", "SERVICES_AND_POOLS", "STRICT", "MEMBERS"})
  void isRefusedWithItsPlaceKeyAndReason(Broken broken) {
    broken.assertRefused(folder, GOOD);
  }

  /** What could not be read is not held against what refers to it. */
  @Test
  void aBadDeclarationIsTheOnlyProblem() {
    for (String name : List.of("compliance", "offices", "oslo")) {
      String text = GOOD.replaceFirst("name: " + name, "name: \"" + name + " !\"");
      assertThat(Loads.problems(folder, text)).as(name).hasSize(1);
    }
  }

  /** It is never so: a database that knows no autonomous systems is no reason to refuse. */
  @Test
  void anAsnThatNoDatabaseKnowsIsAWarning() throws IOException {
    String text = GOOD.replace("country: [DE, FR]", "asn: [64500]");
    Files.writeString(folder.resolve("networks.csv"), "network,country\n198.51.100.0/24,DE\n");
    assertThat(Loads.loaded(folder, text).warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.line()).isEqualTo(18);
              assertThat(warning.key()).isEqualTo(RULES + "[1].when.asn");
              assertThat(warning.reason()).startsWith("no database knows autonomous systems");
            });

    Files.writeString(folder.resolve("networks.csv"), "network,asn\n198.51.100.0/24,64500\n");
    assertThat(Loads.loaded(folder, text).warnings()).isEmpty();
  }

  /** All that asks where a client is, and nothing else, is told that nobody knows. */
  @Test
  void withoutADatabaseNobodyKnowsWhereClientsAre() {
    String text = GOOD.replace("    - { path: networks.csv, priority: 20 }", "    []");

    assertThat(Loads.problems(folder, text).stream().map(p -> p.line() + " " + p.key()))
        .containsExactly(
            "18 topologies[0].rules[1].when.country",
            "35 services[1].poolSelection",
            "41 services[1].pools[0].algorithm");
  }
}
