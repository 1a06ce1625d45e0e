package io.fairlead.config.file;

import io.fairlead.config.NodeSpec;
import io.fairlead.config.NodeSpec.AnswerWhenUnknown;
import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import java.nio.file.Path;
import java.time.Duration;

/** {@code node}. */
final class NodeSection {
  private static final Key<String> NAME =
      Key.otherwise("name", Texts.LABEL, "the host's name", "how this process calls itself");
  private static final Key<Path> STATE_DIRECTORY =
      Key.optional(
          "stateDirectory",
          Texts.PATH,
          Path.of(NodeSpec.DEFAULT_STATE_DIRECTORY),
          "where the last good state is kept, relative to the working directory");
  private static final Key<Duration> READY_TIMEOUT =
      Key.optional(
          "readyTimeout",
          Durations.between(Duration.ZERO, Duration.ofHours(1)),
          NodeSpec.DEFAULT_READY_TIMEOUT,
          "how long the first round of verdicts is waited for");
  private static final Key<AnswerWhenUnknown> ANSWER_WHEN_UNKNOWN =
      Key.optional(
          "answerWhenUnknown",
          WordValue.of("up", AnswerWhenUnknown.UP)
              .or("down", AnswerWhenUnknown.DOWN)
              .or("last", AnswerWhenUnknown.LAST),
          AnswerWhenUnknown.LAST,
          "how a member without a verdict counts when that wait is over");

  private static final Key<Section> PROBES =
      Key.section("probes", ProbesSection.KEYS, "what probing may cost");

  static final KeyTable KEYS =
      KeyTable.of("node", NAME, STATE_DIRECTORY, READY_TIMEOUT, ANSWER_WHEN_UNKNOWN, PROBES);

  private NodeSection() {}

  static NodeSpec read(Section node) {
    String name = node.find(NAME);
    return new NodeSpec(
        name != null ? name : HostName.ofThisMachine(),
        node.get(STATE_DIRECTORY),
        node.get(READY_TIMEOUT),
        node.get(ANSWER_WHEN_UNKNOWN),
        ProbesSection.read(node.get(PROBES)));
  }
}
