package io.fairlead.config.file;

import io.fairlead.config.AgentSpec;
import io.fairlead.config.Problem;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.SourceText;
import io.fairlead.config.file.tree.TreeReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Loads an agent's file: the language of the configuration file, with other sections. */
public final class AgentLoader {
  private AgentLoader() {}

  /** What came of a load. */
  public sealed interface Result {
    /** It can be followed; the warnings are worth saying. */
    record Loaded(AgentSpec agent, List<Problem> warnings) implements Result {}

    /** It cannot; all problems at once, in the order of the file. */
    record Refused(List<Problem> problems) implements Result {}
  }

  public static Result load(Path file) {
    var problems = new Problems(file.toString());
    SourceText source = SourceText.read(file, problems);
    Node tree = source == null ? null : TreeReader.read(source, problems);
    if (source != null && tree != null) {
      var context = new LoadContext(file, source, Instant.EPOCH, problems, _ -> {});
      Section root = new SectionValue(AgentSection.KEYS).read(tree, KeyPath.ROOT, problems);
      AgentSpec agent = AgentSection.read(root, context);
      if (agent != null && problems.errorCount() == 0) {
        return new Result.Loaded(agent, problems.warnings());
      }
    }
    return new Result.Refused(problems.errors());
  }
}
