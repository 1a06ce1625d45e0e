package io.fairlead.server.migrate.gdnsd;

import io.fairlead.server.migrate.Notes;
import io.fairlead.server.migrate.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** gdnsd's options as sections of ours. */
final class Options {
  private static final int DNS_PORT = 53;
  private static final int MIN_PAYLOAD = 512;
  private static final int MAX_PAYLOAD = 4096;

  /** Said elsewhere in the file, or nothing that an operator would miss. */
  private static final Set<String> TAKEN =
      Set.of(
          "listen",
          "dns_port",
          "nsid_ascii",
          "max_edns_response",
          "tcp_timeout",
          "udp_threads",
          "edns_client_subnet",
          "zones_default_ttl",
          "min_ttl",
          "run_dir",
          "disable_text_autosplit");

  private final Vscf.Hash options;
  private final Notes notes;

  Options(Vscf.Hash options, Notes notes) {
    this.options = options;
    this.notes = notes;
  }

  String text() {
    var text = new StringBuilder("listen:\n");
    String addresses = Yaml.list(listen());
    text.append("  udp: %s\n  tcp: %s\n".formatted(addresses, addresses));
    String threads = options.text("udp_threads", "");
    if (threads.matches("[1-9][0-9]{0,2}")) {
      text.append("  threads: %s\n".formatted(threads));
    }
    String patience = options.text("tcp_timeout", "");
    if (!patience.isEmpty()) {
      text.append("tcp: { idleTimeout: %ss }\n".formatted(patience));
    }
    edns(text);
    options.values().keySet().stream()
        .filter(key -> !TAKEN.contains(key))
        .forEach(key -> notes.lost("options, %s: %s".formatted(key, why(key))));
    return text.toString();
  }

  private void edns(StringBuilder text) {
    List<String> keys = new ArrayList<>();
    int payload = ServiceTypes.number(options, "max_edns_response", 0);
    if (payload > 0) {
      keys.add("payload: " + Math.clamp(payload, MIN_PAYLOAD, MAX_PAYLOAD));
    }
    String nsid = options.text("nsid_ascii", "");
    if (!nsid.isEmpty()) {
      keys.add("nsid: " + Yaml.quoted(nsid));
    }
    if (!keys.isEmpty()) {
      text.append("edns: { %s }\n".formatted(String.join(", ", keys)));
    }
  }

  private static String why(String key) {
    return switch (key) {
      case "disable_cookies", "cookie_key_file", "max_nocookie_response" ->
          "see edns.cookies and rateLimit, which say it in another way";
      case "tcp_control" -> "the admin API is at admin.listen";
      case "state_dir" -> "node.stateDirectory is ours, with files of ours";
      case "chaos_response" -> "edns.nsid is what a server calls itself";
      case "nsid" -> "edns.nsid is text, not octets";
      case "acme_challenge_ttl", "acme_challenge_dns_ttl" ->
          "challenges of ACME are records of a zone, which is reloaded when its file changes";
      default -> "it has no meaning here";
    };
  }

  private List<String> listen() {
    int port = ServiceTypes.number(options, "dns_port", DNS_PORT);
    List<String> addresses = new ArrayList<>();
    Vscf listen = options.get("listen");
    List<String> told =
        listen instanceof Vscf.Hash hash
            ? List.copyOf(hash.values().keySet())
            : listen == null ? List.of("any") : listen.texts();
    for (String one : told) {
      if (one.equals("any")) {
        addresses.add("0.0.0.0:" + port);
        addresses.add("[::]:" + port);
      } else if (one.startsWith("[")) {
        addresses.add(one.endsWith("]") ? one + ":" + port : one);
      } else if (one.indexOf(':') != one.lastIndexOf(':')) {
        addresses.add("[" + one + "]:" + port);
      } else {
        addresses.add(one.contains(":") ? one : one + ":" + port);
      }
    }
    return addresses;
  }
}
