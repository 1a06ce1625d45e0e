package io.fairlead.config.file.monitor;

import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.Spot;
import io.fairlead.health.spec.MonitorSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The {@code spec} of a HealthMonitor: the keys of a monitor of the file, but for those that are
 * about this machine: its programs, files, secrets and addresses are nobody's who may write objects
 * of a cluster.
 */
public final class MonitorObject {
  /** A program is this machine's, and a token that stands in an object is no secret. */
  private static final Set<Kind> OF_THE_FILE = Set.of(Kind.EXTERNAL, Kind.PUSH);

  private static final Set<Key<?>> LEFT_OUT =
      Set.of(
          MonitorSection.NAME,
          MonitorSection.REFERENCE,
          SourceKeys.SOURCE,
          ProgramKeys.PROGRAM,
          ProgramKeys.ARGUMENTS,
          PushKeys.TOKEN,
          PushKeys.TOKEN_FILE);

  private static final Key<Kind> TYPE =
      Key.required("type", wordsOfObjects(), MonitorSection.TYPE.meaning());

  public static final KeyTable KEYS =
      KeyTable.of(
          "a HealthMonitor",
          MonitorSection.KEYS.keys().values().stream()
              .filter(key -> !LEFT_OUT.contains(key))
              .map(key -> key == MonitorSection.TYPE ? TYPE : key)
              .toArray(Key<?>[]::new));

  private MonitorObject() {}

  /** Reads a HealthMonitor that names no files. */
  public static MonitorSpec read(String name, Section monitor) {
    var _ = monitor.get(TYPE);
    return MonitorSection.read(name, monitor, UnaryOperator.identity());
  }

  /** Says of each key that names a file of this machine that it has no place here. */
  public static void refuseFiles(Node spec, Problems problems) {
    refuseFiles(spec, KEYS, KeyPath.ROOT, problems);
  }

  private static void refuseFiles(Node node, KeyTable keys, KeyPath path, Problems problems) {
    if (!(node instanceof Node.Mapping(var entries, _, _))) {
      return;
    }
    for (Node.Entry entry : entries) {
      Key<?> key = keys.keys().get(entry.key());
      KeyPath here = path.child(entry.key());
      if (key != null && isFile(key)) {
        problems.error(
            new Spot(entry.line(), entry.column(), here),
            "names a file of the server, which only monitors of its own file may; leave it out");
      } else if (key != null && key.value() instanceof SectionValue(var below)) {
        refuseFiles(entry.value(), below, here, problems);
      }
    }
  }

  public static boolean isFile(Key<?> key) {
    return key.value() == Texts.PATH;
  }

  /** Which types have a key that not every type has, by words. */
  public static Map<String, List<String>> owners() {
    Map<String, List<String>> owners = new LinkedHashMap<>();
    for (MonitorSection.Owned owned : MonitorSection.OWNED) {
      if (!LEFT_OUT.contains(owned.key())) {
        owners.put(
            owned.key().name(),
            Arrays.stream(owned.owners())
                .filter(kind -> !OF_THE_FILE.contains(kind))
                .map(Kind::word)
                .toList());
      }
    }
    return owners;
  }

  private static WordValue<Kind> wordsOfObjects() {
    WordValue<Kind> words = WordValue.of(Kind.HTTP.word(), Kind.HTTP);
    for (Kind kind : Kind.values()) {
      words = OF_THE_FILE.contains(kind) ? words : words.or(kind.word(), kind);
    }
    return words;
  }
}
