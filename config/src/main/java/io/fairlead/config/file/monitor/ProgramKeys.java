package io.fairlead.config.file.monitor;

import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.health.spec.MonitorSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** What monitors of type external have. */
final class ProgramKeys {
  static final Key<Path> PROGRAM =
      Key.otherwise(
          "program",
          Texts.PATH,
          "external: needed",
          "external: what is run, relative to this file's folder");
  static final Key<List<String>> ARGUMENTS =
      Key.optional(
          "arguments",
          ListValue.any(Texts.ANY),
          List.of(),
          "external: its arguments, each as it is: there is no shell");

  private ProgramKeys() {}

  static MonitorSpec.Type read(Section monitor, UnaryOperator<Path> resolve) {
    Path named = monitor.find(PROGRAM);
    Path program = named == null ? Path.of("") : resolve.apply(named).toAbsolutePath().normalize();
    if (named == null) {
      monitor.error(PROGRAM, "a monitor of type external needs a program; allowed: a path");
    } else if (monitor.isSound(PROGRAM)
        && !(Files.isRegularFile(program) && Files.isExecutable(program))) {
      monitor.error(
          PROGRAM,
          program
              + (Files.exists(program)
                  ? " is no program that this user may run"
                  : " does not exist; a path is relative to this file's folder"));
    }
    return new MonitorSpec.Type.External(
        monitor.find(MonitorSection.HOST), program.toString(), monitor.get(ARGUMENTS));
  }
}
