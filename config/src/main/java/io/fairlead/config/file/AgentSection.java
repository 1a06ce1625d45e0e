package io.fairlead.config.file;

import io.fairlead.config.AgentSpec;
import io.fairlead.config.file.key.Catalog;
import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.TextValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.config.file.monitor.MonitorSection;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.SyncSpec;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The top of an agent's file. */
final class AgentSection {
  private static final TextValue<URI> SERVER_URL =
      new TextValue<>(
          "https://HOST[:PORT], or http:// on loopback",
          URI.create("https://localhost"),
          AgentSection::serverUrl);

  private static final Key<URI> SERVER =
      Key.required("server", SERVER_URL, "the admin address of the server that is told");
  private static final Key<Path> TOKEN =
      Key.otherwise(
          "token",
          Texts.PATH,
          "the server wants none",
          "the file with the bearer token, one that may push; read for each request");
  private static final Key<Path> AUTHORITY =
      Key.otherwise(
          "authority",
          Texts.PATH,
          "those of the JDK",
          "certificates in PEM that the server's must come from");
  private static final KeyTable PUSH_KEYS =
      KeyTable.of("the way to the server", SERVER, TOKEN, AUTHORITY);

  private static final Key<Integer> VERSION =
      Key.required("version", WordValue.of("1", 1), "the version of this file's language");
  private static final Key<Section> PUSH =
      Key.required("push", new SectionValue(PUSH_KEYS), "where members are pushed to");
  private static final Key<List<Section>> SITES =
      Key.required("sites", ConfigSection.sections(SiteSection.KEYS, 1), "where the clusters are");
  private static final Key<List<Section>> MONITORS =
      Key.optional(
          "monitors",
          ConfigSection.sections(MonitorSection.KEYS, 0),
          List.of(),
          "the server's, where AMKO's objects refer to them");
  private static final Key<Section> SYNC =
      Key.required("sync", new SectionValue(SyncSection.KEYS), "the clusters, and which objects");

  static final KeyTable KEYS = KeyTable.of("an agent's file", VERSION, PUSH, SITES, MONITORS, SYNC);

  private AgentSection() {}

  /** Null where something is wrong, which has been told. */
  static @Nullable AgentSpec read(Section root, LoadContext context) {
    root.get(VERSION);
    var declared =
        new Declarations(
            new Declared("site"),
            new Declared("monitor"),
            new Catalog<>("client group"),
            new Catalog<>("topology"),
            true,
            true,
            new ArrayList<>());
    List<MonitorSpec> monitors =
        root.get(MONITORS).stream()
            .map(monitor -> MonitorSection.read(monitor, declared.monitors(), context::resolve))
            .toList();
    root.get(SITES).forEach(site -> SiteSection.read(site, declared));
    Section push = root.get(PUSH);
    SyncSpec sync = SyncSection.read(root.get(SYNC), declared, monitors, context).spec();
    if (sync != null && sync.clusters().stream().anyMatch(ClusterSpec::pushed)) {
      root.error(SYNC, "an agent connects to its clusters: leave pushed out here");
    }
    return sync == null
        ? null
        : new AgentSpec(
            sync, push.get(SERVER), path(push, TOKEN, context), path(push, AUTHORITY, context));
  }

  private static @Nullable Path path(Section push, Key<Path> key, LoadContext context) {
    Path told = push.find(key);
    return told == null ? null : context.resolve(told);
  }

  /** A token that goes over a network in the clear is everybody's. */
  private static URI serverUrl(String text) {
    URI url = URI.create(text);
    String host = url.getHost();
    boolean secure = "https".equals(url.getScheme());
    if (host == null || !(secure || ("http".equals(url.getScheme()) && isLoopback(host)))) {
      throw new IllegalArgumentException("\"" + text + "\" does not fit");
    }
    return url;
  }

  private static boolean isLoopback(String host) {
    try {
      return host.equals("localhost")
          || InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false; // a name that may lead anywhere
    }
  }
}
