package io.fairlead.config.file;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A key or a value that is wrong whatever the rest of the file says. */
class BrokenValuesTest {
  private static final String DURATION = "such as 500ms, 2s, 5m or 1h";

  static final List<Broken> BROKEN =
      List.of(
          // keys
          new Broken(
              "version: 1\n",
              "",
              1,
              1,
              "version",
              "the key is missing in a configuration; allowed: 1"),
          new Broken("version: 1", "version: 2", 1, 10, "version", "\"2\" is unknown; allowed: 1"),
          new Broken(
              "priority: 10",
              "prioritty: 10",
              43,
              9,
              "services[0].pools[0].prioritty",
              "unknown key (did you mean \"priority\"?); allowed in a pool: name, priority,"
                  + " algorithm, hashMask, fallback, topology, location, enabled, manualResume,"
                  + " resumeAfter, slowStart, members"),
          new Broken(
              "rise: 2",
              "frequency: 2",
              33,
              5,
              "monitors[0].frequency",
              "unknown key; allowed in a monitor: name, type, port, host, path, method, headers,"
                  + " body, basicAuth, http2, expect, maintenance, send, receive, conversation,"
                  + " halfOpen, query, service, program, arguments, tls, interval, timeout, rise,"
                  + " fall, reference, source, token, tokenFile"),
          new Broken(
              "rise: 2",
              "token: secret",
              33,
              12,
              "monitors[0].token",
              "only a monitor of type push has this key; leave it out"),
          new Broken(
              "  name: dns-1",
              "  name: dns-1\n  name: dns-2",
              4,
              3,
              "node.name",
              "the key stands here a second time, first in line 3"),
          new Broken(
              "admin:\n  listen:",
              "store: {}\nadmin:\n  listen:",
              8,
              1,
              "store",
              "not supported yet; reserved for a store that several nodes share; leave the key"
                  + " out"),
          // kinds
          new Broken(
              "monitors: [apple]",
              "monitors: apple",
              39,
              15,
              "services[0].monitors",
              "\"apple\" stands here; allowed: a list of any length: a name of 1 to 63 letters,"
                  + " digits, '-', '_' and '.', the first a letter or a digit"),
          new Broken(
              "port: 8080",
              "port: [8080]",
              28,
              11,
              "monitors[0].port",
              "a list stands here; allowed: a whole number from 1 to 65535"),
          new Broken(
              "port: 8080",
              "port:",
              28,
              10,
              "monitors[0].port",
              "nothing stands here; allowed: a whole number from 1 to 65535"),
          new Broken(
              "port: 8080",
              "port: ~",
              28,
              11,
              "monitors[0].port",
              "nothing stands here; allowed: a whole number from 1 to 65535"),
          new Broken(
              "location: { latitude: 59.91, longitude: 10.75 }",
              "location: oslo",
              23,
              15,
              "sites[0].location",
              "\"oslo\" stands here; allowed: a location with the keys latitude, longitude"),
          new Broken(
              "location: { latitude: 59.91, longitude: 10.75 }",
              "location: { latitude: 59.91 }",
              23,
              15,
              "sites[0].location.longitude",
              "the key is missing in a location; allowed: a number from -180 to 180"),
          // numbers and words
          new Broken(
              "latitude: 59.91",
              "latitude: 90.5",
              23,
              27,
              "sites[0].location.latitude",
              "90.5 is out of range; allowed: a number from -90 to 90"),
          new Broken(
              "answers: 1",
              "answers: 21",
              38,
              14,
              "services[0].answers",
              "21 is out of range; allowed: a whole number from 0 to 20"),
          new Broken(
              "priority: 10",
              "priority: 010",
              43,
              19,
              "services[0].pools[0].priority",
              "\"010\" is not a plain whole number; allowed: a whole number from 0 to 100"),
          new Broken(
              "rise: 2",
              "rise: 51",
              33,
              11,
              "monitors[0].rise",
              "51 is out of range; allowed: a whole number from 1 to 50"),
          new Broken(
              "127.0.10.1, weight: 1",
              "127.0.10.1, weight: 0",
              46,
              63,
              "services[0].pools[0].members[0].weight",
              "0 is not allowed (enabled: false takes a member out); allowed: a whole number from 1"
                  + " to 1000"),
          new Broken(
              "127.0.10.1, weight: 1",
              "127.0.10.1, enabled: no",
              46,
              64,
              "services[0].pools[0].members[0].enabled",
              "\"no\" is unknown; allowed: true, false"),
          new Broken(
              "algorithm: round-robin",
              "algorithm: round-robbin",
              44,
              20,
              "services[0].pools[0].algorithm",
              "\"round-robbin\" is unknown (did you mean \"round-robin\"?); allowed:"
                  + " round-robin, preference-order, consistent-hash, geo, topology"),
          new Broken(
              "type: http\n",
              "type: htpp\n",
              27,
              11,
              "monitors[0].type",
              "\"htpp\" is unknown (did you mean \"http\"?); allowed: http, https,"
                  + " tcp, tls, udp, dns, ping, grpc, external, push"),
          new Broken(
              "\"200-399\"",
              "\"200-399\", 600",
              30,
              35,
              "monitors[0].expect.status[1]",
              "\"600\" is no status; allowed: a status from 100 to 599 or a range of them, such as"
                  + " 200 or \"200-399\""),
          new Broken(
              "\"200-399\"",
              "399-200",
              30,
              24,
              "monitors[0].expect.status[0]",
              "\"399-200\" ends before it begins; allowed: a status from 100 to 599 or a range of"
                  + " them, such as 200 or \"200-399\""),
          // durations
          new Broken(
              "ttl: 2s",
              "ttl: 1500ms",
              37,
              10,
              "services[0].ttl",
              "1500ms is not a whole number of seconds; allowed: whole seconds from 0s to"
                  + " 2147483647s, such as 30s or 5m"),
          new Broken(
              "ttl: 2s",
              "ttl: 30",
              37,
              10,
              "services[0].ttl",
              "30 has no unit; write 30s for seconds; allowed: whole seconds from 0s to"
                  + " 2147483647s, such as 30s or 5m"),
          new Broken(
              "interval: 1s",
              "interval: 50ms",
              31,
              15,
              "monitors[0].interval",
              "50ms is out of range; allowed: a duration from 100ms to 1h, " + DURATION),
          new Broken(
              "timeout: 500ms",
              "timeout: 1001ms",
              32,
              14,
              "monitors[0].timeout",
              "the timeout is longer than the interval; allowed: at most 1s"),
          new Broken(
              "readyTimeout: 10s",
              "readyTimeout: soon",
              4,
              17,
              "node.readyTimeout",
              "\"soon\" is not a duration; allowed: a duration from 0s to 1h, " + DURATION),
          // addresses
          new Broken(
              "address: 127.0.20.1",
              "address: 127.0.10.1",
              47,
              43,
              "services[0].pools[0].members[1].address",
              "127.0.10.1 is in this pool already, in line 46; give that member the weight of"
                  + " both"),
          new Broken(
              "address: 127.0.20.1",
              "address: www.example.com",
              47,
              43,
              "services[0].pools[0].members[1].address",
              "\"www.example.com\" is not an IP address; allowed: an IPv4 or IPv6 address of one"
                  + " host, such as 192.0.2.1 or \"2001:db8::1\""),
          new Broken(
              "address: 127.0.20.1, weight: 1",
              "weight: 1",
              47,
              13,
              "services[0].pools[0].members[1].address",
              "a member needs an address or a hostname; allowed: an IPv4 or IPv6 address of one"
                  + " host, such as 192.0.2.1 or \"2001:db8::1\""),
          new Broken(
              "udp: [\"127.0.0.1:5300\"]",
              "udp: [\"127.0.0.1:5300\", \"127.0.0.1:5300\"]",
              6,
              27,
              "listen.udp[1]",
              "this address is in the list already; each is bound once"),
          new Broken(
              "udp: [\"127.0.0.1:5300\"]",
              "udp: [\"127.0.0.1\"]",
              6,
              9,
              "listen.udp[0]",
              "\"127.0.0.1\" is not ADDRESS:PORT; allowed: an address and a port from 0 (any that"
                  + " is free) to 65535, such as \"127.0.0.1:5300\" or \"[::1]:5300\""),
          new Broken(
              "127.0.0.1:8053",
              "0.0.0.0:8053",
              9,
              11,
              "admin.listen",
              "beyond loopback tls with certificate and key must be given; allowed without:"
                  + " 127.0.0.1, [::1]"));

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("BROKEN")
  void isRefusedWithItsPlaceKeyAndReason(Broken broken) {
    broken.assertRefused(folder, Broken.GOOD);
  }
}
