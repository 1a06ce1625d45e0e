package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Problem;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A piece of a good file, what takes its place, and what is said of that. */
record Broken(String good, String bad, int line, int column, String key, String reason) {
  /** All that most files have. */
  static final String GOOD =
      """
      version: 1
      node:
        name: dns-1
        readyTimeout: 10s
      listen:
        udp: ["127.0.0.1:5300"]
        tcp: ["127.0.0.1:5300"]
      admin:
        listen: "127.0.0.1:8053"
      zones:
        - name: gslb.example.com
          contact: hostmaster.example.com
          nameServers:
            - name: ns1.gslb.example.com
              addresses: ["127.0.0.1"]
          negativeTtl: 30s
          records: |
            info     300 IN TXT   "served by fairlead"

            www      300 IN CNAME fruit
      sites:
        - name: home-lab
          location: { latitude: 59.91, longitude: 10.75 }
        - name: remote-site
      monitors:
        - name: apple
          type: http
          port: 8080
          path: /apple
          expect: { status: ["200-399"] }
          interval: 1s
          timeout: 500ms
          rise: 2
      services:
        - name: fruit.gslb.example.com
          aliases: [pome.gslb.example.com]
          ttl: 2s
          answers: 1
          monitors: [apple]
          downResponse: { type: all-records }
          pools:
            - name: both-sites
              priority: 10
              algorithm: round-robin
              members:
                - { site: home-lab,    address: 127.0.10.1, weight: 1 }
                - { site: remote-site, address: 127.0.20.1, weight: 1 }
      """;

  /** Shows, in what is broken, where the problem is told. */
  private static final char MARK = '¦';

  /**
   * A break whose place is marked.
   *
   * @param marked what takes the place of the good piece, with a mark in front of what is blamed
   */
  static Broken at(String text, String good, String marked, String key, String reason) {
    String before =
        text.substring(0, text.indexOf(good)) + marked.substring(0, marked.indexOf(MARK));
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int column = before.length() - before.lastIndexOf('\n');
    return new Broken(good, marked.replace(String.valueOf(MARK), ""), line, column, key, reason);
  }

  /** The same break where another place is blamed for it. */
  Broken blaming(int otherLine, int otherColumn) {
    return new Broken(good, bad, otherLine, otherColumn, key, reason);
  }

  /** Loads the text with its first such piece broken: the problem is told where it is. */
  void assertRefused(Path folder, String text) {
    assertThat(text).as("what is to be broken stands in it").contains(good);
    String broken = text.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad));

    assertThat(Loads.problems(folder, broken))
        .contains(
            new Problem(folder.resolve("fairlead.yaml").toString(), line, column, key, reason));
  }

  @Override
  public String toString() {
    return good + " -> " + bad;
  }
}
