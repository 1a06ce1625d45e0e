package io.fairlead.config.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fairlead.config.Problem;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.monitor.MonitorObject;
import io.fairlead.config.file.tree.JsonTree;
import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.sync.spec.GlobalServiceSpec;
import io.fairlead.sync.spec.SpecReader;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the specs of GlobalServices and HealthMonitors by the tables that read the file. */
public enum GlobalObjectReader implements SpecReader {
  INSTANCE;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** So many tell the mistake; a status is no log. */
  private static final int MAX_PROBLEMS = 8;

  @Override
  public GlobalServiceSpec service(String spec) {
    return read(spec, GlobalServiceSection.KEYS, GlobalServiceSection::read);
  }

  @Override
  public boolean isHttpMonitor(String spec) {
    return monitor("a HealthMonitor", spec).type() instanceof MonitorSpec.Type.Http;
  }

  /**
   * What a HealthMonitor says.
   *
   * @param name what services refer to it by
   * @param spec JSON
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static MonitorSpec monitor(String name, String spec) {
    var problems = new Problems("spec");
    MonitorObject.refuseFiles(tree(spec), problems);
    throwAny(problems); // before anyone opens one
    return read(spec, MonitorObject.KEYS, section -> MonitorObject.read(name, section));
  }

  private static <T> T read(String spec, KeyTable keys, Function<Section, T> reader) {
    var problems = new Problems("spec");
    Section section = new SectionValue(keys).read(tree(spec), KeyPath.ROOT, problems);
    T said = reader.apply(section);
    throwAny(problems);
    return said;
  }

  private static void throwAny(Problems problems) {
    if (problems.errorCount() > 0) {
      throw new IllegalArgumentException(
          problems.errors().stream()
              .limit(MAX_PROBLEMS)
              .map(GlobalObjectReader::inWords)
              .collect(Collectors.joining("; ")));
    }
  }

  private static Node tree(String spec) {
    try {
      return JsonTree.node(JSON.readTree(spec));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String inWords(Problem problem) {
    return problem.key().isEmpty() ? problem.reason() : problem.key() + ": " + problem.reason();
  }
}
